//! Where the picture is in focus: local contrast of fine detail, spread over its surroundings.

use super::{map::Map, working::Working};

/// 0 where nothing is sharp to 1 at the sharpest places.
pub(super) fn sharpness(working: &Working) -> Map {
    let luma = &working.luma;
    let detail = Map::new(luma.width, luma.height, |x, y| {
        let (x, y) = (x as isize, y as isize);
        let around = luma.at(x - 1, y) + luma.at(x + 1, y) + luma.at(x, y - 1) + luma.at(x, y + 1);
        (4.0 * luma.at(x, y) - around).abs()
    });
    let spread = detail
        .map(|value| value.min(0.6))
        .blurred(luma.width.max(luma.height) as f32 * 0.02);
    let high = spread.quantile(0.97).max(0.01);
    spread.map(|value| (value / high).clamp(0.0, 1.0).sqrt())
}
