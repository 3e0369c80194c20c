//! Going over a drawn frame line by line, but only over the cells where something is to be done.

use domain::media::Frame;

use crate::raster::{CELL, Grid};

/// Sixteen pixels of a line of luma. Between both ends of a cell everything runs evenly.
pub(super) struct Line<'f> {
    pub(super) luma: &'f mut [u8; CELL],
    /// How much of the effect is there at the first pixel, and how much more at each further one.
    pub(super) amount: f32,
    pub(super) growth: f32,
    /// The place of the first pixel, and the step from pixel to pixel.
    pub(super) place: (f32, f32),
    pub(super) step: (f32, f32),
}

/// What an effect knows of each node of a grid: how much of it is there, and the place, in whatever coordinates the
/// effect lives in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    pub(super) amount: f32,
    pub(super) place: (f32, f32),
}

impl Spot {
    fn towards(self, other: Self, share: f32) -> Self {
        let mix = |from: f32, to: f32| from + (to - from) * share;
        Self {
            amount: mix(self.amount, other.amount),
            place: (mix(self.place.0, other.place.0), mix(self.place.1, other.place.1)),
        }
    }
}

/// Calls `paint` for every line of luma where there is anything of an effect; one spot for each node of `grid`.
pub(super) fn luma_lines(grid: &Grid, spots: &[Spot], frame: &mut Frame, mut paint: impl FnMut(Line<'_>)) {
    let (width, height) = (frame.size.width as usize, frame.size.height as usize);
    let part = |from: f32, to: f32| (to - from) / CELL as f32;
    for row in 0..grid.rows - 1 {
        for column in 0..grid.columns - 1 {
            let Some([a, b, c, d]) = corners(grid, spots, column, row) else {
                continue;
            };
            let (from, to) = (column * CELL, (column * CELL + CELL).min(width));
            for line in 0..CELL.min(height - row * CELL) {
                let down = line as f32 / CELL as f32;
                let (left, right) = (a.towards(c, down), b.towards(d, down));
                let start = (row * CELL + line) * width;
                let pixels = &mut frame.y[start + from..start + to];
                // A cell at the edge is painted whole, and what sticks out is dropped.
                let mut luma = [0; CELL];
                luma[..pixels.len()].copy_from_slice(pixels);
                paint(Line {
                    luma: &mut luma,
                    amount: left.amount,
                    growth: part(left.amount, right.amount),
                    place: left.place,
                    step: (part(left.place.0, right.place.0), part(left.place.1, right.place.1)),
                });
                pixels.copy_from_slice(&luma[..pixels.len()]);
            }
        }
    }
}

/// Adds `blue` and `red` times the amount, in grey levels, to both planes of colour.
pub(super) fn tint(grid: &Grid, spots: &[Spot], (blue, red): (f32, f32), frame: &mut Frame) {
    const HALF: usize = CELL / 2;
    let (width, height) = (frame.size.width as usize / 2, frame.size.height as usize / 2);
    for row in 0..grid.rows - 1 {
        for column in 0..grid.columns - 1 {
            let Some([a, b, c, d]) = corners(grid, spots, column, row) else {
                continue;
            };
            let (from, to) = (column * HALF, (column * HALF + HALF).min(width));
            for line in 0..HALF.min(height.saturating_sub(row * HALF)) {
                let down = (line as f32 + 0.25) / HALF as f32;
                let (left, right) = (a.towards(c, down).amount, b.towards(d, down).amount);
                let start = (row * HALF + line) * width;
                for (plane, strength) in [(&mut frame.u, blue), (&mut frame.v, red)] {
                    // In 256ths of a grey level.
                    let (left, right) = ((left * strength * 256.0) as i16, (right * strength * 256.0) as i16);
                    let step = (right - left) / HALF as i16;
                    for (at, value) in (0..).zip(&mut plane[start + from..start + to]) {
                        let added = (left + at * step + 128) >> 8;
                        *value = (i16::from(*value) + added).clamp(16, 240) as u8;
                    }
                }
            }
        }
    }
}

/// The corners of a cell, upper left, upper right, lower left and lower right, if there is anything at any of them.
fn corners(grid: &Grid, spots: &[Spot], column: usize, row: usize) -> Option<[Spot; 4]> {
    let at = row * grid.columns + column;
    let upper = spots.get(at..at + 2)?;
    let lower = spots.get(at + grid.columns..at + grid.columns + 2)?;
    let corners = [upper[0], upper[1], lower[0], lower[1]];
    corners.iter().any(|corner| corner.amount != 0.0).then_some(corners)
}
