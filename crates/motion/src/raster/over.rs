//! Drawing a second copy of the picture, warped otherwise, over a frame: only in the cells that take anything from it.

use domain::media::Frame;

use super::{
    grid::{CELL, Grid},
    lanes,
    pyramid::Pyramid,
    warp::{Column, column},
};

/// Pixels of a whole cell in a plane of half the size.
const HALF: usize = CELL / 2;

/// How a place of the frame is mixed of what is there and of the second copy; bilinear between nodes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Mixture {
    /// Of the second copy, 0 to 1.
    pub(crate) share: f32,
    /// Contrast of the mixture about `mean`, 1 to 2, and luma.
    pub(crate) gain: f32,
    pub(crate) mean: f32,
}

impl Mixture {
    /// What is there stays.
    pub(crate) const NONE: Self = Self {
        share: 0.0,
        gain: 1.0,
        mean: 0.0,
    };

    /// `under` with as much of `over` as this says.
    pub(crate) fn of(self, under: f32, over: f32) -> f32 {
        let mixed = under + (over - under) * self.share;
        self.mean + (mixed - self.mean) * self.gain
    }

    fn fixed(self) -> Fixed {
        let gain = self.gain.clamp(1.0, 1.99);
        Fixed {
            share: (self.share.clamp(0.0, 1.0) * 65280.0) as i32,
            gain: (gain * 32768.0) as i32,
            offset: ((1.0 - gain) * self.mean.clamp(0.0, 255.0) * 128.0) as i32,
        }
    }
}

/// A second copy of the picture.
#[derive(Debug)]
pub(crate) struct Over {
    pub(crate) grid: Grid,
    /// One for each node.
    pub(crate) mixtures: Vec<Mixture>,
}

/// A mixture in whole numbers, each of which fits into 16 bits: the share in 65280ths, the gain in 32768ths and what is
/// added afterwards in 128ths of a grey level.
#[derive(Debug, Clone, Copy)]
struct Fixed {
    share: i32,
    gain: i32,
    offset: i32,
}

impl Fixed {
    /// The part of the way from `self` to `other`, in 16ths.
    fn towards(self, other: Self, part: i32) -> Self {
        let mix = |from: i32, to: i32| from + (to - from) * part / CELL as i32;
        Self {
            share: mix(self.share, other.share),
            gain: mix(self.gain, other.gain),
            offset: mix(self.offset, other.offset),
        }
    }
}

/// A cell in which the second copy shows.
struct Patch<'p> {
    number: usize,
    column: Column<'p>,
    /// Upper left, upper right, lower left, lower right.
    mixtures: [Fixed; 4],
}

impl Patch<'_> {
    /// The mixtures at both ends of line `line` of the cell.
    fn line(&self, line: usize) -> (Fixed, Fixed) {
        let [a, b, c, d] = self.mixtures;
        (a.towards(c, line as i32), b.towards(d, line as i32))
    }
}

/// Draws the second copy over `frame`, for whose size its grid was made.
pub(crate) fn draw_over(pyramid: &Pyramid, over: &Over, frame: &mut Frame) {
    let (width, height) = (frame.size.width as usize, frame.size.height as usize);
    let half = width / 2;
    for row in 0..over.grid.rows - 1 {
        let mut patches = patches(pyramid, over, row);
        if patches.is_empty() {
            continue;
        }
        let (y, end) = (row * CELL, (row * CELL + CELL).min(height));
        for (line, under) in frame.y[y * width..end * width].chunks_exact_mut(width).enumerate() {
            for patch in &mut patches {
                let from = patch.number * CELL;
                let under = &mut under[from..(from + CELL).min(width)];
                let mut over = [0; CELL];
                patch.column.luma_line(&mut over, lanes::blend);
                mix_luma(under, &over, patch.line(line));
            }
        }
        let lines = y / 2 * half..end / 2 * half;
        let (u_lines, v_lines) = (&mut frame.u[lines.clone()], &mut frame.v[lines]);
        let lines = u_lines.chunks_exact_mut(half).zip(v_lines.chunks_exact_mut(half));
        for (line, (u, v)) in lines.enumerate() {
            for patch in &mut patches {
                let from = patch.number * HALF;
                let to = (from + HALF).min(half);
                let (mut over_u, mut over_v) = ([0; HALF], [0; HALF]);
                patch.column.chroma_line(&mut over_u, &mut over_v, lanes::blend);
                let (left, right) = patch.line(2 * line);
                mix_chroma(&mut u[from..to], &over_u, left.share, right.share);
                mix_chroma(&mut v[from..to], &over_v, left.share, right.share);
            }
        }
    }
}

/// The cells of a row that take anything from the second copy.
fn patches<'p>(pyramid: &'p Pyramid, over: &Over, row: usize) -> Vec<Patch<'p>> {
    let Over { grid, mixtures } = over;
    let at = row * grid.columns;
    let (Some(upper), Some(lower)) = (
        mixtures.get(at..at + grid.columns),
        mixtures.get(at + grid.columns..at + 2 * grid.columns),
    ) else {
        return Vec::new();
    };
    let cells = upper.windows(2).zip(lower.windows(2)).enumerate();
    cells
        .filter_map(|(number, (upper, lower))| {
            let corners = [upper[0], upper[1], lower[0], lower[1]];
            if corners.iter().all(|corner| corner.share < 1.0 / 512.0) {
                return None;
            }
            Some(Patch {
                number,
                column: column(pyramid, &grid.corners(number, row))?,
                mixtures: corners.map(Mixture::fixed),
            })
        })
        .collect()
}

/// Mixes a line of a cell. Everything fits into 16 bits, and so the processor does many pixels at a time.
fn mix_luma(under: &mut [u8], over: &[u8; CELL], (left, right): (Fixed, Fixed)) {
    let Ok(under) = <&mut [u8; CELL]>::try_from(&mut *under) else {
        let mut whole = [0; CELL];
        let length = under.len().min(CELL);
        whole[..length].copy_from_slice(&under[..length]);
        mix_luma(&mut whole, over, (left, right));
        under[..length].copy_from_slice(&whole[..length]);
        return;
    };
    let share = ramp::<CELL>(left.share, right.share);
    let gain = ramp::<CELL>(left.gain, right.gain);
    let offset = ramp::<CELL>(left.offset, right.offset);
    for at in 0..CELL {
        let share = share[at] >> 8;
        let mixed = u16::from(under[at]) * (256 - share) + u16::from(over[at]) * share;
        let stretched = ((u32::from(mixed) * u32::from(gain[at])) >> 16) as i16;
        under[at] = (stretched.saturating_add(offset[at] as i16).saturating_add(64) >> 7).clamp(0, 255) as u8;
    }
}

fn mix_chroma(under: &mut [u8], over: &[u8; HALF], left: i32, right: i32) {
    let share = ramp::<HALF>(left, right);
    for ((under, over), share) in under.iter_mut().zip(over).zip(share) {
        let share = share >> 8;
        *under = ((u16::from(*under) * (256 - share) + u16::from(*over) * share + 128) >> 8) as u8;
    }
}

/// `N` values from `left` on, a step short of `right`, in the lower 16 bits.
#[inline(always)]
fn ramp<const N: usize>(left: i32, right: i32) -> [u16; N] {
    let (start, step) = (left as u16, ((right - left) / N as i32) as u16);
    std::array::from_fn(|at| start.wrapping_add(step.wrapping_mul(at as u16)))
}
