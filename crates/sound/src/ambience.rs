//! A bed of air: room tone that hardly changes and wind that comes and goes, in wide stereo.

use domain::recipe::Mood;

use crate::{
    mix::master::Edges,
    random::Random,
    stereo::Stereo,
    tuning::{gain, smooth_step, smoothing},
};

/// How the bed comes in and goes out.
pub(crate) const EDGES: Edges = Edges { rise: 0.3, fall: 0.4 };

/// Samples for which the wind's filter stands still.
const BLOCK: usize = 128;

struct Air {
    /// Hertz between which the wind's voice wanders.
    wind: (f32, f32),
    /// Levels in decibels of the wind and of the room tone.
    wind_level: f64,
    room_level: f64,
    /// Hertz above which there is no room tone.
    room: f32,
}

fn air(mood: Mood) -> Air {
    match mood {
        Mood::Calm => Air {
            wind: (350.0, 900.0),
            wind_level: 0.0,
            room_level: -3.0,
            room: 420.0,
        },
        Mood::Bright => Air {
            wind: (700.0, 2000.0),
            wind_level: 0.0,
            room_level: -6.0,
            room: 600.0,
        },
        Mood::Lively => Air {
            wind: (600.0, 1600.0),
            wind_level: 0.0,
            room_level: -3.0,
            room: 700.0,
        },
        Mood::Grand => Air {
            wind: (260.0, 1000.0),
            wind_level: 3.0,
            room_level: -4.0,
            room: 300.0,
        },
        Mood::Dark => Air {
            wind: (160.0, 480.0),
            wind_level: 1.0,
            room_level: 0.0,
            room: 180.0,
        },
    }
}

/// `length` samples of air, of no particular loudness.
pub(crate) fn bed(mood: Mood, seed: u32, length: usize) -> Stereo {
    let air = air(mood);
    // Half of the noise is the same on both sides: wide, but not torn apart.
    let mut random = Random::new(seed, "ambience");
    let mut gusts = Random::new(seed, "gusts");
    let blocks = length / BLOCK + 2;
    let swell = wander(blocks, 260, &mut gusts);
    let voices = [wander(blocks, 190, &mut gusts), wander(blocks, 190, &mut gusts)];
    let mut sides = [Side::new(&air), Side::new(&air)];
    let mut sound = Stereo::silence(length);
    for start in (0..length).step_by(BLOCK) {
        let block = start / BLOCK;
        for (side, voice) in sides.iter_mut().zip(&voices) {
            side.tune(air.wind.0 + (air.wind.1 - air.wind.0) * voice[block]);
        }
        let end = (start + BLOCK).min(length);
        for index in start..end {
            let share = (index - start) as f32 / BLOCK as f32;
            let gust = 0.3 + 0.7 * (swell[block] + (swell[block + 1] - swell[block]) * share);
            let both = random.noise();
            let [left, right] = &mut sides;
            sound.left[index] = left.next(both + random.noise(), gust);
            sound.right[index] = right.next(both + random.noise(), gust);
        }
    }
    sound
}

/// Slow wandering between 0 and 1: a random height every `stride` blocks, smooth curves between.
fn wander(blocks: usize, stride: usize, random: &mut Random) -> Vec<f32> {
    let heights: Vec<f32> = (0..blocks / stride + 2).map(|_| random.unit()).collect();
    // Not all pieces should begin at a turning point.
    let shift = random.below(stride);
    let point = |block: usize| {
        let (index, share) = (
            (block + shift) / stride,
            ((block + shift) % stride) as f32 / stride as f32,
        );
        let here = heights.get(index).copied().unwrap_or(0.5);
        let next = heights.get(index + 1).copied().unwrap_or(here);
        here + (next - here) * smooth_step(share)
    };
    (0..blocks).map(point).collect()
}

/// One ear's filters: a band that wanders for the wind, a low-pass for the room.
struct Side {
    wind_gain: f32,
    room_gain: f32,
    upper: f32,
    lower: f32,
    wind: [f32; 3],
    room_edge: f32,
    room: [f32; 2],
}

impl Side {
    fn new(air: &Air) -> Self {
        Self {
            wind_gain: gain(air.wind_level),
            room_gain: gain(air.room_level),
            upper: 0.0,
            lower: 0.0,
            wind: [0.0; 3],
            room_edge: smoothing(air.room),
            room: [0.0; 2],
        }
    }

    fn tune(&mut self, hertz: f32) {
        self.upper = smoothing(hertz * 1.5);
        self.lower = smoothing(hertz / 1.5);
    }

    fn next(&mut self, noise: f32, gust: f32) -> f32 {
        self.wind[0] += self.upper * (noise - self.wind[0]);
        self.wind[1] += self.upper * (self.wind[0] - self.wind[1]);
        self.wind[2] += self.lower * (self.wind[1] - self.wind[2]);
        self.room[0] += self.room_edge * (noise - self.room[0]);
        self.room[1] += self.room_edge * (self.room[0] - self.room[1]);
        (self.wind[1] - self.wind[2]) * gust * self.wind_gain + self.room[1] * self.room_gain
    }
}
