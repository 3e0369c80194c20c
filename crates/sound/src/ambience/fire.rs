//! A fire: it breathes low, hisses a little, and wood cracks in it.

use super::{
    panorama::{Panorama, strike},
    wander::{at, moments, noise, wander},
};
use crate::{
    filter::Band,
    random::Random,
    stereo::Stereo,
    tuning::{decay, samples},
};

pub(crate) fn burn(length: usize, panorama: &Panorama, random: &mut Random) -> Stereo {
    let breath = wander(length, 0.22, random);
    let mut bed = noise(length, (45.0, 260.0), random, |index| 0.35 + 0.5 * at(&breath, index));
    let hiss = noise(length, (2200.0, 9000.0), random, |index| {
        0.02 + 0.02 * at(&breath, index)
    });
    bed.add(0, &hiss, 1.0);
    let mut sum = panorama.bed(bed);
    for start in moments(length, 16.0, random) {
        let force = random.unit();
        let crack = crack(force, random);
        strike(
            &mut sum,
            start,
            &crack,
            panorama.anywhere(random),
            0.15 + 1.3 * force * force * force,
        );
    }
    sum
}

/// Wood that cracks, `force` from 0 to 1.
fn crack(force: f32, random: &mut Random) -> Vec<f32> {
    let low = random.between(500.0, 2500.0);
    let mut band = Band::between(low, low * 3.0);
    let falls = decay(0.006 + 0.03 * force);
    let mut level = 1.0_f32;
    (0..samples(0.05))
        .map(|_| {
            level *= falls;
            band.pass(random.noise()) * level
        })
        .collect()
}
