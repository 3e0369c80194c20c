//! Turning about the upright axis, by as much as one picture can show: what is near moves over what is far, and
//! the side that turns away grows narrower.

use std::f32::consts::TAU;

use super::{
    clock::Clock,
    gesture::{Gesture, profile},
};
use crate::planning::dice;

/// Seconds from one side to the other and back.
const TURN: f32 = 2.6;

/// A turn to one side, round to the other and back; the top leads and the base follows.
pub(super) fn spin(clock: &Clock) -> Gesture {
    let turn = clock.turn(TURN);
    let side = if dice::pick(clock.seed, 41, 2) == 0 { 1.0 } else { -1.0 };
    let way = |late: f32| {
        let sine = (TAU * (turn.phase - late)).sin();
        side * sine * (1.3 - 0.3 * sine * sine)
    };
    // Nothing moves before the first turn has begun.
    let late = |height: f32| 0.06 * (1.0 - height.min(1.0)) * (turn.phase * 12.0).min(1.0);
    let narrow = |height: f32| way(late(height)).powi(2);
    let spring = (TAU * turn.phase).sin().powi(2);
    Gesture {
        turn: profile(|height| 0.24 * (0.35 + 0.65 * height.min(1.0)) * way(late(height))),
        swell: profile(|height| -0.07 * narrow(height)),
        side: profile(|height| 0.022 * height * way(late(height))),
        rise: profile(|height| 0.02 * height * spring),
        tilt: profile(|height| 0.02 * height * way(late(height))),
        arms: [0.06 * -spring; 2],
        ..Gesture::default()
    }
}
