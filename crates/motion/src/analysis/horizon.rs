//! The horizon: a level line on which the picture changes all along, and above which, best of all, is sky.

use super::{map::Map, regions::Region, tint::ramp, working::Working};

/// Its share of the height, where there is one.
pub(super) fn horizon(working: &Working, sky: &Region) -> Option<f32> {
    let height = working.luma.height;
    let step = (height / 60).max(1);
    let channels: Vec<Map> = working
        .channels()
        .into_iter()
        .map(|channel| channel.blurred(1.0))
        .collect();
    let sky_sure = sky.confidence;
    let scores: Vec<f32> = (0..height)
        .map(|y| {
            let down = (y as f32 + 0.5) / height as f32;
            if y < step || y + step >= height {
                return 0.0;
            }
            let line = level_change(&channels, y, step);
            let under_sky = sky_sure * sky_ends(&sky.weight, y, step * 2);
            (line + 0.8 * under_sky) * ramp(down, 0.08, 0.2) * ramp(down, 0.95, 0.85)
        })
        .collect();
    let best = scores
        .iter()
        .enumerate()
        .max_by(|left, right| left.1.total_cmp(right.1).then(right.0.cmp(&left.0)))?;
    (*best.1 > ENOUGH).then(|| (best.0 as f32 + 0.5) / height as f32)
}

/// Below it a line is not a horizon.
const ENOUGH: f32 = 0.4;

/// How consistently the picture changes from above row `y` to below it, 0 to 1: the share of columns that
/// change clearly and the same way.
fn level_change(channels: &[Map], y: usize, step: usize) -> f32 {
    let mut best: f32 = 0.0;
    for channel in channels {
        let width = channel.width;
        let (mut rising, mut falling) = (0, 0);
        for x in 0..width {
            let change = channel.values[(y + step) * width + x] - channel.values[(y - step) * width + x];
            rising += usize::from(change > 0.05);
            falling += usize::from(change < -0.05);
        }
        let most = rising.max(falling) as f32 - rising.min(falling) as f32;
        best = best.max(ramp(most / width as f32, 0.45, 0.9));
    }
    best
}

/// The share of columns in which the sky ends at about row `y`, 0 to 1.
fn sky_ends(weight: &Map, y: usize, step: usize) -> f32 {
    let width = weight.width;
    let above = y.saturating_sub(step);
    let below = (y + step).min(weight.height - 1);
    let change: f32 = (0..width)
        .map(|x| (weight.values[above * width + x] - weight.values[below * width + x]).max(0.0))
        .sum();
    ramp(change / width as f32, 0.15, 0.7)
}
