//! Sustained sound: three voices a few cents apart, spread over the panorama, each a mixture of a dark and
//! a bright wave that opens and closes slowly.

use crate::{
    random::Random,
    score::{Colour, Note},
    stereo::Stereo,
    tuning::{RATE, exp2, hertz, samples, smooth_step},
    wave::{Table, phase_step, sine},
};

/// Above this there are no harmonics, in hertz: air is left to the struck instruments.
const HIGHEST: f64 = 9000.0;

struct Shape {
    /// Seconds to swell and to fade.
    attack: f64,
    release: f64,
    /// Each harmonic's amplitude is its number to the power of minus this, in the dark and the bright wave.
    dark: f64,
    bright: f64,
    /// Only odd harmonics.
    odd: bool,
    /// Cents between neighbouring voices.
    detune: f64,
}

fn shape(colour: Colour) -> Shape {
    match colour {
        Colour::Warm => Shape {
            attack: 0.35,
            release: 0.5,
            dark: 2.6,
            bright: 1.7,
            odd: false,
            detune: 6.0,
        },
        Colour::Strings => Shape {
            attack: 0.22,
            release: 0.45,
            dark: 1.7,
            bright: 1.1,
            odd: false,
            detune: 9.0,
        },
        Colour::Hollow => Shape {
            attack: 0.5,
            release: 0.7,
            dark: 2.2,
            bright: 1.4,
            odd: true,
            detune: 7.0,
        },
        Colour::Solo => Shape {
            attack: 0.07,
            release: 0.18,
            dark: 1.9,
            bright: 1.3,
            odd: false,
            detune: 5.0,
        },
        Colour::Spiccato => Shape {
            attack: 0.012,
            release: 0.14,
            dark: 1.5,
            bright: 1.0,
            odd: false,
            detune: 7.0,
        },
        Colour::Tremolo => Shape {
            attack: 0.4,
            release: 0.5,
            dark: 1.8,
            bright: 1.2,
            odd: false,
            detune: 11.0,
        },
    }
}

pub(crate) fn play(note: &Note, colour: Colour, longest: usize, random: &mut Random) -> Stereo {
    let shape = shape(colour);
    let attack = shape.attack.min(note.length * 0.15).max(0.008);
    let held = samples(note.length);
    let length = (held + samples(shape.release)).min(longest);
    let frequency = hertz(f64::from(note.pitch));
    let dark = wave(&shape, frequency, shape.dark);
    let bright = wave(&shape, frequency, shape.bright);
    let envelope: Vec<f32> = (0..length)
        .map(|index| {
            let rise = smooth_step(index as f32 / (attack as f32 * RATE));
            let fall = smooth_step(index.saturating_sub(held) as f32 / (shape.release as f32 * RATE));
            note.velocity * 0.2 * rise * (1.0 - fall) * bowing(colour, index)
        })
        .collect();
    let open = opening(length, note.velocity, random);
    let mut sound = Stereo::silence(length);
    for spread in [-1.0, 0.0, 1.0] {
        let step = phase_step(frequency * exp2(spread * shape.detune / 1200.0));
        let mut phase = (random.unit() * u32::MAX as f32) as u32;
        let place = (f64::from(note.pan) * 0.5 + spread * 0.7).clamp(-1.0, 1.0);
        let (left, right) = (sine((1.0 - place) / 8.0) as f32, sine((1.0 + place) / 8.0) as f32);
        for index in 0..length {
            let value = dark.at(phase);
            let value = (value + (bright.at(phase) - value) * open[index]) * envelope[index];
            sound.left[index] += value * left;
            sound.right[index] += value * right;
            phase = phase.wrapping_add(step);
        }
    }
    sound
}

/// To and fro, twelve times a second, where the bow does that.
fn bowing(colour: Colour, index: usize) -> f32 {
    if colour != Colour::Tremolo {
        return 1.0;
    }
    let turn = (index as f32 * 12.0 / RATE).fract();
    0.35 + 0.65 * smooth_step(1.0 - (2.0 * turn - 1.0).abs())
}

fn wave(shape: &Shape, frequency: f64, slope: f64) -> Table {
    Table::sloped(frequency, slope, shape.odd, HIGHEST)
}

/// Share of the bright wave, sample by sample: a slow sine whose pace and place are drawn.
fn opening(length: usize, velocity: f32, random: &mut Random) -> Vec<f32> {
    let pace = f64::from(random.between(0.12, 0.3)) / f64::from(RATE);
    let place = f64::from(random.unit());
    let mut open = Vec::with_capacity(length);
    // The sine moves slowly: one value for 64 samples, straight lines between.
    let value = |block: usize| velocity * (0.55 + 0.3 * sine(place + pace * (block * 64) as f64) as f32);
    let (mut here, mut next) = (value(0), value(1));
    for index in 0..length {
        let share = (index % 64) as f32 / 64.0;
        open.push(here + (next - here) * share);
        if index % 64 == 63 {
            here = next;
            next = value(index / 64 + 2);
        }
    }
    open
}
