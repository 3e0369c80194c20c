//! A city: a hum that never stops, cars that pass from side to side, a horn far off.

use super::{
    panorama::{Panorama, strike},
    wander::{at, noise, wander},
};
use crate::{
    filter::{Band, LowPass},
    random::Random,
    stereo::Stereo,
    tuning::{RATE, samples, smooth_step},
    wave::{Table, cosine, phase_step, sine},
};

pub(crate) fn hum(length: usize, panorama: &Panorama, random: &mut Random) -> Stereo {
    let tide = wander(length, 1.4, random);
    let mut bed = noise(length, (50.0, 320.0), random, |index| 0.45 + 0.2 * at(&tide, index));
    let air = noise(length, (300.0, 2200.0), random, |index| 0.05 + 0.04 * at(&tide, index));
    bed.add(0, &air, 1.0);
    let mut sum = panorama.bed(bed);
    let mut passes = random.between(0.8, 2.0);
    while passes - 1.5 < length as f32 / RATE {
        car(&mut sum, passes, panorama, random);
        passes += random.between(1.6, 3.6);
    }
    if length > samples(2.5) {
        let horn = horn(random);
        let start = random.below(length - samples(1.5));
        strike(&mut sum, start, &horn, panorama.anywhere(random), 0.07);
    }
    sum
}

/// A car that is nearest at so many seconds.
fn car(sum: &mut Stereo, nearest: f32, panorama: &Panorama, random: &mut Random) {
    let side = random.pick([-1.0_f32, 1.0]);
    let level = random.between(0.25, 0.6);
    let mut band = Band::between(180.0, 1500.0);
    let from = samples(f64::from((nearest - 1.5).max(0.0)));
    let to = samples(f64::from(nearest + 1.5)).min(sum.len());
    for index in from..to {
        let way = (index as f32 / RATE - nearest) / 1.5;
        let near = smooth_step(1.0 - way.abs());
        let turns = f64::from(panorama.at(side * way) + 1.0) / 8.0;
        let value = band.pass(random.noise()) * level * near * near;
        sum.left[index] += value * cosine(turns) as f32;
        sum.right[index] += value * sine(turns) as f32;
    }
}

/// Two tones at once, dulled by the houses between.
fn horn(random: &mut Random) -> Vec<f32> {
    let wave = Table::sloped(400.0, 1.2, false, 3000.0);
    let steps = [phase_step(f64::from(random.between(390.0, 440.0))), phase_step(520.0)];
    let mut phases = [0u32; 2];
    let mut dull = LowPass::new(1100.0, 0.0);
    let length = samples(f64::from(random.between(0.25, 0.6)));
    (0..length)
        .map(|index| {
            let share = index as f32 / length as f32;
            let mut value = 0.0;
            for (phase, step) in phases.iter_mut().zip(steps) {
                *phase = phase.wrapping_add(step);
                value += wave.at(*phase);
            }
            dull.low(value) * smooth_step(share * 8.0) * smooth_step((1.0 - share) * 6.0)
        })
        .collect()
}
