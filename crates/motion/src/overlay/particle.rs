//! Particles without a memory: what one is like follows from the seed and its number, where it is from the time.

use std::f32::consts::TAU;

use super::{moment::Moment, sight::Sight};
use crate::planning::dice::{roll, spread};

/// One of many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Particle(u32);

impl Particle {
    pub(super) fn new(seed: u32, number: u32) -> Self {
        Self(roll(seed, number.wrapping_add(0x0770_0000)))
    }

    /// The same one in another of its lives.
    pub(super) fn life(self, life: i32) -> Self {
        Self(roll(self.0, life.cast_unsigned().wrapping_add(0x1000_0000)))
    }

    /// Its own number for a purpose: 0 to 1.
    pub(super) fn unit(self, purpose: u32) -> f32 {
        (roll(self.0, purpose) >> 8) as f32 / (1 << 24) as f32
    }

    /// -1 to 1.
    pub(super) fn spread(self, purpose: u32) -> f32 {
        spread(self.0, purpose)
    }

    /// From `low` to `high`.
    pub(super) fn between(self, purpose: u32, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit(purpose)
    }

    /// A phase in radians.
    pub(super) fn phase(self, purpose: u32) -> f32 {
        self.unit(purpose) * TAU
    }

    /// One of `choices`, if there are any.
    pub(super) fn choice<T: Copy>(self, purpose: u32, choices: &[T]) -> Option<T> {
        let index = (self.unit(purpose) * choices.len() as f32) as usize;
        choices.get(index).or(choices.last()).copied()
    }
}

/// How large and fast things look at `depth`, 0 far to 1 near, against the nearest.
pub(super) fn perspective(depth: f32) -> f32 {
    1.0 / (1.0 + 2.3 * (1.0 - depth))
}

/// A field of particles without an end: what leaves the frame on one side comes in again on the other,
/// somewhere else.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Field {
    extent: (f32, f32),
    margin: f32,
    across: bool,
}

impl Field {
    /// `margin`: how far out, in pixels, nothing of a particle is seen any more. `across`: particles move
    /// sideways more than up and down.
    pub(super) fn new(moment: &Moment, margin: f32, across: bool) -> Self {
        Self {
            extent: (moment.size.0 + 2.0 * margin, moment.size.1 + 2.0 * margin),
            margin,
            across,
        }
    }

    /// Where the particle is in the frame, `moved` pixels from where it was at first, at `depth`.
    pub(super) fn place(&self, particle: Particle, moved: (f32, f32), depth: f32, sight: &Sight<'_>) -> (f32, f32) {
        let offset = sight.offset(depth);
        let moved = (moved.0 - offset.0, moved.1 - offset.1);
        // What comes in again comes in at another place along the edge.
        let (x, y) = if self.across {
            let (x, life) = wrapped(particle.unit(991) * self.extent.0 + moved.0, self.extent.0);
            let home = particle.life(life).unit(992) * self.extent.1;
            (x, wrapped(home + moved.1, self.extent.1).0)
        } else {
            let (y, life) = wrapped(particle.unit(992) * self.extent.1 + moved.1, self.extent.1);
            let home = particle.life(life).unit(991) * self.extent.0;
            (wrapped(home + moved.0, self.extent.0).0, y)
        };
        sight.turned((x - self.margin, y - self.margin), depth)
    }
}

/// `value` within 0 to `extent`, and how often it went round.
fn wrapped(value: f32, extent: f32) -> (f32, i32) {
    let times = (value / extent).floor();
    (value - times * extent, times as i32)
}
