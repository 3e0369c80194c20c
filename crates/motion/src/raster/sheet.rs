//! The samples of one or two planes, laid out for the inner loop.

use rayon::prelude::*;

use super::enlarge::{Plane, row_of_twice};

/// A position in a sheet, or a step, in 16.16.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fixed {
    pub(super) x: i32,
    pub(super) y: i32,
}

impl Fixed {
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            x: self.x.wrapping_add(other.x),
            y: self.y.wrapping_add(other.y),
        }
    }

    pub(super) fn minus(self, other: Self) -> Self {
        Self {
            x: self.x.wrapping_sub(other.x),
            y: self.y.wrapping_sub(other.y),
        }
    }

    pub(super) fn times(self, factor: i32) -> Self {
        Self {
            x: self.x.wrapping_mul(factor),
            y: self.y.wrapping_mul(factor),
        }
    }

    /// Divided by a power of two.
    pub(super) fn shifted(self, bits: u32) -> Self {
        Self {
            x: self.x >> bits,
            y: self.y >> bits,
        }
    }
}

/// Samples that repeat the edge beyond the right side and below, so that whole registers can be loaded from every
/// position within bounds.
const MARGIN: (usize, usize) = (32, 2);

/// What truncated steps may lose over the rows and columns of a cell, in 16.16.
const SLACK: i32 = 128;

/// Rows of samples. Each row holds all channels, one after the other.
#[derive(Debug)]
pub(super) struct Sheet {
    samples: Vec<u8>,
    /// From a channel to the next, and from the last one to the next row.
    width: usize,
    channels: usize,
    /// Largest position.
    most: Fixed,
    /// Sample position = picture position * `scale` + `offset`; pixel centres are whole numbers.
    scale: f32,
    offset: f32,
}

impl Sheet {
    /// `planes`: one or two, of the same size.
    pub(super) fn new(planes: &[Plane], scale: f32, offset: f32) -> Self {
        Self::filled(planes, 1, (scale, offset), |plane, y, _, output| {
            output.copy_from_slice(plane.row(y));
        })
    }

    /// Of the planes enlarged to twice their size. `scale` and `offset` are as for the planes themselves.
    pub(super) fn enlarged(planes: &[Plane], scale: f32, offset: f32) -> Self {
        Self::filled(planes, 2, (2.0 * scale, 2.0 * offset), row_of_twice)
    }

    /// `row` writes row `y` of a plane that was enlarged `times`.
    fn filled(
        planes: &[Plane],
        times: usize,
        (scale, offset): (f32, f32),
        row: impl Fn(&Plane, usize, &mut Vec<u8>, &mut [u8]) + Sync,
    ) -> Self {
        let (width, height) = planes.first().map_or((1, 1), |plane| (plane.width, plane.height));
        let (width, height) = (width * times, height * times);
        let padded = width + MARGIN.0;
        let mut samples = vec![0; padded * planes.len() * (height + MARGIN.1)];
        samples
            .par_chunks_exact_mut(padded * planes.len())
            .enumerate()
            .for_each_init(Vec::new, |scratch, (y, output)| {
                for (plane, output) in planes.iter().zip(output.chunks_exact_mut(padded)) {
                    let (inner, margin) = output.split_at_mut(width);
                    row(plane, y.min(height - 1), scratch, inner);
                    margin.fill(inner[width - 1]);
                }
            });
        Self {
            samples,
            width: padded,
            channels: planes.len(),
            most: Fixed {
                x: ((width - 1) << 16) as i32,
                y: ((height - 1) << 16) as i32,
            },
            scale,
            offset,
        }
    }

    /// Where a picture position (pixel centres are whole numbers) lies among the samples.
    pub(super) fn position(&self, x: f32, y: f32) -> Fixed {
        // Sides are at most 8192 pixels and positions were kept within three frames' widths, so this
        // stays below 2^31.
        let fixed = |value: f32| ((value * self.scale + self.offset) * 65536.0) as i32;
        Fixed {
            x: fixed(x),
            y: fixed(y),
        }
    }

    /// The first channel's sample at a picture position.
    pub(super) fn nearest(&self, x: f32, y: f32) -> f32 {
        let at = self.clamped(self.position(x, y));
        let (column, row) = ((at.x + 0x8000) >> 16, (at.y + 0x8000) >> 16);
        let index = self.index(column as usize, row as usize, 0);
        self.samples.get(index).map_or(0.0, |value| f32::from(*value))
    }

    /// Whether every line through the cell between these corners lies within bounds.
    pub(super) fn holds(&self, corners: &[Fixed; 4]) -> bool {
        let within = |value: i32, most: i32| value >= SLACK && value <= most;
        let mut corners = corners.iter();
        corners.all(|corner| within(corner.x, self.most.x) && within(corner.y, self.most.y))
    }

    fn clamped(&self, at: Fixed) -> Fixed {
        Fixed {
            x: at.x.clamp(0, self.most.x),
            y: at.y.clamp(0, self.most.y),
        }
    }

    #[inline(always)]
    pub(super) fn index(&self, column: usize, row: usize, channel: usize) -> usize {
        (row * self.channels + channel) * self.width + column
    }

    /// Samples from one row to the next.
    #[inline(always)]
    pub(super) fn stride(&self) -> usize {
        self.width * self.channels
    }

    #[inline(always)]
    pub(super) fn samples(&self) -> &[u8] {
        &self.samples
    }

    /// The value at any position; those out of bounds show the edge.
    pub(super) fn value(&self, at: Fixed, channel: usize) -> u8 {
        let at = self.clamped(at);
        let index = self.index((at.x >> 16) as usize, (at.y >> 16) as usize, channel);
        let share = |value: i32| (value as u32 >> 8) & 0xff;
        let (right, lower) = (share(at.x), share(at.y));
        let row = |index: usize| match self.samples.get(index..index + 2) {
            Some([left, next]) => u32::from(*left) * (256 - right) + u32::from(*next) * right,
            _ => 0,
        };
        ((row(index) * (256 - lower) + row(index + self.stride()) * lower + 0x8000) >> 16) as u8
    }
}
