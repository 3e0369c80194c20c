//! Plucked strings: a burst of noise runs round a delay as long as the tone's period and loses its edge with every
//! round (Karplus and Strong, Digital Synthesis of Plucked-String and Drum Timbres, 1983; tuned after Jaffe and Smith).

use crate::{
    random::Random,
    score::{Note, Plucked},
    tuning::{RATE, exp2, hertz, samples, smooth_step, smoothing},
};

struct Cord {
    /// Seconds to fall by 60 dB, for the A above middle C.
    rings: f32,
    /// Share of a sample that comes from its neighbour in each round: 0 bright to 0.5 dull.
    dull: f32,
    /// Hertz above which the finger gives nothing.
    finger: f32,
    /// Where it is plucked: share of its length.
    place: f64,
    /// Seconds to damp it.
    release: f64,
    level: f32,
}

fn cord(kind: Plucked) -> Cord {
    match kind {
        Plucked::Nylon => Cord {
            rings: 2.0,
            dull: 0.42,
            finger: 2600.0,
            place: 0.28,
            release: 0.15,
            level: 1.5,
        },
        Plucked::Steel => Cord {
            rings: 3.2,
            dull: 0.2,
            finger: 5200.0,
            place: 0.16,
            release: 0.15,
            level: 1.1,
        },
        Plucked::Muted => Cord {
            rings: 0.3,
            dull: 0.22,
            finger: 6500.0,
            place: 0.1,
            release: 0.05,
            level: 1.1,
        },
    }
}

pub(crate) fn play(note: &Note, kind: Plucked, longest: usize, random: &mut Random) -> Vec<f32> {
    let cord = cord(kind);
    let frequency = hertz(f64::from(note.pitch));
    let held = samples(note.length);
    let release = samples(cord.release);
    let life = exp2((69.0 - f64::from(note.pitch)) / 24.0) as f32;
    let rings = cord.rings * life;
    let length = (held + release).min(longest).min(samples(f64::from(rings)));
    // The loop's filter itself delays by the share that it takes from the neighbour.
    let period = f64::from(RATE) / frequency - f64::from(cord.dull);
    let whole = (period - 0.3).floor().max(2.0);
    let rest = (period - whole) as f32;
    let tuning = (1.0 - rest) / (1.0 + rest);
    let loss = exp2(-3.0 * std::f64::consts::LOG2_10 / (f64::from(rings) * frequency)) as f32;
    let mut delay = burst(whole as usize, &cord, note.velocity, random);
    let (mut at, mut before, mut passed, mut heard) = (0, 0.0, 0.0, 0.0);
    (0..length)
        .map(|index| {
            let out = delay[at];
            let duller = (1.0 - cord.dull) * out + cord.dull * before;
            before = out;
            // An all-pass for the part of the period that is less than a sample.
            let tuned = tuning * (duller - heard) + passed;
            (passed, heard) = (duller, tuned);
            delay[at] = tuned * loss;
            at = if at + 1 == delay.len() { 0 } else { at + 1 };
            let damped = 1.0 - smooth_step(index.saturating_sub(held) as f32 / release as f32);
            out * damped * note.velocity * cord.level
        })
        .collect()
}

/// One period of noise as a finger gives it: without what the place of plucking leaves out, and without an offset.
fn burst(length: usize, cord: &Cord, velocity: f32, random: &mut Random) -> Vec<f32> {
    let edge = smoothing(cord.finger * (0.45 + 0.55 * velocity));
    let (mut first, mut second) = (0.0, 0.0);
    let noise: Vec<f32> = (0..length)
        .map(|_| {
            first += edge * (random.noise() - first);
            second += edge * (first - second);
            second
        })
        .collect();
    let back = ((length as f64 * cord.place) as usize).max(1);
    let combed: Vec<f32> = (0..length)
        .map(|index| noise[index] - noise[(index + length - back % length) % length])
        .collect();
    let mean = combed.iter().sum::<f32>() / length as f32;
    let level = combed.iter().map(|sample| (sample - mean).powi(2)).sum::<f32>() / length as f32;
    let even = 0.22 / level.sqrt().max(1e-3);
    combed.into_iter().map(|sample| (sample - mean) * even).collect()
}
