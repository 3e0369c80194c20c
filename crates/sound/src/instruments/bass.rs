//! A round bass: a few harmonics that dull as the tone goes on, so that small loudspeakers hear it too.

use crate::{
    score::Note,
    tuning::{RATE, decay, hertz, samples, smooth_step},
    wave::{Table, phase_step},
};

pub(crate) fn play(note: &Note, longest: usize) -> Vec<f32> {
    let held = samples(note.length);
    let release = samples(0.09);
    let length = (held + release).min(longest);
    let round = Table::of([1.0, 0.18, 0.05]);
    let plucked = Table::of([0.2, 0.5, 0.34, 0.2, 0.12, 0.07, 0.04]);
    let step = phase_step(hertz(f64::from(note.pitch)));
    let (body_falls, pluck_falls) = (decay(5.0), decay(0.7));
    let (mut phase, mut body, mut pluck) = (0u32, 1.0, 1.0);
    (0..length)
        .map(|index| {
            let rise = smooth_step(index as f32 / (0.008 * RATE));
            let fall = 1.0 - smooth_step(index.saturating_sub(held) as f32 / release as f32);
            let value = round.at(phase) * body + plucked.at(phase) * pluck * 0.7;
            phase = phase.wrapping_add(step);
            body *= body_falls;
            pluck *= pluck_falls;
            value * rise * fall * note.velocity * 0.4
        })
        .collect()
}
