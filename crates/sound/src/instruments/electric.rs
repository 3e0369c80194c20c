//! An electric piano: one sine bends another's phase, much at the stroke and less and less after it (frequency
//! modulation: Chowning, The Synthesis of Complex Audio Spectra, 1973), and the sound sways between the sides.

use crate::{
    score::Note,
    stereo::Stereo,
    tuning::{RATE, decay, exp2, hertz, samples},
    wave::{Table, phase_step},
};

/// The bell in the stroke: times the tone, and not above so many hertz.
const TINE: f64 = 14.0;
const HIGHEST_TINE: f64 = 7000.0;

pub(crate) fn play(note: &Note, longest: usize) -> Stereo {
    let frequency = hertz(f64::from(note.pitch));
    let wave = Table::of([1.0]);
    let life = exp2((64.0 - f64::from(note.pitch)) / 24.0) as f32;
    let rings = 3.6 * life;
    let held = samples(note.length);
    let release = samples(0.16);
    let length = (held + release).min(longest).min(samples(f64::from(rings)));
    let (falls, bend_falls, tine_falls) = (decay(rings), decay(1.3 * life), decay(0.35));
    let step = phase_step(frequency);
    let tine_step = phase_step((frequency * TINE).min(HIGHEST_TINE));
    let (mut level, mut bend, mut tine) = (0.42 * note.velocity, 0.22 * note.velocity, 0.05 * note.velocity);
    let (mut phase, mut tine_phase) = (0u32, 0u32);
    let sway_step = phase_step(4.6);
    let mut sway = 0u32;
    let place = f64::from(note.pan);
    let mut sound = Stereo::silence(length);
    for index in 0..length {
        let bent = (wave.at(phase) * bend * 2_147_483_648.0) as i32;
        let attack = (index as f32 / (0.002 * RATE)).min(1.0);
        let damped = 1.0 - index.saturating_sub(held) as f32 / release as f32;
        let value = (wave.at(phase.wrapping_add_signed(bent)) * level + wave.at(tine_phase) * tine) * attack * damped;
        let lean = 0.22 * wave.at(sway) + place as f32 * 0.6;
        sound.left[index] = value * (0.7 - 0.5 * lean);
        sound.right[index] = value * (0.7 + 0.5 * lean);
        phase = phase.wrapping_add(step);
        tine_phase = tine_phase.wrapping_add(tine_step);
        sway = sway.wrapping_add(sway_step);
        level *= falls;
        bend *= bend_falls;
        tine *= tine_falls;
    }
    sound
}
