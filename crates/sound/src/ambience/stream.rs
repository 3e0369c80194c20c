//! Running water: very many bubbles, each a short tone that rises as it shrinks (after van den Doel, Physically-Based
//! Models for Liquid Sounds, 2005), over a soft rush.

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

pub(crate) fn run(length: usize, panorama: &Panorama, random: &mut Random) -> Stereo {
    let flow = wander(length, 0.5, random);
    let rush = noise(length, (350.0, 3200.0), random, |index| 0.07 + 0.05 * at(&flow, index));
    let mut sum = panorama.bed(rush);
    let wave = Table::of([1.0]);
    for start in moments(length, 110.0, random) {
        let size = random.unit();
        let bubble = bubble(&wave, size, random);
        strike(
            &mut sum,
            start,
            &bubble,
            panorama.anywhere(random),
            0.04 + 0.22 * size * size * random.unit(),
        );
    }
    sum
}

/// `size` from 0 small and high to 1 large and low.
fn bubble(wave: &Table, size: f32, random: &mut Random) -> Vec<f32> {
    let pitch = 420.0 + 1700.0 * (1.0 - size) * random.unit() + 300.0 * random.unit();
    let seconds = 0.02 + 0.06 * size;
    let rise = random.between(0.1, 0.6);
    let falls = decay(seconds);
    let (mut phase, mut level) = (0u32, 1.0_f32);
    let length = samples(f64::from(seconds));
    (0..length)
        .map(|index| {
            let bent = pitch * (1.0 + rise * index as f32 / length as f32);
            phase = phase.wrapping_add(phase_step(f64::from(bent)));
            level *= falls;
            wave.at(phase) * level * (index as f32 / (0.002 * RATE)).min(1.0)
        })
        .collect()
}
