//! Water: below the horizon, blue, green-blue or like the sky above it, with a surface whose detail lies level:
//! ripples are seen at a flat angle. It is seldom sure; smooth ground looks much the same.

use super::{Region, Sight, strength};
use crate::analysis::{map::Map, tint::ramp};

pub(super) fn water(sight: &Sight<'_>) -> Region {
    let sky = sky_colour(sight);
    let horizon = sight.horizon;
    let blue = sight.likelihood(|at, _| {
        let tint = sight.tints[at];
        tint.within(175.0, 235.0, 20.0) * ramp(tint.saturation, 0.12, 0.3) * ramp(tint.value, 0.1, 0.25)
    });
    let likely = sight.likelihood(|at, (_, down)| {
        let tint = sight.tints[at];
        let like_sky = sky.map_or(0.0, |sky| {
            let working = sight.working;
            let away = (working.red_green.values[at] - sky[1]).hypot(working.blue_yellow.values[at] - sky[2]);
            ramp(away, 0.1, 0.03) * ramp(sight.working.luma.values[at] - sky[0], 0.2, 0.0)
        });
        let pale = ramp(tint.saturation, 0.3, 0.12) * ramp(tint.value, 0.3, 0.6) * 0.4;
        let colour = blue.values[at].max(0.7 * like_sky).max(pale);
        let below = match horizon {
            Some(horizon) => ramp(down, horizon - 0.02, horizon + 0.03),
            None => 0.8 * ramp(down, 0.35, 0.6),
        };
        let level = ramp(sight.texture.level.values[at], -0.5, 0.3);
        let calm = ramp(sight.texture.detail.values[at], 0.12, 0.05);
        colour
            * below
            * (0.35 + 0.65 * level)
            * (0.3 + 0.7 * calm)
            * (1.0 - sight.sky.weight.values[at] * sight.sky.confidence)
            * (1.0 - 0.7 * sight.body.values[at])
    });
    let (clear, share) = strength(&likely);
    let weighed = |of: &dyn Fn(usize) -> f32| -> f32 {
        let total: f32 = likely.values.iter().map(|value| value * value).sum::<f32>().max(1e-3);
        likely
            .values
            .iter()
            .enumerate()
            .map(|(at, value)| value * value * of(at))
            .sum::<f32>()
            / total
    };
    let coloured = weighed(&|at| blue.values[at]);
    let rippled = weighed(&|at| {
        ramp(sight.texture.level.values[at], 0.1, 0.5) * ramp(sight.texture.detail.values[at], 0.004, 0.012)
    });
    let seen = if horizon.is_some() { 1.0 } else { 0.5 };
    let confidence = clear * ramp(share, 0.01, 0.08) * seen * (0.25 + 0.75 * coloured) * (0.4 + 0.6 * rippled);
    sight.region(&likely, confidence)
}

/// The mean of the sky's channels, where there is one.
fn sky_colour(sight: &Sight<'_>) -> Option<[f32; 3]> {
    if sight.sky.confidence < 0.3 {
        return None;
    }
    let weight = &sight.sky.weight;
    let total: f32 = weight.values.iter().sum();
    let mean = |channel: &Map| {
        let pairs = channel.values.iter().zip(&weight.values);
        pairs.map(|(value, weight)| value * weight).sum::<f32>() / total.max(1e-3)
    };
    (total > 1.0).then(|| sight.working.channels().map(mean))
}
