//! Leaves and grass: green, or the straw colours of dry grass where it is finely textured.

use super::{Region, Sight, strength};
use crate::analysis::tint::ramp;

pub(super) fn foliage(sight: &Sight<'_>) -> Region {
    let green = sight.likelihood(|at, _| {
        let tint = sight.tints[at];
        tint.within(65.0, 150.0, 18.0) * ramp(tint.saturation, 0.12, 0.35) * ramp(tint.value, 0.06, 0.2)
    });
    let likely = sight.likelihood(|at, (_, down)| {
        let tint = sight.tints[at];
        let textured = ramp(sight.texture.detail.values[at], 0.008, 0.04);
        let blades = ramp(sight.texture.level.values[at], 0.1, -0.3);
        let straw = tint.within(28.0, 60.0, 10.0)
            * ramp(tint.saturation, 0.2, 0.4)
            * ramp(sight.texture.detail.values[at], 0.03, 0.07)
            * blades
            * ramp(down, 0.3, 0.5)
            * 0.6;
        let surface = 0.35 + 0.65 * textured;
        (green.values[at] * surface).max(straw)
            * (1.0 - 0.75 * sight.body.values[at])
            * (1.0 - 0.9 * sight.sky.weight.values[at] * sight.sky.confidence)
    });
    let (clear, share) = strength(&likely);
    let confidence = clear * ramp(share, 0.01, 0.1) * 1.15;
    sight.region(&likely, confidence)
}
