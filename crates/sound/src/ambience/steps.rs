//! Footsteps: a heel, and a moment later the sole that rolls off; no two alike, the feet a little apart.

use super::panorama::{Panorama, strike};
use crate::{
    filter::Band,
    random::Random,
    stereo::Stereo,
    tuning::{RATE, decay, samples},
    wave::{Table, phase_step},
};

/// One stroke each `every` samples, the first at once.
pub(crate) fn walk(length: usize, every: f64, panorama: &Panorama, random: &mut Random) -> Stereo {
    let mut sum = Stereo::silence(length);
    let mut number = 0;
    loop {
        let start = (f64::from(number) * every).round() as usize;
        if start >= length {
            return sum;
        }
        let foot = if number % 2 == 0 { -0.08 } else { 0.08 };
        let step = step(random);
        strike(
            &mut sum,
            start,
            &step,
            (panorama.at(0.0) + foot).clamp(-1.0, 1.0),
            random.between(0.8, 1.0),
        );
        number += 1;
    }
}

fn step(random: &mut Random) -> Vec<f32> {
    let length = samples(0.19);
    let wave = Table::of([1.0, 0.2]);
    let mut heel = Band::between(180.0, random.between(1100.0, 1700.0));
    let mut sole = Band::between(900.0, random.between(3200.0, 4600.0));
    let (thump_falls, heel_falls, sole_falls) = (decay(0.1), decay(0.06), decay(0.11));
    let rolls = samples(f64::from(random.between(0.028, 0.038)));
    let (mut thump, mut knock, mut scrape) = (0.7_f32, 1.0_f32, 0.0_f32);
    let mut phase = 0u32;
    (0..length)
        .map(|index| {
            if index == rolls {
                scrape = 0.12;
            }
            let pitch = 62.0 + 50.0 * thump;
            phase = phase.wrapping_add(phase_step(f64::from(pitch)));
            thump *= thump_falls;
            knock *= heel_falls;
            scrape *= sole_falls;
            let rise = (index as f32 / (0.0015 * RATE)).min(1.0);
            let fall = ((length - index) as f32 / (0.01 * RATE)).min(1.0);
            let noise = random.noise();
            (wave.at(phase) * thump + 1.4 * heel.pass(noise) * knock + sole.pass(noise) * scrape) * rise * fall
        })
        .collect()
}
