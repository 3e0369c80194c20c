//! Where in a picture a kind of scenery is.

use domain::recipe::{SceneryKind, SceneryMotion};

use crate::analysis::{Analysis, Map, Region};

/// A place is likely enough for scenery that the prompt named, and sure enough for scenery that it did not name.
const LIKELY: f32 = 0.08;
const SURE: f32 = 0.5;
/// Weights below the first share of the region's strongest count as outside, above the second as all inside.
const INSIDE: (f32, f32) = (0.12, 0.55);

/// How much each place of the picture takes part in `motion`, 0 to 1; nothing where the picture has no such scenery.
pub(super) fn place(analysis: &Analysis, motion: &SceneryMotion) -> Option<Map> {
    let enough = if motion.named { LIKELY } else { SURE };
    let regions = &analysis.regions;
    let candidates: [Option<&Region>; 2] = match motion.kind {
        SceneryKind::Water | SceneryKind::Stream | SceneryKind::Shimmer => [Some(&regions.water), None],
        SceneryKind::Clouds => [Some(&regions.sky), Some(&regions.smoke_cloud)],
        SceneryKind::Smoke => [Some(&regions.smoke_cloud), None],
        SceneryKind::Fire => [Some(&regions.fire), None],
        SceneryKind::Foliage => [Some(&regions.foliage), None],
        SceneryKind::Hair => [Some(&regions.hair), None],
        SceneryKind::Cloth => [Some(&regions.cloth), None],
        SceneryKind::Stars => [Some(&regions.stars), None],
        SceneryKind::Lights => [Some(&regions.lights), None],
    };
    let likely = candidates.into_iter().flatten();
    let region = likely
        .filter(|region| region.confidence >= enough)
        .max_by(|left, right| left.confidence.total_cmp(&right.confidence))?;
    clear(&region.weight)
}

/// The region with its doubtful outskirts left out.
fn clear(weight: &Map) -> Option<Map> {
    let most = weight.blurred(1.0).values.iter().copied().fold(0.0, f32::max);
    if most < 0.01 {
        return None;
    }
    Some(weight.map(|value| {
        let share = ((value / most - INSIDE.0) / (INSIDE.1 - INSIDE.0)).clamp(0.0, 1.0);
        share * share * (3.0 - 2.0 * share)
    }))
}

/// The highest map below `map` whose neighbours differ by at most `slope`: it rises gently from where `map` is 0.
pub(super) fn beneath(map: &Map, slope: f32) -> Map {
    let (width, height) = (map.width, map.height);
    let aslant = slope * std::f32::consts::SQRT_2;
    let mut values = map.values.clone();
    for at in 0..width * height {
        let (x, y) = (at % width, at / width);
        let mut least = values[at];
        if x > 0 {
            least = least.min(values[at - 1] + slope);
        }
        if y > 0 {
            least = least.min(values[at - width] + slope);
        }
        if x > 0 && y > 0 {
            least = least.min(values[at - width - 1] + aslant);
        }
        if x + 1 < width && y > 0 {
            least = least.min(values[at - width + 1] + aslant);
        }
        values[at] = least;
    }
    for at in (0..width * height).rev() {
        let (x, y) = (at % width, at / width);
        let mut least = values[at];
        if x + 1 < width {
            least = least.min(values[at + 1] + slope);
        }
        if y + 1 < height {
            least = least.min(values[at + width] + slope);
        }
        if x + 1 < width && y + 1 < height {
            least = least.min(values[at + width + 1] + aslant);
        }
        if x > 0 && y + 1 < height {
            least = least.min(values[at + width - 1] + aslant);
        }
        values[at] = least;
    }
    Map { values, ..*map }
}

/// `map` rounded where it has corners, and still 0 where it was 0.
pub(super) fn rounded(map: &Map, sigma: f32) -> Map {
    map.blurred(sigma).zip(map, |soft, hard| soft.min(2.0 * hard))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_beneath_a_step_rises_gently_and_only_inside() {
        let step = Map::new(40, 30, |x, y| f32::from(u8::from(x > 12 && y > 8)));
        let gentle = beneath(&step, 0.1);
        for y in 0..30_isize {
            for x in 0..40_isize {
                let here = gentle.at(x, y);
                assert!(here <= step.at(x, y));
                assert!((gentle.at(x + 1, y) - here).abs() <= 0.1001);
                assert!((gentle.at(x, y + 1) - here).abs() <= 0.1001);
            }
        }
        assert!(gentle.at(38, 28) > 0.99);
    }
}
