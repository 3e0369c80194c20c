//! Synthesisers: saws a few cents apart through a resonant filter that opens with the stroke and closes after it.

use crate::{
    filter::LowPass,
    random::Random,
    score::{Note, Patch},
    stereo::Stereo,
    tuning::{RATE, decay, exp2, hertz, samples, smooth_step},
    wave::{Table, phase_step, sine},
};

/// Samples for which the filter stands still.
const BLOCK: usize = 32;
/// No harmonics above so many hertz.
const HIGHEST: f64 = 12_000.0;

struct Shape {
    attack: f32,
    release: f64,
    /// Seconds in which a held tone falls by 60 dB.
    falls: f32,
    /// Hertz of the filter at the stroke and long after it, and the seconds between, to a thousandth.
    open: f32,
    closed: f32,
    closing: f32,
    resonance: f32,
    /// Cents of each saw, and how far apart they stand.
    saws: &'static [f64],
    spread: f64,
    level: f32,
}

fn shape(patch: Patch) -> Shape {
    match patch {
        Patch::Pluck => Shape {
            attack: 0.002,
            release: 0.12,
            falls: 0.9,
            open: 7500.0,
            closed: 700.0,
            closing: 0.35,
            resonance: 0.35,
            saws: &[-7.0, 7.0],
            spread: 0.4,
            level: 0.17,
        },
        Patch::Super => Shape {
            attack: 0.006,
            release: 0.14,
            falls: 6.0,
            open: 6000.0,
            closed: 2600.0,
            closing: 0.8,
            resonance: 0.1,
            saws: &[-17.0, -6.0, 5.0, 16.0],
            spread: 0.9,
            level: 0.07,
        },
        Patch::Bass => Shape {
            attack: 0.004,
            release: 0.05,
            falls: 3.0,
            open: 1500.0,
            closed: 260.0,
            closing: 0.3,
            resonance: 0.3,
            saws: &[-4.0, 4.0],
            spread: 0.0,
            level: 0.26,
        },
        Patch::Slap => Shape {
            attack: 0.0015,
            release: 0.04,
            falls: 1.1,
            open: 4200.0,
            closed: 420.0,
            closing: 0.14,
            resonance: 0.5,
            saws: &[0.0],
            spread: 0.0,
            level: 0.4,
        },
        Patch::Brass => Shape {
            attack: 0.028,
            release: 0.07,
            falls: 5.0,
            open: 3600.0,
            closed: 1300.0,
            closing: 0.5,
            resonance: 0.15,
            saws: &[-9.0, 0.0, 8.0],
            spread: 0.5,
            level: 0.14,
        },
    }
}

pub(crate) fn play(note: &Note, patch: Patch, longest: usize, random: &mut Random) -> Stereo {
    let shape = shape(patch);
    let held = samples(note.length);
    let release = samples(shape.release);
    let length = (held + release).min(longest);
    let frequency = hertz(f64::from(note.pitch));
    let saw = Table::sloped(frequency, 1.0, false, HIGHEST);
    let mut sound = Stereo::silence(length);
    let count = shape.saws.len().max(2) - 1;
    for (order, cents) in shape.saws.iter().enumerate() {
        let step = phase_step(frequency * exp2(cents / 1200.0));
        let mut phase = (random.unit() * u32::MAX as f32) as u32;
        let apart = (2.0 * order as f64 / count as f64 - 1.0) * shape.spread;
        let place = (f64::from(note.pan) + apart).clamp(-1.0, 1.0);
        let (left, right) = (sine((1.0 - place) / 8.0) as f32, sine((1.0 + place) / 8.0) as f32);
        for index in 0..length {
            let value = saw.at(phase);
            sound.left[index] += value * left;
            sound.right[index] += value * right;
            phase = phase.wrapping_add(step);
        }
    }
    sculpt(&mut sound, &shape, note.velocity, held, release);
    sound
}

/// Filter and loudness over the note's time.
fn sculpt(sound: &mut Stereo, shape: &Shape, velocity: f32, held: usize, release: usize) {
    let mut filters = [0, 1].map(|_| LowPass::new(shape.open, shape.resonance));
    let closes = decay(shape.closing);
    let falls = decay(shape.falls);
    let reach = (shape.open - shape.closed) * (0.3 + 0.7 * velocity);
    let (mut bend, mut level) = (1.0_f32, velocity * shape.level);
    for start in (0..sound.len()).step_by(BLOCK) {
        for filter in &mut filters {
            filter.tune(shape.closed + reach * bend);
        }
        for index in start..(start + BLOCK).min(sound.len()) {
            let rise = smooth_step(index as f32 / (shape.attack * RATE));
            let damped = 1.0 - smooth_step(index.saturating_sub(held) as f32 / release as f32);
            let gain = rise * damped * level;
            let [left, right] = &mut filters;
            sound.left[index] = left.low(sound.left[index]) * gain;
            sound.right[index] = right.low(sound.right[index]) * gain;
            bend *= closes;
            level *= falls;
        }
    }
}
