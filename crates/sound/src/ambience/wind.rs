//! Wind: noise whose voice rises with its strength, gusts that come and go, each side its own.

use super::{
    panorama::Panorama,
    wander::{BLOCK, at, wander},
};
use crate::{filter::Band, random::Random, stereo::Stereo};

/// Hertz between which its voice wanders.
const VOICE: (f32, f32) = (260.0, 1100.0);

pub(crate) fn blow(length: usize, panorama: &Panorama, random: &mut Random) -> Stereo {
    let swell = wander(length, 1.3, random);
    let voices = [wander(length, 0.9, random), wander(length, 0.9, random)];
    let mut sides = [0, 1].map(|_| Band::between(VOICE.0 / 1.5, VOICE.0 * 1.5));
    let mut low = [0, 1].map(|_| Band::between(40.0, 180.0));
    let mut sound = Stereo::silence(length);
    for start in (0..length).step_by(BLOCK) {
        let block = start / BLOCK;
        for (side, voice) in sides.iter_mut().zip(&voices) {
            let voice = 0.5 * (voice[block] + swell[block]);
            let hertz = VOICE.0 + (VOICE.1 - VOICE.0) * voice;
            side.tune(hertz / 1.6, hertz * 1.6);
        }
        for index in start..(start + BLOCK).min(length) {
            let gust = at(&swell, index);
            let strength = 0.12 + 0.75 * gust * gust;
            let both = random.noise();
            let noises = [both + random.noise(), both + random.noise()];
            let [left, right] = &mut sides;
            let [left_low, right_low] = &mut low;
            sound.left[index] = strength * (left.pass(noises[0]) + 0.8 * left_low.pass(noises[0]));
            sound.right[index] = strength * (right.pass(noises[1]) + 0.8 * right_low.pass(noises[1]));
        }
    }
    panorama.bed(sound)
}
