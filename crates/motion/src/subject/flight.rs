//! Off the ground: floating and flying.

use std::f32::consts::TAU;

use super::{
    clock::Clock,
    gesture::{Gesture, RUNG, profile},
};
use crate::planning::dice;

/// Seconds from low to high and back; and per stroke of the wings.
const FLOAT: f32 = 3.4;
const STROKE: f32 = 0.72;

/// Up and down and about, weightless.
pub(super) fn float(clock: &Clock) -> Gesture {
    let turn = clock.turn(FLOAT);
    let up = |late: f32| -(TAU * (turn.phase - late)).cos() * 0.5 + 0.5;
    let about = dice::drift(clock.seed, 71, clock.seconds * 0.4);
    let side = if dice::pick(clock.seed, 72, 2) == 0 { 1.0 } else { -1.0 };
    let swing = |late: f32| side * (TAU * (0.5 * (turn.number as f32 + turn.phase) - late)).sin();
    Gesture {
        // The upper part goes first, what hangs below follows.
        rise: profile(|height| 0.085 * up(0.10 * (1.0 - height.min(1.0))) + 0.020 * height * up(0.0)),
        side: profile(|height| 0.030 * swing(0.08 * (1.0 - height)) + 0.020 * about * (0.5 + height)),
        bank: 0.050 * swing(0.15) + 0.02 * about,
        turn: profile(|height| 0.06 * height * swing(0.25)),
        arms: [-0.06 * up(0.22) + 0.03; 2],
        ..Gesture::default()
    }
}

/// Wings beat, the body rises on each stroke, and the whole banks from one side to the other.
pub(super) fn fly(clock: &Clock) -> Gesture {
    let turn = clock.turn(STROKE);
    let strokes = turn.number as f32 + turn.phase;
    let side = if dice::pick(clock.seed, 73, 2) == 0 { 1.0 } else { -1.0 };
    let bank = |late: f32| side * (TAU * (strokes * 0.22 - late)).sin();
    let effort = 1.0 + 0.25 * dice::drift(clock.seed, 74, strokes * 0.3);
    // The down stroke is the quicker one.
    let beat = |late: f32| {
        let phase = TAU * (turn.phase - late);
        effort * (phase + 0.35 * phase.sin()).sin()
    };
    let climb = (TAU * strokes * 0.13).sin();
    Gesture {
        flap: profile(|aside| {
            let out = aside.min(1.3);
            0.085 * out * out / (0.35 + out) * beat(0.11 * out / (10.0 * RUNG))
        }),
        rise: profile(|height| -0.022 * beat(0.14) + 0.035 * climb + 0.012 * height * beat(0.3)),
        side: profile(|height| 0.045 * bank(0.12) + 0.012 * height * bank(0.2)),
        bank: 0.085 * bank(0.0),
        turn: profile(|height| 0.06 * height.min(1.0) * bank(0.05)),
        nod: profile(|_| -0.035 * beat(0.2)),
        ..Gesture::default()
    }
}
