//! How far away things are, from what a single picture tells: the ground comes nearer towards the bottom, the
//! subject stands before its surroundings, what is in focus is rather near, the sky is far. An estimate
//! for parallax, not a measurement. A map that was given ([`crate::Depth`]) takes its place.

use super::{guided::Guide, map::Map, upright::carried_up, working::Working};

/// The share of a given map's values at either end that are taken for outliers.
const OUTLIERS: f32 = 0.02;

/// 0 far to 1 near. Smooth, but for edges of the picture.
pub(super) fn estimated(working: &Working, weight: &Map, sharpness: &Map, sky: &Map, upright: &Map) -> Map {
    let luma = &working.luma;
    let (width, height) = (luma.width, luma.height);
    let ground = Map::new(width, height, |_, y| {
        let down = (y as f32 + 0.5) / height as f32;
        ((down - 0.25) / 0.75).max(0.0).powf(1.3)
    });
    let ground = carried_up(upright, &ground);
    let joined = Map::new(width, height, |x, y| {
        let at = y * width + x;
        0.50 * ground.values[at] + 0.45 * weight.values[at] + 0.15 * sharpness.values[at] - 0.25 * sky.values[at]
    });
    refined(luma, &joined)
}

/// A map of any scale that covers the picture, brought to the same form.
pub(super) fn given(working: &Working, nearness: &Map) -> Map {
    let luma = &working.luma;
    let (across, down) = (
        nearness.width as f32 / luma.width as f32,
        nearness.height as f32 / luma.height as f32,
    );
    // What is larger than the working size is smoothed first, so that no cell depends on one place alone.
    let smooth = nearness.box_mean((across.max(down) / 2.0) as usize);
    let small = Map::new(luma.width, luma.height, |x, y| {
        smooth.sample((x as f32 + 0.5) * across - 0.5, (y as f32 + 0.5) * down - 0.5)
    });
    let (far, near) = (small.quantile(OUTLIERS), small.quantile(1.0 - OUTLIERS));
    let span = (near - far).max(f32::MIN_POSITIVE);
    refined(luma, &small.map(|value| ((value - far) / span).clamp(0.0, 1.0)))
}

/// Edges where the picture has edges, and no hard steps, which would need something behind them.
fn refined(luma: &Map, depth: &Map) -> Map {
    let long = luma.width.max(luma.height) as f32;
    let radius = (long * 0.05).round() as usize;
    Guide::new(luma, radius, 0.003)
        .filtered(depth)
        .blurred(long * 0.006)
        .map(|value| value.clamp(0.0, 1.0))
}
