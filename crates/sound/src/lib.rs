//! The soundtrack of a clip: a recipe goes in, samples come out.
//!
//! Pure: no input, no output, no clock, no threads. The same recipe and wants give the same samples.

use domain::{
    media::{FRAME_RATE, Pcm, SAMPLE_RATE},
    recipe::Recipe,
};

/// What the request asked to hear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wants {
    /// Music.
    pub bgm: bool,
    /// A soft bed of room tone and wind.
    pub ambience: bool,
}

/// The longest soundtrack, in frames: 60 seconds. A recipe that says more gets this much.
pub const MOST_FRAMES: u32 = 60 * FRAME_RATE;

/// Composes the sound of a clip: exactly `recipe.frames / 24` seconds of 48 kHz stereo, at most
/// [`MOST_FRAMES`] frames of it.
pub fn compose(recipe: &Recipe, wants: Wants) -> Pcm {
    let length = recipe.frames.min(MOST_FRAMES) as usize * (SAMPLE_RATE / FRAME_RATE) as usize;
    let mut samples = vec![0.0; length * 2];
    if wants.bgm || wants.ambience {
        for (index, pair) in samples.chunks_exact_mut(2).enumerate() {
            let fade = (index.min(length - 1 - index) as f32 / 9600.0).min(1.0);
            let turn = index as f32 / SAMPLE_RATE as f32 * std::f32::consts::TAU;
            pair.fill(fade * 0.1 * ((turn * 220.0).sin() + (turn * 277.18).sin() + (turn * 329.63).sin()));
        }
    }
    Pcm { samples }
}
