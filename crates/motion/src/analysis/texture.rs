//! What surfaces look like from near: how much fine detail there is, and which way it runs, from the
//! structure tensor (Foerstner and Guelch, 1987).

use super::{map::Map, tint::ramp, working::Working};

/// Two maps over the picture.
#[derive(Debug)]
pub(super) struct Texture {
    /// Root mean square of the luma's change from cell to cell, in a small neighbourhood.
    pub(super) detail: Map,
    /// -1 where detail runs up and down (blades, trunks) to 1 where it lies level (ripples), 0 where it
    /// runs every way.
    pub(super) level: Map,
}

impl Texture {
    pub(super) fn of(working: &Working) -> Self {
        let luma = &working.luma;
        let (width, height) = (luma.width, luma.height);
        let sigma = width.max(height) as f32 * 0.007;
        let mut across = Vec::with_capacity(width * height);
        let mut down = Vec::with_capacity(width * height);
        for y in 0..height {
            let (above, below) = (y.saturating_sub(1) * width, (y + 1).min(height - 1) * width);
            for x in 0..width {
                let (left, right) = (x.saturating_sub(1), (x + 1).min(width - 1));
                let row = y * width;
                across.push((luma.values[row + right] - luma.values[row + left]).powi(2) / 4.0);
                down.push((luma.values[below + x] - luma.values[above + x]).powi(2) / 4.0);
            }
        }
        let across = Map {
            width,
            height,
            values: across,
        }
        .blurred(sigma);
        let down = Map {
            width,
            height,
            values: down,
        }
        .blurred(sigma);
        Self {
            detail: across.zip(&down, |across, down| (across + down).max(0.0).sqrt()),
            level: across.zip(&down, |across, down| {
                (down - across) / (across + down + 1e-5) * ramp(across + down, 0.0, 4e-5)
            }),
        }
    }
}
