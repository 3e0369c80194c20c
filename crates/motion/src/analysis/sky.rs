//! Where the sky probably is: smooth, in the upper part, reached from the top edge without crossing detail.

use super::{map::Map, working::Working};

/// 0 surely not to 1 surely sky.
pub(super) fn sky(working: &Working, sharpness: &Map) -> Map {
    let luma = &working.luma;
    let (width, height) = (luma.width, luma.height);
    let smooth = sharpness.map(|value| (1.0 - 1.8 * value).clamp(0.0, 1.0));
    let likely = Map::new(width, height, |x, y| {
        let at = y * width + x;
        let bluish = (working.blue_yellow.values[at] * 3.0 + 0.4).clamp(0.0, 1.0);
        let bright = (luma.values[at] * 1.6).clamp(0.0, 1.0);
        let high = (1.0 - y as f32 / (0.7 * height as f32)).clamp(0.0, 1.0).sqrt();
        smooth.values[at] * (0.35 + 0.65 * bluish.max(bright * 0.8)) * high
    });
    // Column by column from the top: once something stands in the way, there is no sky below it.
    let mut reached = likely.clone();
    for y in 1..height {
        for x in 0..width {
            let above = (x.saturating_sub(1)..=(x + 1).min(width - 1))
                .map(|column| reached.values[(y - 1) * width + column])
                .fold(0.0, f32::max);
            let value = &mut reached.values[y * width + x];
            *value = value.min(above * 1.02);
        }
    }
    reached.blurred(width as f32 * 0.01)
}
