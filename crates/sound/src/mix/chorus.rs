//! A chorus: each side with a copy of itself whose delay wanders, so that one player sounds like several and a tape
//! like an old one.

use crate::{
    stereo::Stereo,
    tuning::samples,
    wave::{Table, phase_step},
};

/// Seconds of delay, and by how much they wander at full depth.
const DELAY: f64 = 0.012;
const WANDER: f32 = 0.0035;
/// Turns a second, a little different to either side.
const PACE: [f64; 2] = [0.63, 0.79];

/// `depth` from 0 none to 1.
pub(crate) fn chorus(sound: &mut Stereo, depth: f32) {
    let wave = Table::of([1.0]);
    let swing = samples(f64::from(WANDER * depth)) as f32;
    let base = samples(DELAY) as f32;
    let share = 0.7 * depth.sqrt();
    for (channel, pace) in [&mut sound.left, &mut sound.right].into_iter().zip(PACE) {
        let dry = channel.clone();
        let step = phase_step(pace);
        let mut phase = (pace * 4e9) as u32;
        for (index, sample) in channel.iter_mut().enumerate() {
            let back = base + swing * wave.at(phase);
            let place = index as f32 - back;
            phase = phase.wrapping_add(step);
            if place < 0.0 {
                continue;
            }
            let (whole, rest) = (place as usize, place.fract());
            let next = dry.get(whole + 1).copied().unwrap_or(0.0);
            *sample = (*sample + share * (dry[whole] + (next - dry[whole]) * rest)) / (1.0 + 0.5 * share);
        }
    }
}
