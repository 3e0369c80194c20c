//! Walking and running in place. The camera lets the world pass.

use std::f32::consts::TAU;

use domain::{
    media::FRAME_RATE,
    recipe::{SubjectAction, SubjectKind},
};

use super::{
    clock::Clock,
    gesture::{Gesture, bell, profile, rising},
    jump::hop,
};
use crate::planning::dice;

/// Seconds for a pair of steps.
const WALK: f32 = 1.1;
const RUN: f32 = 0.68;

/// Frames from one footfall to the next; the first is with the action's first frame.
pub(crate) fn frames_per_step(action: &SubjectAction, pace: f32) -> f32 {
    let natural = if action.kind == SubjectKind::Run { RUN } else { WALK };
    let length = action.to.saturating_sub(action.from) as f32;
    let pair = natural * FRAME_RATE as f32 / pace.clamp(0.1, 10.0);
    action
        .times
        .map_or(pair, |times| pair.min(length / times.max(1) as f32))
        / 2.0
}

/// Weight from foot to foot: highest over the standing leg, lowest when both feet are down; the hip drops on the
/// free side, the shoulders turn against it.
pub(super) fn walk(clock: &Clock) -> Gesture {
    let turn = clock.turn(WALK);
    let side = if dice::pick(clock.seed, 61, 2) == 0 { 1.0 } else { -1.0 };
    let pair = |late: f32| side * (TAU * (turn.phase - late)).sin();
    let bob = |late: f32| 0.5 - 0.5 * (2.0 * TAU * (turn.phase - late)).cos();
    Gesture {
        side: profile(|height| {
            0.026 * rising(0.0, 0.5, height) * pair(0.04 * height) + 0.014 * height * pair(0.10 + 0.05 * height)
        }),
        rise: profile(|height| {
            let up = bob(0.035 * height) - 0.5;
            0.042 * rising(0.0, 0.45, height) * up + 0.012 * height * up
        }),
        tilt: profile(|height| {
            0.055 * bell(0.35, 0.35, height) * pair(0.02) - 0.035 * rising(0.5, 0.9, height) * pair(0.10)
        }),
        turn: profile(|height| {
            0.09 * bell(0.65, 0.45, height) * pair(0.25) - 0.06 * bell(0.25, 0.3, height) * pair(0.25)
        }),
        arms: [0.08 * pair(0.22), -0.08 * pair(0.22)],
        ..Gesture::default()
    }
}

/// The same, leaning forward, with both feet off the ground between the steps.
pub(super) fn run(clock: &Clock) -> Gesture {
    let turn = clock.turn(RUN);
    let side = if dice::pick(clock.seed, 61, 2) == 0 { 1.0 } else { -1.0 };
    let pair = |late: f32| side * (TAU * (turn.phase - late)).sin();
    let up = |late: f32| hop(2.0 * (turn.phase - late));
    let low = |late: f32| (1.0 - up(late)).powi(2);
    let effort = dice::drift(clock.seed, 62, clock.seconds * 0.6);
    Gesture {
        side: profile(|height| {
            (0.030 + 0.006 * effort) * side * height + 0.018 * rising(0.0, 0.6, height) * pair(0.05 * height)
        }),
        rise: profile(|height| {
            let late = 0.04 * height;
            0.030 * up(0.0) + height * (0.035 * up(late) - 0.050 * low(late))
        }),
        tilt: profile(|height| {
            0.06 * bell(0.35, 0.35, height) * pair(0.0) - 0.03 * rising(0.5, 0.9, height) * pair(0.08)
        }),
        turn: profile(|height| {
            0.11 * bell(0.65, 0.45, height) * pair(0.25) - 0.08 * bell(0.25, 0.3, height) * pair(0.25)
        }),
        nod: profile(|height| 0.04 * rising(0.5, 0.9, height) * (low(0.06) - 0.4)),
        arms: [0.11 * pair(0.25), -0.11 * pair(0.25)],
        ..Gesture::default()
    }
}
