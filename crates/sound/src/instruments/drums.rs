//! Soft percussion: skins are sines that fall in pitch, the rest is filtered noise.

use crate::{
    filter::Band,
    random::Random,
    score::{Drum, Note},
    tuning::{RATE, decay, samples, smooth_step},
    wave::{Table, phase_step},
};

pub(crate) fn play(note: &Note, drum: Drum, longest: usize, random: &mut Random) -> Vec<f32> {
    let at_most = |seconds: f64| samples(seconds).min(longest);
    let mut sound = match drum {
        Drum::Kick => skin(at_most(0.4), 110.0, 48.0, 0.05, 0.38),
        Drum::SoftKick => skin(at_most(0.35), 82.0, 50.0, 0.04, 0.32),
        Drum::Low => skin(at_most(1.1), 95.0, 58.0, 0.09, 1.0),
        Drum::Snare => skin(at_most(0.25), 260.0, 185.0, 0.02, 0.14),
        Drum::Rim => skin(at_most(0.08), 1750.0, 1650.0, 0.01, 0.05),
        Drum::Tick => skin(at_most(0.05), 3300.0, 2900.0, 0.01, 0.03),
        Drum::Clap => clap(at_most(0.3), random),
        Drum::Snap => noise(at_most(0.22), (900.0, 5200.0), (0.001, 0.2), 0.55, random),
        Drum::Hat => noise(at_most(0.09), (6500.0, 13000.0), (0.001, 0.075), 0.42, random),
        Drum::OpenHat => noise(at_most(0.3), (6000.0, 13000.0), (0.001, 0.28), 0.4, random),
        Drum::Shaker => noise(at_most(0.12), (4200.0, 9000.0), (0.018, 0.1), 0.35, random),
        Drum::Crash => noise(at_most(1.8), (3500.0, 12000.0), (0.002, 1.7), 0.4, random),
        Drum::Swell => swell(at_most(note.length), random),
        Drum::Dust => dust(at_most(note.length), random),
    };
    let second = match drum {
        Drum::Low => noise(at_most(0.08), (180.0, 1400.0), (0.001, 0.07), 0.5, random),
        Drum::Kick => noise(at_most(0.02), (700.0, 3500.0), (0.0005, 0.018), 0.25, random),
        Drum::Snare => noise(at_most(0.24), (1300.0, 8500.0), (0.0005, 0.2), 0.75, random),
        Drum::Rim => noise(at_most(0.04), (1200.0, 5000.0), (0.0005, 0.03), 0.5, random),
        _ => Vec::new(),
    };
    sound.iter_mut().zip(second).for_each(|(sum, sample)| *sum += sample);
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

/// Many hands: three short bursts, and a longer one.
fn clap(length: usize, random: &mut Random) -> Vec<f32> {
    let mut sound = vec![0.0; length];
    for (at, falls) in [(0.0, 0.02), (0.011, 0.02), (0.021, 0.03), (0.03, 0.22)] {
        let start = samples(at);
        let burst = noise(
            length.saturating_sub(start),
            (800.0, 4200.0),
            (0.0006, falls),
            0.5,
            random,
        );
        sound
            .iter_mut()
            .skip(start)
            .zip(burst)
            .for_each(|(sum, sample)| *sum += sample);
    }
    sound
}

/// A record's surface: a faint hiss, and a crackle about ten times a second.
fn dust(length: usize, random: &mut Random) -> Vec<f32> {
    let mut band = Band::between(900.0, 6000.0);
    (0..length)
        .map(|_| {
            let crackle = if random.chance(10.0 / RATE) {
                9.0 * random.noise()
            } else {
                0.0
            };
            band.pass(0.03 * random.noise() + crackle) * 0.5
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
