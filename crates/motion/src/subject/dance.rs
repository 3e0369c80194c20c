//! Dancing: a choreography of one figure per bar, drawn from the seed, on the beat.

use std::f32::consts::{PI, TAU};

use super::gesture::{Gesture, RUNG, RUNGS};
use crate::planning::dice;

/// How a bar is danced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Figure {
    /// From side to side, one beat each way.
    Sway,
    /// Two beats on each side.
    SideStep,
    /// Two small bounces to the beat.
    DoubleBounce,
    /// Turns from side to side.
    Twist,
    /// Into a pose on the first beat, held, and out of it.
    Pose,
}

const FIGURES: [Figure; 5] = [
    Figure::Sway,
    Figure::SideStep,
    Figure::Twist,
    Figure::DoubleBounce,
    Figure::Pose,
];

/// How much later the top moves than the base, in beats.
const LAG: f32 = 0.2;
/// Beats over which one figure passes into the next.
const PASSAGE: f32 = 0.6;

/// The gesture at `beat`, in beats from the start of the first bar.
pub(super) fn dance(beat: f32, bar: u32, seed: u32) -> Gesture {
    let length = bar.max(1) as f32;
    let number = (beat / length).floor().max(0.0);
    let within = beat - number * length;
    let mut gesture = moment(figure(number as u32, seed), beat, length, seed);
    let passing = (within - (length - PASSAGE)) / PASSAGE;
    if passing > 0.0 {
        let share = passing * passing * (3.0 - 2.0 * passing);
        let mut mixed = Gesture::default();
        mixed.add(&gesture, 1.0 - share);
        mixed.add(&moment(figure(number as u32 + 1, seed), beat, length, seed), share);
        gesture = mixed;
    }
    gesture
}

/// The figure of a bar: the first is a plain sway, and none follows itself.
fn figure(bar: u32, seed: u32) -> Figure {
    let mut index = 0;
    for number in 1..=bar {
        let step = 1 + dice::pick(seed, 700 + number, FIGURES.len() as u32 - 1) as usize;
        index = (index + step) % FIGURES.len();
    }
    FIGURES[index]
}

fn moment(figure: Figure, beat: f32, bar: f32, seed: u32) -> Gesture {
    let side = if dice::pick(seed, 699, 2) == 0 { 1.0 } else { -1.0 };
    let swing = |beat: f32| (PI * beat).sin();
    let up = hop(beat);
    let low = (1.0 - up) * (1.0 - up);
    let mut gesture = Gesture {
        lift: up,
        squash: low,
        rock: side * (PI * beat - 0.9).sin(),
        ..Gesture::default()
    };
    match figure {
        Figure::Sway => gesture.sway = lagging(|late| side * swing(beat - late)),
        Figure::SideStep => {
            gesture.sway = lagging(|late| side * 1.25 * held((PI / 2.0 * (beat - late)).sin()));
            gesture.rock = side * 0.8 * (PI / 2.0 * beat - 0.6).sin();
        }
        Figure::DoubleBounce => {
            gesture.sway = lagging(|late| side * 0.55 * swing(beat - late));
            gesture.lift = 0.75 * hop(2.0 * beat);
            gesture.squash = 0.9 * (1.0 - hop(2.0 * beat)).powi(2);
            gesture.rock *= 0.5;
        }
        Figure::Twist => {
            gesture.sway = lagging(|late| side * 0.5 * swing(beat - late));
            gesture.turn = side * swing(beat + 0.25);
            gesture.rock *= 0.6;
            gesture.lift *= 0.7;
        }
        Figure::Pose => {
            let within = beat.rem_euclid(bar);
            let hold = pulse(within / bar);
            let trembling = 0.06 * (TAU * beat).sin();
            gesture.sway = lagging(|late| side * (1.3 * pulse(((within - late) / bar).max(0.0)) + trembling));
            gesture.rock = side * 1.2 * hold;
            gesture.lift = up * (1.0 - 0.75 * hold) + 0.35 * hold;
            gesture.squash = low * (1.0 - 0.8 * hold);
        }
    }
    gesture
}

/// A signal of the delay at each height.
pub(super) fn lagging(signal: impl Fn(f32) -> f32) -> [f32; RUNGS] {
    std::array::from_fn(|rung| signal(LAG * rung as f32 * RUNG))
}

/// Down on the beat, up between: nearly |sin|^0.8, with the corner at the bottom taken off so that no frame
/// jumps.
fn hop(beat: f32) -> f32 {
    let sine = (PI * beat).sin();
    let corner: f32 = 0.03;
    ((sine * sine + corner).powf(0.4) - corner.powf(0.4)) / ((1.0 + corner).powf(0.4) - corner.powf(0.4))
}

/// Stays longer at both ends of a swing.
fn held(sine: f32) -> f32 {
    sine * (1.5 - 0.5 * sine * sine)
}

/// Rises over the first sixth, falls over the last quarter.
fn pulse(time: f32) -> f32 {
    let smooth = |t: f32| {
        let t = t.clamp(0.0, 1.0);
        t * t * (3.0 - 2.0 * t)
    };
    smooth(time * 5.0) * smooth((1.0 - time) * 3.2)
}
