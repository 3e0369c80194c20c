//! Thunder: a clap of several cracks, then a roll that sinks and dies away.

use super::{
    panorama::{Panorama, strike},
    wander::{BLOCK, at, wander},
};
use crate::{
    filter::Band,
    random::Random,
    stereo::Stereo,
    tuning::{RATE, decay, exp2, samples},
};

/// Seconds after which it is gone.
const LASTS: f64 = 4.5;

pub(crate) fn clap(room: usize, panorama: &Panorama, random: &mut Random) -> Stereo {
    let length = samples(LASTS).min(room);
    let mut sum = panorama.bed(roll(length, random));
    let mut begins = 0.0_f32;
    for _ in 0..4 {
        let crack = crack(random);
        let level = random.between(0.3, 0.8) * (1.0 - begins);
        strike(
            &mut sum,
            samples(f64::from(begins)),
            &crack,
            panorama.anywhere(random),
            level,
        );
        begins += random.between(0.03, 0.2);
    }
    let fade = samples(0.3).min(length);
    for channel in [&mut sum.left, &mut sum.right] {
        for (index, sample) in channel.iter_mut().rev().take(fade).enumerate() {
            *sample *= index as f32 / fade as f32;
        }
    }
    sum
}

fn crack(random: &mut Random) -> Vec<f32> {
    let mut band = Band::between(150.0, random.between(1500.0, 3500.0));
    let falls = decay(random.between(0.25, 0.6));
    let mut level = 1.0_f32;
    (0..samples(0.5))
        .map(|index| {
            level *= falls;
            band.pass(random.noise()) * level * (index as f32 / (0.004 * RATE)).min(1.0)
        })
        .collect()
}

fn roll(length: usize, random: &mut Random) -> Stereo {
    let swells = [wander(length, 0.16, random), wander(length, 0.16, random)];
    let mut sound = Stereo::silence(length);
    let mut bands = [0, 1].map(|_| Band::between(28.0, 320.0));
    for start in (0..length).step_by(BLOCK) {
        let seconds = start as f32 / RATE;
        let high = 70.0 + 420.0 * exp2(f64::from(-seconds * 1.6)) as f32;
        let level = 2.6 * exp2(f64::from(-seconds * 0.9)) as f32 * (seconds * 12.0).min(1.0);
        for band in &mut bands {
            band.tune(28.0, high);
        }
        let [left, right] = &mut bands;
        for index in start..(start + BLOCK).min(length) {
            let both = 2.0 * random.noise();
            let uneven = |swell: &[f32]| 0.25 + 0.9 * at(swell, index);
            sound.left[index] = left.pass(both + random.noise()) * level * uneven(&swells[0]);
            sound.right[index] = right.pass(both + random.noise()) * level * uneven(&swells[1]);
        }
    }
    sound
}
