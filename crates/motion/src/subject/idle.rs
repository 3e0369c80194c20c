//! Small movements that make a subject look alive: breathing, swaying, bouncing.

use std::f32::consts::{PI, TAU};

use super::{dance::lagging, gesture::Gesture};
use crate::planning::dice;

/// Seconds per breath, about.
const BREATH: f32 = 3.4;

/// Breathing at `seconds`.
pub(super) fn breathe(seconds: f32, seed: u32) -> Gesture {
    let drift = dice::drift(seed, 11, seconds * 0.35);
    let breath = (TAU * (seconds / BREATH) + 0.8 * drift).sin();
    Gesture {
        // In: a little higher and wider. Out: lower.
        lift: 0.34 * breath,
        squash: 0.22 * breath,
        sway: [0.10 * dice::drift(seed, 12, seconds * 0.5); super::gesture::RUNGS],
        ..Gesture::default()
    }
}

/// Swaying like something in a light wind; a full swing takes four beats.
pub(super) fn sway(beat: f32, seed: u32) -> Gesture {
    let side = if dice::pick(seed, 21, 2) == 0 { 1.0 } else { -1.0 };
    let phase = |late: f32| PI / 2.0 * (beat - 1.6 * late);
    let unevenness = 1.0 + 0.3 * dice::drift(seed, 22, beat * 0.4);
    Gesture {
        sway: lagging(|late| side * unevenness * phase(late).sin()),
        rock: side * 0.35 * unevenness * (phase(0.0) - 0.9).sin(),
        ..Gesture::default()
    }
}

/// Bouncing on the beat.
pub(super) fn bounce(beat: f32, seed: u32) -> Gesture {
    let up = 0.5 - 0.5 * (TAU * beat).cos();
    let height = 1.15 + 0.15 * dice::drift(seed, 31, beat * 0.5);
    Gesture {
        lift: height * up,
        squash: 1.2 * (1.0 - up).powi(2),
        ..Gesture::default()
    }
}
