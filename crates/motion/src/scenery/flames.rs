//! The wavering of flames: bends that run upwards, fast and never alike. Their rising is a flow.

use super::swell::{Swell, Wave, sine};
use crate::planning::dice;

/// Slope of all bends together at natural strength.
const SLOPE: f32 = 0.17;
/// Lengths in units, bends per second, shares of the slope.
const KINDS: [(f32, f32, f32); 5] = [
    (0.17, 1.3, 0.28),
    (0.13, 1.7, 0.24),
    (0.10, 2.1, 0.20),
    (0.085, 2.5, 0.16),
    (0.075, 2.9, 0.12),
];
const SHORTEST: f32 = 56.0;

#[derive(Debug, Clone)]
pub(super) struct Flames {
    bends: Swell,
    unit: f32,
}

impl Flames {
    pub(super) fn new(seed: u32, unit: f32) -> Self {
        let bends = (0..).zip(KINDS).map(|(index, (length, rate, share))| {
            let chance = |which: u32| dice::spread(seed, 2700 + index * 8 + which);
            let length = (length * (1.0 + 0.15 * chance(0))).max(SHORTEST / unit);
            Wave {
                across: 0.5 * chance(1) / length,
                down: 1.0 / length,
                rate: rate * (1.0 + 0.15 * chance(2)),
                start: 0.5 * chance(3),
                height: share * SLOPE * length * unit / std::f32::consts::TAU,
            }
        });
        Self {
            bends: Swell::new(bends.collect()),
            unit,
        }
    }

    /// In pixels, right and down.
    pub(super) fn displacement(&self, at: (f32, f32), seconds: f32) -> (f32, f32) {
        let place = (at.0 / self.unit, at.1 / self.unit);
        let (mut right, mut down) = (0.0, 0.0);
        for bend in self.bends.waves() {
            let turns = bend.turns(place, seconds);
            right += bend.height * sine(turns);
            down += bend.height * sine(0.7 * turns + 0.1);
        }
        (0.8 * right, 0.6 * down)
    }
}
