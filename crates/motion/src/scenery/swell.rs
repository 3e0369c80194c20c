//! A sum of travelling sine waves: the one noise that waves, gusts and flickering are made of. Rates that have no
//! common measure keep it from ever repeating, and its slopes are known.

use crate::planning::dice;

/// One travelling wave. Lengths are in any unit that the caller keeps to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Wave {
    /// Turns per unit of length, to the right and down.
    pub(super) across: f32,
    pub(super) down: f32,
    /// Turns per second; it travels against the direction above when this is positive.
    pub(super) rate: f32,
    /// Turns at the start.
    pub(super) start: f32,
    pub(super) height: f32,
}

impl Wave {
    pub(super) fn turns(&self, at: (f32, f32), seconds: f32) -> f32 {
        self.across * at.0 + self.down * at.1 + self.rate * seconds + self.start
    }
}

/// Waves added up.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Swell(Vec<Wave>);

impl Swell {
    pub(super) fn new(waves: Vec<Wave>) -> Self {
        Self(waves)
    }

    /// `count` waves in all directions, their lengths within a third of `length`, their rates within a third of
    /// `rate`; together at most 1 high.
    pub(super) fn noise(seed: u32, purpose: u32, count: u32, length: f32, rate: f32) -> Self {
        let waves = (0..count).map(|index| {
            let chance = |which: u32| dice::spread(seed, purpose.wrapping_add(index * 5 + which));
            // Directions are spread evenly, so that no seed gives mere stripes.
            let turn = (index as f32 + 0.5 * chance(0)) / count as f32 + 0.5 * chance(1).signum().max(0.0);
            let wavelength = length * 1.33_f32.powf(chance(2));
            Wave {
                across: sine(turn + 0.25) / wavelength,
                down: sine(turn) / wavelength,
                rate: rate * 1.33_f32.powf(chance(3)),
                start: 0.5 * chance(4),
                height: 1.0 / count as f32,
            }
        });
        Self(waves.collect())
    }

    /// As `noise`, but still and the same again after each unit of length to the right and down: about `turns` hills in
    /// one.
    pub(super) fn tiling(seed: u32, purpose: u32, count: u32, turns: f32) -> Self {
        let waves = (0..count).map(|index| {
            let chance = |which: u32| dice::spread(seed, purpose.wrapping_add(index * 5 + which));
            let direction = (index as f32 + 0.4 * chance(0)) / count as f32;
            let hills = turns * 1.3_f32.powf(chance(1));
            Wave {
                across: (hills * sine(direction + 0.25)).round(),
                down: (hills * sine(direction)).round(),
                rate: 0.0,
                start: 0.5 * chance(2),
                height: (2.0 / count as f32).sqrt() / 2.0,
            }
        });
        Self(waves.collect())
    }

    pub(super) fn at(&self, at: (f32, f32), seconds: f32) -> f32 {
        self.0
            .iter()
            .map(|wave| wave.height * sine(wave.turns(at, seconds)))
            .sum()
    }

    pub(super) fn waves(&self) -> &[Wave] {
        &self.0
    }
}

/// The sine of so many turns, to within 0.0012: a parabola, bent once.
pub(super) fn sine(turns: f32) -> f32 {
    // Whole turns away; what a cast takes off may leave one too many, and the parabola wants -0.5 to 0.5.
    let part = turns - turns as i32 as f32;
    let part = if part > 0.5 {
        part - 1.0
    } else if part < -0.5 {
        part + 1.0
    } else {
        part
    };
    let parabola = part * (8.0 - 16.0 * part.abs());
    parabola * (0.775 + 0.225 * parabola.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sine_is_nearly_the_sine() {
        for step in -4000..4000 {
            let turns = step as f32 * 0.00137;
            let exact = (std::f32::consts::TAU * turns).sin();
            assert!((sine(turns) - exact).abs() < 0.0015, "{turns}");
        }
    }

    #[test]
    fn noise_stays_within_one_and_differs_by_seed_and_place_and_time() {
        let noise = Swell::noise(3, 90, 5, 0.2, 0.5);
        let other = Swell::noise(4, 90, 5, 0.2, 0.5);
        let mut different = 0;
        for step in 0..200 {
            let at = (step as f32 * 0.03, step as f32 * 0.011);
            let value = noise.at(at, step as f32 * 0.1);
            assert!(value.abs() <= 1.01);
            different += u32::from((value - other.at(at, step as f32 * 0.1)).abs() > 0.05);
        }
        assert!(different > 150, "{different}");
        assert!((noise.at((0.0, 0.0), 0.0) - noise.at((0.1, 0.0), 0.0)).abs() > 1e-3);
        assert!((noise.at((0.0, 0.0), 0.0) - noise.at((0.0, 0.0), 0.7)).abs() > 1e-3);
    }
}
