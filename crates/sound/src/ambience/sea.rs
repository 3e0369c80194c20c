//! Surf: waves that draw near, break and run out over the sand, one after another, over a far roar.

use super::{
    panorama::Panorama,
    wander::{BLOCK, noise},
};
use crate::{
    filter::Band,
    random::Random,
    stereo::Stereo,
    tuning::{RATE, smooth_step},
};

pub(crate) fn roll(length: usize, panorama: &Panorama, random: &mut Random) -> Stereo {
    let mut sum = noise(length, (60.0, 500.0), random, |_| 0.22);
    // The first wave is already on its way.
    let mut breaks = random.between(0.7, 1.6);
    while breaks - 2.5 < length as f32 / RATE {
        wave(&mut sum, breaks, random.between(0.75, 1.0), random);
        breaks += random.between(3.2, 5.0);
    }
    panorama.bed(sum)
}

/// A wave that breaks at so many seconds: its voice grows brighter until then, and hisses away after it.
fn wave(sum: &mut Stereo, breaks: f32, strength: f32, random: &mut Random) {
    let side = random.between(-0.35, 0.35);
    let mut bands = [0, 1].map(|_| Band::between(150.0, 600.0));
    for start in (0..sum.len()).step_by(BLOCK) {
        let since = start as f32 / RATE - breaks;
        if !(-2.4..4.2).contains(&since) {
            continue;
        }
        let near = smooth_step(1.0 + since / 2.4);
        let gone = smooth_step(since / 4.2);
        let level = strength * near * near * (1.0 - gone) * (1.0 - gone);
        let bright = if since < 0.0 {
            near * near * near
        } else {
            1.0 - 0.35 * gone
        };
        for band in &mut bands {
            band.tune(140.0 + 500.0 * gone, 500.0 + 5200.0 * bright);
        }
        let [left, right] = &mut bands;
        for index in start..(start + BLOCK).min(sum.len()) {
            let both = random.noise();
            sum.left[index] += left.pass(both + random.noise()) * level * (0.6 - 0.4 * side);
            sum.right[index] += right.pass(both + random.noise()) * level * (0.6 + 0.4 * side);
        }
    }
}
