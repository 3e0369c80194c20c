//! Many people talking: voices with syllables and vowels but without words, each at its own place.

use super::{panorama::Panorama, wander::noise};
use crate::{
    filter::Band,
    mix::reverb,
    random::Random,
    stereo::Stereo,
    tuning::{RATE, smooth_step},
    wave::{Table, phase_step},
};

const VOICES: usize = 10;

pub(crate) fn talk(length: usize, panorama: &Panorama, random: &mut Random) -> Stereo {
    let mut sum = panorama.bed(noise(length, (250.0, 1800.0), random, |_| 0.03));
    for _ in 0..VOICES {
        let voice = voice(length, random);
        let level = random.between(0.25, 0.7);
        sum.add(0, &Stereo::panned(&voice, panorama.anywhere(random)), level);
    }
    let wet = reverb::room(&sum, 0.8, 4000.0);
    sum.add(0, &wet, 0.4);
    sum
}

/// One voice: syllables with pauses between the phrases.
fn voice(length: usize, random: &mut Random) -> Vec<f32> {
    let pitch = random.between(95.0, 230.0);
    let wave = Table::sloped(f64::from(pitch), 0.9, false, 4000.0);
    let mut sound = vec![0.0; length];
    let mut phase = 0u32;
    let mut at = random.below((0.5 * RATE) as usize);
    let mut left = 3 + random.below(8);
    while at < length {
        let syllable = (random.between(0.09, 0.24) * RATE) as usize;
        let step = phase_step(f64::from(pitch * random.between(0.86, 1.2)));
        let vowel = random.between(380.0, 1500.0);
        let mut mouth = Band::between(vowel / 1.4, vowel * 1.8);
        for index in 0..syllable.min(length - at) {
            let share = index as f32 / syllable as f32;
            phase = phase.wrapping_add(step);
            let breath = 0.2 * random.noise();
            sound[at + index] =
                mouth.pass(wave.at(phase) + breath) * smooth_step(share * 5.0) * smooth_step((1.0 - share) * 3.0) * 0.5;
        }
        at += syllable;
        left = left.saturating_sub(1);
        if left == 0 {
            at += (random.between(0.3, 1.1) * RATE) as usize;
            left = 3 + random.below(8);
        }
    }
    sound
}
