//! Waving to somebody.

use std::f32::consts::TAU;

use super::{
    clock::Clock,
    gesture::{Gesture, profile, rising},
};
use crate::planning::dice;

/// Seconds per wave of the hand, there and back.
const WAVE: f32 = 0.62;

/// The upper part on one side goes up and waves; the rest leans a little the other way and the head comes along.
pub(super) fn wave(clock: &Clock) -> Gesture {
    let turn = clock.turn(WAVE);
    let right = dice::pick(clock.seed, 81, 2) == 0;
    let side = if right { 1.0 } else { -1.0 };
    let swing = |late: f32| (TAU * (turn.phase - late)).sin();
    // Raised while it waves; with a number of waves it comes down after the last.
    let raised = clock.times.map_or(1.0, |times| {
        let waved = turn.number as f32 + turn.phase;
        rising(0.0, 0.6, waved) * (1.0 - rising(times as f32 - 0.6, times as f32, waved))
    });
    let arm = raised * (-0.15 + 0.22 * swing(0.0));
    let slow = (TAU * (turn.number as f32 + turn.phase) / 4.0).sin();
    Gesture {
        arms: if right { [0.0, arm] } else { [arm, 0.0] },
        side: profile(|height| side * height * raised * (-0.016 + 0.010 * swing(0.2) - 0.008 * slow)),
        tilt: profile(|height| side * rising(0.4, 0.9, height) * raised * (0.030 + 0.020 * slow + 0.014 * swing(0.25))),
        rise: profile(|height| 0.010 * raised * height * (0.5 + 0.5 * swing(0.15))),
        turn: profile(|height| side * 0.05 * rising(0.4, 0.9, height) * raised * (0.6 + slow)),
        ..Gesture::default()
    }
}
