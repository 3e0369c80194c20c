//! One frame's time, strength and measures, for one overlay.

use domain::{
    media::FRAME_RATE,
    recipe::{Overlay, Recipe},
};

use super::particle::Particle;
use crate::{camera::ease::smooth, planning::gain, timing::Timing};

/// Seconds that everything has been under way when the clip begins.
const HEAD_START: f32 = 20.0;

/// Lengths are in pixels of the frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Moment {
    pub(super) index: u32,
    /// Width and height.
    pub(super) size: (f32, f32),
    /// One 720th of the height: what is drawn keeps its share of the frame.
    pub(super) unit: f32,
    pub(super) seed: u32,
    /// At the recipe's pace; what pulses and twinkles goes by it.
    pub(super) seconds: f32,
    /// At the recipe's pace and the amplitude's speed; what moves goes by it.
    pub(super) travel: f32,
    /// How much of `travel` passes in one frame.
    pub(super) travel_per_frame: f32,
    /// 0 not there to 1 wholly there.
    pub(super) presence: f32,
    /// 1 is a natural medium.
    pub(super) amount: f32,
    /// Where the wind blows, of length 1.
    pub(super) wind: (f32, f32),
}

/// The seed of the recipe's `number`-th overlay.
pub(super) fn own_seed(seed: u32, number: u32) -> u32 {
    seed.wrapping_add(number.wrapping_mul(0x51ed_270b))
}

impl Moment {
    /// Of frame `index`, for the overlay that is the recipe's `number`-th.
    pub(super) fn new(recipe: &Recipe, timing: Timing, overlay: &Overlay, number: u32, index: u32) -> Self {
        let seconds = recipe.pace / FRAME_RATE as f32;
        let speed = gain(recipe.amplitude);
        let frame = index as f32;
        let (sine, cosine) = overlay.wind.sin_cos();
        Self {
            index,
            size: (recipe.size.width as f32, recipe.size.height as f32),
            unit: recipe.size.height as f32 / 720.0,
            seed: own_seed(recipe.seed, number),
            seconds: HEAD_START + frame * seconds,
            travel: HEAD_START + frame * seconds * speed,
            travel_per_frame: seconds * speed,
            presence: timing.presence(overlay.from, overlay.to, frame),
            amount: overlay.amount,
            wind: (cosine, sine),
        }
    }

    /// How many particles there are, when a 16:9 frame has `natural` of them at amount 1.
    pub(super) fn count(&self, natural: f32) -> u32 {
        let wide = self.size.0 / self.size.1 * (9.0 / 16.0);
        (natural * self.amount * wide.clamp(0.3, 3.0)).round().max(0.0) as u32
    }

    /// How much of a particle is there: they come one after another.
    pub(super) fn presence_of(&self, particle: Particle) -> f32 {
        smooth(self.presence * 1.6 - 0.6 * particle.unit(997))
    }

    /// How far gusts have carried things, along the wind, in units of a natural gust: -1.5 to 1.5.
    pub(super) fn gust(&self, lag: f32) -> f32 {
        let phase = (self.seed % 628) as f32 / 100.0;
        (0.9 * self.travel - lag + phase).sin() + 0.5 * (2.1 * self.travel - 1.7 * lag + 2.3 * phase).sin()
    }
}
