//! How far away things are, from what a single picture tells: the ground comes nearer towards the bottom, the
//! subject stands before its surroundings, what is in focus is rather near, the sky is far. An estimate
//! for parallax, not a measurement. A depth network's map could take its place here.

use super::{guided::Guide, map::Map, upright::carried_up, working::Working};

/// 0 far to 1 near. Smooth, but for edges of the picture.
pub(super) fn depth(working: &Working, weight: &Map, sharpness: &Map, sky: &Map, upright: &Map) -> Map {
    let luma = &working.luma;
    let (width, height) = (luma.width, luma.height);
    let long = width.max(height) as f32;
    let ground = Map::new(width, height, |_, y| {
        let down = (y as f32 + 0.5) / height as f32;
        ((down - 0.25) / 0.75).max(0.0).powf(1.3)
    });
    let ground = carried_up(upright, &ground);
    let joined = Map::new(width, height, |x, y| {
        let at = y * width + x;
        0.50 * ground.values[at] + 0.45 * weight.values[at] + 0.15 * sharpness.values[at] - 0.25 * sky.values[at]
    });
    let radius = (long * 0.05).round() as usize;
    Guide::new(luma, radius, 0.003)
        .filtered(&joined)
        .blurred(long * 0.006)
        .map(|value| value.clamp(0.0, 1.0))
}
