//! Fire: glowing yellow to red with a core that is nearly white, much brighter than what is round it (after the
//! colour rules of Celik and Demirel, "Fire Detection in Video Sequences Using a Generic Color Model",
//! 2009). Petals and lamps are like it; it is sure only in the dark.

use super::{Region, Sight, strength};
use crate::analysis::tint::ramp;

pub(super) fn fire(sight: &Sight<'_>) -> Region {
    let luma = &sight.working.luma;
    let long = luma.width.max(luma.height) as f32;
    let around = luma.blurred(long * 0.06);
    let mean = luma.mean();
    let likely = sight.likelihood(|at, _| {
        let tint = sight.tints[at];
        let glow = tint.within(8.0, 52.0, 10.0) * ramp(tint.saturation, 0.3, 0.55) * ramp(tint.value, 0.75, 0.95);
        let core = tint.within(30.0, 65.0, 15.0)
            * ramp(tint.value, 0.93, 0.99)
            * ramp(tint.saturation, 0.02, 0.12)
            * ramp(tint.saturation, 0.7, 0.4);
        let stands_out =
            ramp(luma.values[at] - around.values[at], 0.0, 0.2).max(0.4 * ramp(luma.values[at] - mean, 0.1, 0.4));
        glow.max(core) * (0.3 + 0.7 * stands_out) * (1.0 - 0.5 * sight.body.values[at])
    });
    let (clear, share) = strength(&likely);
    // White hot, in the midst of what glows.
    let near = likely.blurred(long * 0.015);
    let hot = sight.likelihood(|at, _| {
        let tint = sight.tints[at];
        ramp(luma.values[at], 0.8, 0.92) * tint.within(20.0, 70.0, 20.0) * ramp(near.values[at], 0.1, 0.3)
    });
    let core = ramp(hot.mean() / (share + 1e-4), 0.03, 0.2);
    let dark = ramp(mean, 0.4, 0.18);
    let confidence = clear * ramp(share, 0.002, 0.02) * ramp(share, 0.5, 0.25) * (0.25 + 0.75 * core * dark);
    sight.region(&likely, confidence)
}
