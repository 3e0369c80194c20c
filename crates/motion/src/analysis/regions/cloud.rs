//! Clouds and smoke: what is grey or white and softly mottled, in the sky or, less surely, elsewhere.

use super::{Region, Sight, strength};
use crate::analysis::tint::ramp;

pub(super) fn cloud(sight: &Sight<'_>) -> Region {
    let luma = &sight.working.luma;
    let long = luma.width.max(luma.height) as f32;
    // Mottled: luma differs between neighbourhoods although it is smooth within them. Means are taken within
    // even surfaces, or outlines would be clouds.
    let even = sight.texture.detail.map(|detail| ramp(detail, 0.05, 0.02) + 1e-3);
    let lit = luma.zip(&even, |luma, even| luma * even);
    let mean = |sigma: f32| {
        lit.blurred(sigma)
            .zip(&even.blurred(sigma), |lit, even| lit / even.max(1e-4))
    };
    let mottled = mean(long * 0.008)
        .zip(&mean(long * 0.05), |near, wide| (near - wide).abs())
        .blurred(long * 0.02);
    let likely = sight.likelihood(|at, (_, down)| {
        let tint = sight.tints[at];
        let grey = ramp(tint.saturation, 0.45, 0.18) * ramp(tint.value, 0.12, 0.35);
        let uneven = ramp(mottled.values[at], 0.008, 0.035);
        let sky = sight.sky.weight.values[at] * sight.sky.confidence;
        let aloft = sky.max(0.3 * ramp(down, 0.8, 0.3));
        grey * even.values[at] * uneven * aloft * (1.0 - 0.8 * sight.body.values[at])
    });
    let (clear, share) = strength(&likely);
    let confidence = clear * ramp(share, 0.01, 0.08) * 1.2;
    sight.region(&likely, confidence)
}
