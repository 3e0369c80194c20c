//! Small movements that make a subject look alive: breathing and swaying.

use std::f32::consts::TAU;

use super::{
    clock::Clock,
    gesture::{Gesture, bell, profile, rising},
};
use crate::planning::dice;

/// Seconds per breath, and per swing from one side to the other and back.
const BREATH: f32 = 3.2;
const SWING: f32 = 3.0;

/// The chest fills and sinks; shoulders and head ride on it, a little later.
pub(super) fn breathe(clock: &Clock) -> Gesture {
    let turn = clock.turn(BREATH);
    let depth = 1.0 + 0.15 * dice::spread(clock.seed, 1100 + turn.number);
    // In, a moment full, and slower out; each height after the one below it.
    let fill = |late: f32| depth * breath((turn.phase - 0.05 * late).rem_euclid(1.0));
    let drift = dice::drift(clock.seed, 12, clock.seconds * 0.45);
    Gesture {
        rise: profile(|height| 0.030 * rising(0.1, 0.75, height) * fill(height)),
        swell: profile(|height| (0.050 * bell(0.55, 0.5, height) + 0.012) * fill(0.0)),
        side: profile(|height| 0.008 * drift * height),
        nod: profile(|height| -0.02 * rising(0.5, 0.9, height) * fill(1.4)),
        ..Gesture::default()
    }
}

/// From empty to full and back, 0 to 1, with slopes of 0 at both ends.
fn breath(phase: f32) -> f32 {
    const FULL: f32 = 0.42;
    let share = if phase < FULL {
        phase / FULL
    } else {
        1.0 - (phase - FULL) / (1.0 - FULL)
    };
    rising(0.0, 1.0, share)
}

/// Like something that grows, in a light wind: more above than below, above later than below, never twice the
/// same.
pub(super) fn sway(clock: &Clock) -> Gesture {
    let turn = clock.turn(SWING);
    let side = if dice::pick(clock.seed, 21, 2) == 0 { 1.0 } else { -1.0 };
    let unevenness = 1.0 + 0.25 * dice::drift(clock.seed, 22, clock.seconds * 0.5);
    let swing = |late: f32| (TAU * (turn.phase - late)).sin();
    let gust = dice::drift(clock.seed, 23, clock.seconds * 0.3);
    Gesture {
        side: profile(|height| side * height.powf(1.35) * (0.074 * unevenness * swing(0.13 * height) + 0.012 * gust)),
        rise: profile(|height| -0.006 * height * (1.0 + swing(0.13 * height) * side)),
        turn: profile(|height| 0.05 * side * height.min(1.0) * swing(0.13 * height + 0.1)),
        ..Gesture::default()
    }
}
