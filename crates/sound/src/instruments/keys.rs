//! Struck and plucked sound: a handful of partials that die away each at its own pace (modal synthesis:
//! Adrien, The Missing Link, 1991).

use crate::{
    score::{Note, Timbre},
    tuning::{RATE, decay, exp2, hertz, samples},
    wave::{cosine, sine},
};

/// How many partials are run side by side.
const LANES: usize = 8;

/// One way in which the body swings.
#[derive(Clone, Copy)]
struct Partial {
    /// Times the fundamental.
    ratio: f64,
    level: f32,
    /// Seconds to fall by 60 dB, for the A above middle C.
    decay: f32,
}

const fn partial(ratio: f64, level: f32, decay: f32) -> Partial {
    Partial { ratio, level, decay }
}

const PIANO: &[Partial] = &[
    partial(1.0, 1.0, 4.5),
    partial(1.0008, 0.5, 6.5),
    partial(2.002, 0.42, 3.2),
    partial(3.006, 0.22, 2.2),
    partial(4.013, 0.13, 1.6),
    partial(5.025, 0.08, 1.1),
    partial(6.04, 0.05, 0.8),
    partial(8.1, 0.02, 0.5),
];
const HARP: &[Partial] = &[
    partial(1.0, 1.0, 2.6),
    partial(2.0, 0.5, 1.7),
    partial(3.001, 0.3, 1.1),
    partial(4.002, 0.22, 0.8),
    partial(5.004, 0.14, 0.6),
    partial(6.007, 0.1, 0.45),
    partial(7.01, 0.07, 0.35),
    partial(9.02, 0.04, 0.25),
];
const KALIMBA: &[Partial] = &[
    partial(1.0, 1.0, 1.5),
    partial(1.001, 0.3, 2.2),
    partial(2.01, 0.1, 0.7),
    partial(5.42, 0.12, 0.22),
    partial(8.93, 0.05, 0.1),
];
const BELL: &[Partial] = &[
    partial(1.0, 1.0, 3.4),
    partial(1.0014, 0.4, 4.2),
    partial(2.0, 0.16, 2.2),
    partial(2.76, 0.12, 1.4),
    partial(4.0, 0.16, 0.9),
    partial(5.4, 0.06, 0.4),
    partial(8.93, 0.02, 0.15),
];

pub(crate) fn play(note: &Note, timbre: Timbre, longest: usize) -> Vec<f32> {
    let (partials, attack) = match timbre {
        Timbre::Piano => (PIANO, 0.003),
        Timbre::Harp => (HARP, 0.0015),
        Timbre::Kalimba => (KALIMBA, 0.002),
        Timbre::Bell => (BELL, 0.002),
    };
    let mut body = Body::struck(partials, f64::from(note.pitch), note.velocity);
    let held = samples(note.length);
    // The damper comes down softly.
    let release = samples(0.12);
    let length = (held + release).min(longest).min(samples(f64::from(body.rings)));
    let rise = attack * RATE;
    (0..length)
        .map(|index| {
            let attack = ((index as f32 + 1.0) / rise).min(1.0);
            let damped = 1.0 - index.saturating_sub(held) as f32 / release as f32;
            body.next() * attack * damped
        })
        .collect()
}

/// Decaying circular motions, one to a lane; the sound is the sum of their heights.
struct Body {
    across: [f32; LANES],
    height: [f32; LANES],
    /// Cosine and sine of the angle per sample, times the decay per sample.
    turn: [(f32, f32); LANES],
    /// Seconds after which nothing is left to hear.
    rings: f32,
}

impl Body {
    fn struck(partials: &[Partial], pitch: f64, velocity: f32) -> Self {
        let mut body = Self {
            across: [0.0; LANES],
            height: [0.0; LANES],
            turn: [(0.0, 0.0); LANES],
            rings: 0.05,
        };
        let frequency = hertz(pitch);
        // Higher strings are shorter and die sooner.
        let life = exp2((69.0 - pitch) / 12.0 * 0.5) as f32;
        for (lane, partial) in partials.iter().take(LANES).enumerate() {
            let turns = frequency * partial.ratio / f64::from(RATE);
            if turns > 0.4 {
                continue;
            }
            // A soft stroke wakes the high partials less.
            let hardness = exp2(f64::from((velocity - 1.0) * 1.6) * (partial.ratio - 1.0).min(6.0) * 0.5) as f32;
            let falls = decay(partial.decay * life);
            body.across[lane] = partial.level * hardness * velocity * 0.4;
            body.turn[lane] = (cosine(turns) as f32 * falls, sine(turns) as f32 * falls);
            body.rings = body.rings.max(partial.decay * life * 1.2);
        }
        body
    }

    #[inline]
    fn next(&mut self) -> f32 {
        let mut sum = 0.0;
        for lane in 0..LANES {
            let (cosine, sine) = self.turn[lane];
            let (across, height) = (self.across[lane], self.height[lane]);
            self.across[lane] = across * cosine - height * sine;
            self.height[lane] = across * sine + height * cosine;
            sum += self.height[lane];
        }
        sum
    }
}
