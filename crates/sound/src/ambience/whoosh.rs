//! Something that flies past: noise that rises and falls in voice and loudness and crosses from side to side.

use super::{panorama::Panorama, wander::BLOCK};
use crate::{
    filter::Band,
    random::Random,
    stereo::Stereo,
    tuning::smooth_step,
    wave::{cosine, sine},
};

/// Loudest in the middle of `length`.
pub(crate) fn pass(length: usize, panorama: &Panorama, random: &mut Random) -> Stereo {
    let mut sound = Stereo::silence(length);
    let mut band = Band::between(200.0, 900.0);
    let mut air = Band::between(2500.0, 8000.0);
    // It comes from the other side of where it goes.
    let side = if panorama.at(0.0) < 0.0 { -1.0 } else { 1.0 };
    for start in (0..length).step_by(BLOCK) {
        let share = start as f32 / length.max(1) as f32;
        let near = smooth_step(1.0 - (2.0 * share - 1.0).abs());
        band.tune(160.0 + 500.0 * near, 500.0 + 3600.0 * near * near);
        let turns = f64::from(panorama.at(side * (1.6 * share - 0.8)) + 1.0) / 8.0;
        let (left, right) = (cosine(turns) as f32, sine(turns) as f32);
        for index in start..(start + BLOCK).min(length) {
            let noise = random.noise();
            // Its own time, so that loudness does not go in steps.
            let share = index as f32 / length as f32;
            let near = smooth_step(1.0 - (2.0 * share - 1.0).abs());
            let value = (band.pass(noise) + 0.25 * near * air.pass(noise)) * near * near;
            sound.left[index] = value * left;
            sound.right[index] = value * right;
        }
    }
    sound
}
