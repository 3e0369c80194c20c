//! Leaves and grass in the wind: gusts travel over them, what they reach leans with the wind and swings.

use super::swell::{Swell, Wave};
use crate::planning::dice;

/// Slopes at natural strength of the slow sway, the swing of single plants and the flutter of leaves; lengths in
/// units; swings per second.
const SWAY: (f32, f32, f32) = (0.085, 0.34, 0.42);
const SWING: (f32, f32, f32) = (0.060, 0.165, 0.85);
const FLUTTER: (f32, f32, f32) = (0.032, 0.085, 1.9);
/// Shorter waves the grid could not follow, in pixels.
const SHORTEST: f32 = 60.0;
/// How far gusts are apart, in units, and how many pass in a second.
const GUST: (f32, f32) = (0.75, 0.30);
/// What leans sideways also sinks a little.
const SINKING: f32 = 0.28;

#[derive(Debug, Clone)]
pub(super) struct Wind {
    gusts: Swell,
    sway: Swell,
    swing: Swell,
    flutter: Swell,
    heights: [f32; 3],
    heading: (f32, f32),
    unit: f32,
}

impl Wind {
    /// `heading`: where the wind blows, in radians, 0 to the right, a quarter turn down.
    pub(super) fn new(seed: u32, unit: f32, heading: f32) -> Self {
        let (sine, cosine) = heading.sin_cos();
        let gusts = (0..3).map(|index| {
            let chance = |which: u32| dice::spread(seed, 2300 + index * 8 + which);
            let (length, aside) = (GUST.0 * 1.5_f32.powf(chance(0)), 0.5 * chance(1));
            Wave {
                across: (cosine - aside * sine) / length,
                down: (sine + aside * cosine) / length,
                rate: -GUST.1 * 1.3_f32.powf(chance(2)),
                start: 0.5 * chance(3),
                height: 1.0 / 3.0,
            }
        });
        let length = |kind: (f32, f32, f32)| kind.1.max(SHORTEST / unit);
        let height = |kind: (f32, f32, f32)| kind.0 * length(kind) * unit / std::f32::consts::TAU;
        Self {
            gusts: Swell::new(gusts.collect()),
            sway: Swell::noise(seed, 2330, 3, length(SWAY), SWAY.2),
            swing: Swell::noise(seed, 2350, 4, length(SWING), SWING.2),
            flutter: Swell::noise(seed, 2380, 3, length(FLUTTER), FLUTTER.2),
            heights: [SWAY, SWING, FLUTTER].map(height),
            heading: (cosine, sine),
            unit,
        }
    }

    /// In pixels, right and down.
    pub(super) fn displacement(&self, at: (f32, f32), seconds: f32) -> (f32, f32) {
        let place = (at.0 / self.unit, at.1 / self.unit);
        let gust = 0.5 + 0.5 * self.gusts.at(place, seconds);
        // Over a gust's crest plants lean, and all their swinging is larger.
        let [sway, swing, flutter] = self.heights;
        let lean = sway * (1.3 * (gust - 0.5) + self.sway.at(place, seconds));
        let strength = 0.45 + 1.1 * gust;
        let along = lean + strength * swing * self.swing.at(place, seconds);
        let leaves = strength * flutter * self.flutter.at(place, seconds);
        let (x, y) = self.heading;
        (
            x * along - y * leaves,
            y * along + x.abs().max(0.5) * leaves + SINKING * x.abs() * lean.abs(),
        )
    }
}
