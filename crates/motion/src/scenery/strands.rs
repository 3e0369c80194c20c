//! Hair and cloth in the wind: waves run along them, from where they hang to where they end, each place later than the
//! one before.

use super::swell::{Swell, Wave};
use crate::planning::dice;

/// What kind of strand: how its waves look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fabric {
    /// Of the longest wave, in units.
    length: f32,
    /// Waves per second.
    rate: f32,
    /// How far waves run down rather than with the wind, 0 to 1.
    hanging: f32,
    /// Movement along the wind against that across it.
    along: f32,
}

pub(super) const HAIR: Fabric = Fabric {
    length: 0.19,
    rate: 0.75,
    hanging: 0.75,
    along: 0.9,
};
pub(super) const CLOTH: Fabric = Fabric {
    length: 0.26,
    rate: 0.9,
    hanging: 0.3,
    along: 0.5,
};

/// Slope of all waves together at natural strength.
const SLOPE: f32 = 0.17;
/// Lengths against the longest, and shares of the slope.
const KINDS: [(f32, f32); 5] = [(1.0, 0.30), (0.78, 0.22), (0.61, 0.20), (0.47, 0.16), (0.40, 0.12)];
/// Shorter waves the grid could not follow, in pixels.
const SHORTEST: f32 = 60.0;

#[derive(Debug, Clone)]
pub(super) struct Strands {
    waves: Swell,
    gusts: Swell,
    heading: (f32, f32),
    along: f32,
    unit: f32,
}

impl Strands {
    /// `heading`: where the wind blows, in radians, 0 to the right, a quarter turn down.
    pub(super) fn new(fabric: Fabric, seed: u32, unit: f32, heading: f32) -> Self {
        let (sine, cosine) = heading.sin_cos();
        let run = (
            cosine * (1.0 - fabric.hanging),
            sine * (1.0 - fabric.hanging) + fabric.hanging,
        );
        let norm = run.0.hypot(run.1).max(0.1);
        let waves = (0..).zip(KINDS).map(|(index, (length, share))| {
            let chance = |which: u32| dice::spread(seed, 2500 + index * 8 + which);
            let relative = length;
            let length = (length * fabric.length * (1.0 + 0.15 * chance(0))).max(SHORTEST / unit);
            let aside = 0.45 * chance(1);
            Wave {
                across: (run.0 - aside * run.1) / norm / length,
                down: (run.1 + aside * run.0) / norm / length,
                rate: -fabric.rate * (1.0 + 0.15 * chance(2)) / relative.sqrt(),
                start: 0.5 * chance(3),
                height: share * SLOPE * length * unit / std::f32::consts::TAU,
            }
        });
        Self {
            waves: Swell::new(waves.collect()),
            gusts: Swell::noise(seed, 2560, 3, 0.8, 0.33),
            heading: (cosine, sine),
            along: fabric.along,
            unit,
        }
    }

    /// In pixels, right and down.
    pub(super) fn displacement(&self, at: (f32, f32), seconds: f32) -> (f32, f32) {
        let place = (at.0 / self.unit, at.1 / self.unit);
        let strength = 0.75 + 0.5 * self.gusts.at(place, seconds);
        let (mut with, mut aside) = (0.0, 0.0);
        for wave in self.waves.waves() {
            let turns = wave.turns(place, seconds);
            with += wave.height * super::swell::sine(turns);
            aside += wave.height * super::swell::sine(turns + 0.22);
        }
        let (with, aside) = (strength * self.along * with, strength * (1.2 - self.along) * aside);
        let (x, y) = self.heading;
        (x * with - y * aside, y * with + x * aside)
    }
}
