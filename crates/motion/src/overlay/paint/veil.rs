//! Large soft things: an alpha on a coarse grid, enlarged bilinearly while it is laid over the frame.

use super::{Canvas, Colour};

/// Pixels between two nodes of a veil.
pub(in crate::overlay) const PITCH: usize = 8;

/// Alphas at the nodes, row by row; the last column and row lie on or beyond the frame's edge.
#[derive(Debug, Clone)]
pub(in crate::overlay) struct Veil {
    columns: usize,
    alphas: Vec<i16>,
}

/// A fixed pattern of thresholds (Bayer, 1973) by which fractions are rounded: slow slopes show no steps.
const THRESHOLDS: [[i16; 8]; 4] = [
    [0, 16, 4, 20, 1, 17, 5, 21],
    [24, 8, 28, 12, 25, 9, 29, 13],
    [6, 22, 2, 18, 7, 23, 3, 19],
    [30, 14, 26, 10, 31, 15, 27, 11],
];

impl Veil {
    /// For a frame of this size. `alpha` gives 0 to 1 for a node's column and row; the node's pixel is that times
    /// [`PITCH`].
    pub(in crate::overlay) fn new(size: (f32, f32), mut alpha: impl FnMut(usize, usize) -> f32) -> Self {
        let count = |length: f32| (length as usize).div_ceil(PITCH) + 1;
        let (columns, rows) = (count(size.0), count(size.1));
        let mut alphas = Vec::with_capacity(columns * rows);
        for row in 0..rows {
            for column in 0..columns {
                alphas.push((alpha(column, row).clamp(0.0, 1.0) * 32767.0) as i16);
            }
        }
        Self { columns, alphas }
    }
}

impl Canvas<'_> {
    /// Lays a veil of one colour, made for this frame's size, over it.
    pub(in crate::overlay) fn veil(&mut self, veil: &Veil, colour: Colour) {
        lay::<PITCH>(veil, self.y, self.width, colour.y);
        lay::<{ PITCH / 2 }>(veil, self.u, self.width / 2, colour.u);
        lay::<{ PITCH / 2 }>(veil, self.v, self.width / 2, colour.v);
    }
}

/// `SPAN`: samples of this plane between two nodes.
fn lay<const SPAN: usize>(veil: &Veil, plane: &mut [u8], width: usize, target: i32) {
    let target = target as i16;
    let mut nodes = vec![0_i16; veil.columns];
    let mut line = vec![0_i16; (veil.columns - 1) * SPAN];
    for (row, samples) in plane.chunks_exact_mut(width).enumerate() {
        let (start, share) = (row / SPAN * veil.columns, (row % SPAN) as i32);
        let upper = veil.alphas.get(start..).unwrap_or_default();
        let lower = upper.get(veil.columns..).unwrap_or_default();
        for ((value, top), bottom) in nodes.iter_mut().zip(upper).zip(lower) {
            let (top, bottom) = (i32::from(*top), i32::from(*bottom));
            *value = (top + (bottom - top) * share / SPAN as i32) as i16;
        }
        if nodes.iter().all(|alpha| *alpha == 0) {
            continue;
        }
        for (span, pair) in line.as_chunks_mut::<SPAN>().0.iter_mut().zip(nodes.windows(2)) {
            let (from, step) = (pair[0], (pair[1] - pair[0]) / SPAN as i16);
            for (index, alpha) in span.iter_mut().enumerate() {
                *alpha = from + step * index as i16;
            }
        }
        let thresholds = &THRESHOLDS[row % THRESHOLDS.len()];
        let (blocks, rest) = samples.as_chunks_mut::<8>();
        let (alphas, last) = line.as_chunks::<8>();
        for (block, alphas) in blocks.iter_mut().zip(alphas) {
            for index in 0..8 {
                block[index] = mixed(block[index], target, alphas[index], thresholds[index]);
            }
        }
        let last = alphas.get(blocks.len()).map_or(last, |alphas| alphas.as_slice());
        for ((value, alpha), threshold) in rest.iter_mut().zip(last).zip(thresholds) {
            *value = mixed(*value, target, *alpha, *threshold);
        }
    }
}

/// The difference in 64ths times alpha in 32768ths is the change in 32nds.
fn mixed(value: u8, target: i16, alpha: i16, threshold: i16) -> u8 {
    let now = i16::from(value);
    let change = (i32::from((target - now) << 6) * i32::from(alpha)) >> 16;
    (now + ((change as i16 + threshold) >> 5)) as u8
}
