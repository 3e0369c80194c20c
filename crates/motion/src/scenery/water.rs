//! Waves and ripples on water seen at a slant: crests come towards the viewer, small and slow far away, larger and
//! faster near by. Each place moves on a small circle, as in Gerstner's waves (1802).

use domain::media::Size;

use super::swell::{Swell, Wave, sine};
use crate::planning::dice;

/// Distance of two crests at the horizon and its growth per pixel below it; the former in units.
const FAR: f32 = 0.075;
const GROWTH: f32 = 0.30;
/// Crests are this many times as long as they are apart, about.
const CREST: f32 = 3.2;
/// Pixels between crests below which the grid could not follow.
const SHORTEST: f32 = 72.0;
/// Slope of all waves together at natural strength.
const SLOPE: f32 = 0.17;
/// Waves per second of one that has the mean length.
const RATE: f32 = 0.62;

/// Crests of one length: against the mean, their share of the slope, how they run towards the viewer and aside, and
/// how far things move sideways against up and down.
struct Train {
    length: f32,
    share: f32,
    towards: f32,
    aside: f32,
    sideways: f32,
}

const fn train(length: f32, share: f32, (towards, aside): (f32, f32), sideways: f32) -> Train {
    Train {
        length,
        share,
        towards,
        aside,
        sideways,
    }
}

const TRAINS: [Train; 6] = [
    train(2.1, 0.20, (1.0, 0.0), 0.2),
    train(1.45, 0.22, (1.0, 0.0), -0.3),
    train(1.0, 0.20, (1.0, 0.0), 0.4),
    train(0.78, 0.14, (1.0, 0.0), -0.4),
    train(0.9, 0.12, (0.2, 1.2), 0.8),
    train(1.2, 0.12, (-0.7, -0.6), -0.7),
];

#[derive(Debug, Clone)]
pub(super) struct Water {
    waves: Swell,
    /// Makes waves come in sets.
    sets: Swell,
    horizon: f32,
    middle: f32,
    far: f32,
    unit: f32,
}

impl Water {
    /// `horizon` is the row, in pixels, where the water would vanish.
    pub(super) fn new(seed: u32, size: Size, unit: f32, horizon: f32) -> Self {
        let waves = (0..).zip(TRAINS).map(|(index, train)| {
            let chance = |which: u32| dice::spread(seed, 2100 + index * 8 + which);
            let length = train.length * (1.0 + 0.12 * chance(0));
            Wave {
                across: (train.aside + 0.9 * chance(1)) / length,
                down: train.towards / length,
                // Deep water: a wave four times as long passes half as often.
                rate: -RATE * (1.0 + 0.1 * chance(2)) / length.sqrt(),
                start: chance(3),
                // A slope becomes a height with the length.
                height: train.share * SLOPE * length / std::f32::consts::TAU,
            }
        });
        Self {
            waves: Swell::new(waves.collect()),
            sets: Swell::noise(seed, 2190, 3, 0.45, 0.16),
            horizon,
            middle: size.width as f32 * (0.5 + 0.15 * dice::spread(seed, 2180)),
            far: (FAR * unit).max(SHORTEST),
            unit,
        }
    }

    /// In pixels, right and down.
    pub(super) fn displacement(&self, at: (f32, f32), seconds: f32) -> (f32, f32) {
        let below = (at.1 - self.horizon).max(0.0);
        let apart = self.far + GROWTH * below;
        // How many crests lie between here and the horizon, and to the side.
        let place = (
            (at.0 - self.middle) / (CREST * self.far + 0.8 * below),
            (apart / self.far).ln() / GROWTH,
        );
        let (mut down, mut right) = (0.0, 0.0);
        for (wave, train) in self.waves.waves().iter().zip(&TRAINS) {
            let turns = wave.turns(place, seconds);
            down += wave.height * sine(turns);
            right += wave.height * train.sideways * sine(turns + 0.25);
        }
        let set = self.sets.at((at.0 / self.unit, at.1 / self.unit), seconds);
        let scale = apart * (0.75 + 0.25 * set);
        (scale * right, scale * down)
    }
}
