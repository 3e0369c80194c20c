//! What a standing subject casts on the ground under it: a soft, flat spot that grows wider and fainter as it leaves the
//! ground.

use domain::media::Frame;

use crate::raster::{CELL, Grid};

/// Black and neutral levels.
const BLACK: f32 = 16.0;
const NEUTRAL: f32 = 128.0;

/// In pixels of the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Shadow {
    pub(crate) centre: (f32, f32),
    pub(crate) radii: (f32, f32),
    /// Of the light that is missing in its middle: 0 to 1.
    pub(crate) darkness: f32,
}

impl Shadow {
    /// The light that is left at a place of the picture.
    fn light(&self, (x, y): (f32, f32)) -> f32 {
        let (across, down) = ((x - self.centre.0) / self.radii.0, (y - self.centre.1) / self.radii.1);
        let near = (1.0 - across * across - down * down).max(0.0);
        1.0 - self.darkness * near * near
    }

    /// Darkens `frame`, in which the picture stands as the grid says.
    pub(crate) fn cast(&self, grid: &Grid, frame: &mut Frame) {
        let (width, height) = (frame.size.width as usize, frame.size.height as usize);
        for row in 0..grid.rows - 1 {
            for column in 0..grid.columns - 1 {
                let corners = grid.corners(column, row);
                if !self.touches(&corners) {
                    continue;
                }
                for y in (row * CELL..(row * CELL + CELL).min(height)).step_by(2) {
                    for x in (column * CELL..(column * CELL + CELL).min(width)).step_by(2) {
                        let share = ((x % CELL) as f32 + 0.5, (y % CELL) as f32 + 0.5);
                        let light = self.light(between(&corners, share));
                        if light < 1.0 {
                            darken(frame, (x, y), light);
                        }
                    }
                }
            }
        }
    }

    fn touches(&self, corners: &[(f32, f32); 4]) -> bool {
        let reaches = |value: &dyn Fn(&(f32, f32)) -> f32, centre: f32, radius: f32| {
            let least = corners.iter().map(value).fold(f32::INFINITY, f32::min);
            let most = corners.iter().map(value).fold(f32::NEG_INFINITY, f32::max);
            least < centre + radius && most > centre - radius
        };
        reaches(&|corner| corner.0, self.centre.0, self.radii.0)
            && reaches(&|corner| corner.1, self.centre.1, self.radii.1)
    }
}

/// The place at `share` pixels into a cell.
fn between([a, b, c, d]: &[(f32, f32); 4], share: (f32, f32)) -> (f32, f32) {
    let (across, down) = (share.0 / CELL as f32, share.1 / CELL as f32);
    let mix = |from: (f32, f32), to: (f32, f32), share: f32| {
        (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
    };
    mix(mix(*a, *b, across), mix(*c, *d, across), down)
}

/// Two by two pixels, and their colour.
fn darken(frame: &mut Frame, (x, y): (usize, usize), light: f32) {
    let width = frame.size.width as usize;
    let dimmed = |value: u8, floor: f32| (floor + (f32::from(value) - floor) * light).round() as u8;
    let upper = y * width + x;
    for at in [upper, upper + 1, upper + width, upper + width + 1] {
        frame.y[at] = dimmed(frame.y[at], BLACK);
    }
    let at = y / 2 * (width / 2) + x / 2;
    frame.u[at] = dimmed(frame.u[at], NEUTRAL);
    frame.v[at] = dimmed(frame.v[at], NEUTRAL);
}
