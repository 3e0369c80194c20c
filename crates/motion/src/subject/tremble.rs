//! Fast and small: wiggling and shivering.

use std::f32::consts::TAU;

use super::{
    clock::Clock,
    gesture::{Gesture, profile},
};
use crate::planning::dice;

/// Seconds per wiggle, there and back, and per tremble.
const WIGGLE: f32 = 0.62;
const TREMBLE: f32 = 0.155;

/// A wave that runs up the body, like jelly.
pub(super) fn wiggle(clock: &Clock) -> Gesture {
    let turn = clock.turn(WIGGLE);
    let side = if dice::pick(clock.seed, 51, 2) == 0 { 1.0 } else { -1.0 };
    let vigour = 1.0 + 0.25 * dice::drift(clock.seed, 52, clock.seconds * 0.8);
    let swing = |late: f32| side * vigour * (TAU * (turn.phase - late)).sin();
    Gesture {
        side: profile(|height| 0.030 * height.min(1.0).powf(0.7) * swing(0.55 * height)),
        tilt: profile(|height| 0.03 * height * swing(0.55 * height + 0.1)),
        turn: profile(|height| 0.05 * height * swing(0.55 * height + 0.2)),
        rise: profile(|height| -0.010 * height * (0.5 - 0.5 * (2.0 * TAU * turn.phase).cos())),
        arms: [0.06 * swing(0.45), -0.06 * swing(0.45)],
        ..Gesture::default()
    }
}

/// Trembling with cold: quick, small, in fits, shoulders drawn up.
pub(super) fn shiver(clock: &Clock) -> Gesture {
    let turn = clock.turn(TREMBLE);
    let fit = 0.75 + 0.25 * dice::drift(clock.seed, 53, clock.seconds * 1.6);
    let shake = |late: f32| fit * (TAU * (turn.phase - late)).sin();
    let cold = 1.0 + 0.3 * dice::drift(clock.seed, 54, clock.seconds * 0.7);
    Gesture {
        side: profile(|height| 0.0085 * height.min(1.0).sqrt() * shake(0.2 * height)),
        turn: profile(|height| 0.022 * height * shake(0.35)),
        rise: profile(|height| -0.02 * height * cold + 0.003 * height * shake(0.5)),
        swell: profile(|height| -0.015 * cold * height),
        arms: [0.04 * cold; 2],
        ..Gesture::default()
    }
}
