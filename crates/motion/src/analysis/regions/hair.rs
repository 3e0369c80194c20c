//! Hair and cloth: nothing in a single picture says surely what is loose. The soft outer band of the
//! subject is the likeliest place, its upper part for hair and its lower for cloth, where there is texture
//! and no skin. Good enough when asked for by name, never sure.

use super::{Region, Sight};
use crate::analysis::{map::Map, subject::Subject, tint::ramp};

pub(super) fn hair(sight: &Sight<'_>, subject: &Subject, weight: &Map) -> Region {
    band(sight, subject, weight, |height| ramp(height, 0.45, 0.65))
}

pub(super) fn cloth(sight: &Sight<'_>, subject: &Subject, weight: &Map) -> Region {
    band(sight, subject, weight, |height| ramp(height, 0.6, 0.4))
}

/// `part` says how much each height, 0 at the subject's base to 1 at its top, belongs.
fn band(sight: &Sight<'_>, subject: &Subject, weight: &Map, part: impl Fn(f32) -> f32) -> Region {
    let tall = (subject.base - subject.top).max(0.05);
    let likely = sight.likelihood(|at, (_, down)| {
        let height = (subject.base - down) / tall;
        let outer = ramp(weight.values[at], 0.12, 0.3) * ramp(weight.values[at], 0.95, 0.6);
        let textured = ramp(sight.texture.detail.values[at], 0.005, 0.03) * (0.3 + 0.7 * sight.sharpness.values[at]);
        let bare = sight.tints[at].skin();
        outer
            * part(height)
            * textured
            * (1.0 - 0.8 * bare)
            * (1.0 - sight.sky.weight.values[at] * sight.sky.confidence)
    });
    sight.region(&likely, 0.45 * subject.confidence)
}
