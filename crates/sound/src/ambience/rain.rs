//! Rain: a hiss of far drops, single near ones, and what runs off somewhere.

use super::{
    panorama::{Panorama, strike},
    wander::{at, moments, noise, wander},
};
use crate::{
    random::Random,
    stereo::Stereo,
    tuning::{RATE, decay, samples},
    wave::{Table, phase_step},
};

pub(crate) fn fall(length: usize, panorama: &Panorama, random: &mut Random) -> Stereo {
    let gusts = wander(length, 1.6, random);
    let mut sum = noise(length, (1400.0, 9000.0), random, |index| {
        0.16 + 0.09 * at(&gusts, index)
    });
    let low = noise(length, (120.0, 700.0), random, |_| 0.22);
    sum.add(0, &low, 1.0);
    let mut sum = panorama.bed(sum);
    let wave = Table::of([1.0]);
    for start in moments(length, 70.0, random) {
        let near = random.unit();
        let drop = drop(&wave, random);
        strike(
            &mut sum,
            start,
            &drop,
            panorama.anywhere(random),
            0.05 + 0.35 * near * near * near * near,
        );
    }
    sum
}

/// One drop: a tick that rings for some milliseconds.
fn drop(wave: &Table, random: &mut Random) -> Vec<f32> {
    let pitch = random.between(1800.0, 6200.0);
    let falls = decay(random.between(0.006, 0.02));
    let step = phase_step(f64::from(pitch));
    let (mut phase, mut level) = (0u32, 1.0_f32);
    (0..samples(0.018))
        .map(|index| {
            phase = phase.wrapping_add(step);
            level *= falls;
            wave.at(phase) * level * (index as f32 / (0.0006 * RATE)).min(1.0)
        })
        .collect()
}
