//! Crickets: each a high tone in short bursts, over the air of a night.

use super::{
    panorama::{Panorama, strike},
    wander::noise,
};
use crate::{
    random::Random,
    stereo::Stereo,
    tuning::{RATE, samples, smooth_step},
    wave::{Table, phase_step},
};

pub(crate) fn chirp(length: usize, panorama: &Panorama, random: &mut Random) -> Stereo {
    let mut sum = panorama.bed(noise(length, (80.0, 900.0), random, |_| 0.03));
    let wave = Table::of([1.0]);
    for number in 0..6 {
        let pitch = random.between(3900.0, 5300.0);
        let place = panorama.anywhere(random);
        let level = if number == 0 { 0.5 } else { random.between(0.06, 0.3) };
        let pulses = 2 + random.below(3);
        let call = call(&wave, pitch, pulses, random.between(24.0, 34.0));
        let apart = f64::from(random.between(0.42, 0.85));
        let mut at = f64::from(random.between(0.0, 0.5));
        while samples(at) < length {
            strike(&mut sum, samples(at), &call, place, level * random.between(0.8, 1.0));
            // Now and then it rests.
            at += if random.chance(0.08) { 2.0 * apart } else { apart };
        }
    }
    sum
}

/// So many pulses, `pace` a second.
fn call(wave: &Table, pitch: f32, pulses: usize, pace: f32) -> Vec<f32> {
    let step = phase_step(f64::from(pitch));
    let length = samples(f64::from(pulses as f32 / pace));
    let mut phase = 0u32;
    (0..length)
        .map(|index| {
            phase = phase.wrapping_add(step);
            let turn = (index as f32 / RATE * pace).fract();
            let pulse = smooth_step(turn * 5.0) * smooth_step((0.75 - turn) * 5.0);
            wave.at(phase) * pulse
        })
        .collect()
}
