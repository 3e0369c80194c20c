//! Stars: many small points in a dark, otherwise empty sky, or everywhere where there is nothing else.

use super::{
    Region, Sight,
    lights::{count, roughness, top_hat},
};
use crate::analysis::tint::ramp;

pub(super) fn stars(sight: &Sight<'_>) -> Region {
    let luma = &sight.working.luma;
    let long = luma.width.max(luma.height);
    let points = top_hat(luma, (long / 110).max(1));
    let ground = luma.blurred(long as f32 * 0.02);
    let likely = sight.likelihood(|at, (_, down)| {
        let night = ramp(ground.values[at], 0.35, 0.2);
        let high = ramp(down, 0.95, 0.6).max(0.5 * ramp(ground.values[at], 0.2, 0.1));
        ramp(points.values[at], 0.06, 0.2) * night * high
    });
    let found = count(&likely);
    let cells = luma.values.len() as f32;
    let dark = ramp(luma.quantile(0.6), 0.3, 0.15);
    // Many, but with emptiness between them.
    let many = ramp(found as f32, 12.0, 60.0);
    let sparse = ramp(likely.mean(), 0.12, 0.05) * ramp(found as f32 / cells, 0.02, 0.01);
    let weight = likely
        .blurred(1.0)
        .zip(&likely, |soft, hard| (1.6 * soft).max(hard).min(1.0));
    Region {
        weight,
        confidence: dark * many * sparse * ramp(roughness(luma), 0.045, 0.028),
    }
}
