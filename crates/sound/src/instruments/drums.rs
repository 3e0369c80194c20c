//! Soft percussion: skins are sines that fall in pitch, the rest is filtered noise.

use crate::{
    random::Random,
    score::{Drum, Note},
    tuning::{RATE, decay, samples, smooth_step, smoothing},
    wave::{Table, phase_step},
};

pub(crate) fn play(note: &Note, drum: Drum, longest: usize, random: &mut Random) -> Vec<f32> {
    let at_most = |seconds: f64| samples(seconds).min(longest);
    let mut sound = match drum {
        Drum::Kick => skin(at_most(0.4), 110.0, 48.0, 0.05, 0.38),
        Drum::Low => skin(at_most(1.1), 95.0, 58.0, 0.09, 1.0),
        Drum::Snap => noise(at_most(0.22), (900.0, 5200.0), (0.001, 0.2), 0.55, random),
        Drum::Hat => noise(at_most(0.09), (6500.0, 13000.0), (0.001, 0.075), 0.42, random),
        Drum::Shaker => noise(at_most(0.12), (4200.0, 9000.0), (0.018, 0.1), 0.35, random),
        Drum::Swell => swell(at_most(note.length), random),
    };
    if drum == Drum::Low {
        let stick = noise(at_most(0.08), (180.0, 1400.0), (0.001, 0.07), 0.5, random);
        sound.iter_mut().zip(stick).for_each(|(sum, sample)| *sum += sample);
    }
    if drum == Drum::Kick {
        let beater = noise(at_most(0.02), (700.0, 3500.0), (0.0005, 0.018), 0.25, random);
        sound.iter_mut().zip(beater).for_each(|(sum, sample)| *sum += sample);
    }
    fade_tail(&mut sound);
    sound.iter_mut().for_each(|sample| *sample *= note.velocity);
    sound
}

/// A sine that slides from `high` to `low` hertz in about `slide` seconds and rings for `ring`.
fn skin(length: usize, high: f64, low: f64, slide: f32, ring: f32) -> Vec<f32> {
    let wave = Table::of([1.0, 0.12]);
    let (slides, falls) = (decay(slide * 2.5), decay(ring));
    let (mut bend, mut level, mut phase) = (1.0f32, 0.9f32, 0u32);
    let rise = 0.002 * RATE;
    (0..length)
        .map(|index| {
            phase = phase.wrapping_add(phase_step(low + (high - low) * f64::from(bend)));
            bend *= slides;
            level *= falls;
            wave.at(phase) * level * (index as f32 / rise).min(1.0)
        })
        .collect()
}

/// Noise between two frequencies in hertz, with seconds of (attack, fall by 60 dB).
fn noise(length: usize, band: (f32, f32), times: (f32, f32), level: f32, random: &mut Random) -> Vec<f32> {
    let mut band = Band::between(band.0, band.1);
    let falls = decay(times.1 * 1.4);
    let mut level = level;
    (0..length)
        .map(|index| {
            let rise = smooth_step(index as f32 / (times.0 * RATE));
            level *= falls;
            band.pass(random.noise()) * rise * level
        })
        .collect()
}

/// Noise that grows towards its end and stops short of it.
fn swell(length: usize, random: &mut Random) -> Vec<f32> {
    let mut band = Band::between(2500.0, 9000.0);
    (0..length)
        .map(|index| {
            let share = index as f32 / length as f32;
            band.pass(random.noise()) * share * share * share * 0.5
        })
        .collect()
}

/// The last milliseconds go to silence, whatever was left.
fn fade_tail(sound: &mut [f32]) {
    let tail = samples(0.004).min(sound.len());
    for (index, sample) in sound.iter_mut().rev().take(tail).enumerate() {
        *sample *= index as f32 / tail as f32;
    }
}

/// Two one-pole low-passes at the upper edge and a high-pass at the lower.
struct Band {
    low: f32,
    high: f32,
    first: f32,
    second: f32,
    below: f32,
}

impl Band {
    fn between(low: f32, high: f32) -> Self {
        Self {
            low: smoothing(low),
            high: smoothing(high),
            first: 0.0,
            second: 0.0,
            below: 0.0,
        }
    }

    fn pass(&mut self, sample: f32) -> f32 {
        self.first += self.high * (sample - self.first);
        self.second += self.high * (self.first - self.second);
        self.below += self.low * (self.second - self.below);
        self.second - self.below
    }
}
