//! What the head does: nodding, shaking, looking round. The face moves over the outline, the outline follows a
//! little, and the shoulders less.

use std::f32::consts::TAU;

use super::{
    clock::Clock,
    gesture::{Gesture, bell, profile, rising},
};
use crate::planning::dice;

/// Seconds per nod and per shake, there and back.
const NOD: f32 = 0.85;
const SHAKE: f32 = 0.8;
/// Seconds for one round of looking: to one side, to the other, and to the front.
const LOOK: f32 = 3.8;

/// How much of the head's motion each height takes.
fn head(height: f32) -> f32 {
    rising(0.15, 0.85, height)
}

/// Down and up, with a deeper nod now and then.
pub(super) fn nod(clock: &Clock) -> Gesture {
    let turn = clock.turn(NOD);
    let deep = 1.0 + 0.2 * dice::spread(clock.seed, 4100 + turn.number);
    // Down faster than up, then a little above rest.
    let down = |late: f32| {
        let t = (turn.phase - late).max(0.0);
        deep * ((rising(0.0, 0.36, t) - rising(0.36, 0.80, t)) - 0.18 * bell(0.84, 0.16, t))
    };
    Gesture {
        nod: profile(|height| 0.13 * head(height) * down(0.0)),
        rise: profile(|height| -0.038 * rising(0.25, 1.0, height) * down(0.03 + 0.03 * (1.0 - height))),
        swell: profile(|height| 0.012 * head(height) * down(0.05)),
        ..Gesture::default()
    }
}

/// From side to side.
pub(super) fn shake_head(clock: &Clock) -> Gesture {
    let turn = clock.turn(SHAKE);
    let side = if dice::pick(clock.seed, 42, 2) == 0 { 1.0 } else { -1.0 };
    let wide = side * (1.0 + 0.15 * dice::spread(clock.seed, 4200 + turn.number));
    let swing = |late: f32| wide * (TAU * (turn.phase - late)).sin() * rising(0.0, 0.08, turn.phase);
    Gesture {
        turn: profile(|height| 0.14 * head(height) * swing(0.0)),
        side: profile(|height| 0.020 * head(height) * swing(0.05) - 0.008 * bell(0.4, 0.35, height) * swing(0.1)),
        tilt: profile(|height| 0.035 * head(height) * swing(0.09)),
        ..Gesture::default()
    }
}

/// Where a glance goes: to the right, down, and how far the head leans with it.
struct Glance {
    aside: f32,
    down: f32,
    lean: f32,
}

/// The head turns one way, waits, turns the other way, and comes back; each round goes to other places.
pub(super) fn look_round(clock: &Clock) -> Gesture {
    let turn = clock.turn(LOOK);
    let first = if dice::pick(clock.seed, 43, 2) == 0 { 1.0 } else { -1.0 };
    let glance = |late: f32| {
        let time = turn.phase - late;
        let chance = |number: u32| dice::spread(clock.seed, 4300 + 4 * turn.number + number);
        let there = rising(0.03, 0.20, time);
        let over = rising(0.38, 0.60, time);
        let back = rising(0.78, 0.97, time);
        let stops = [
            (first * (1.0 + 0.15 * chance(0)), 0.35 * chance(1)),
            (-first * (1.0 + 0.15 * chance(2)), 0.35 * chance(3)),
        ];
        let mixed = |from: f32, to: f32| (from * there + (to - from) * over) * (1.0 - back);
        Glance {
            aside: mixed(stops[0].0, stops[1].0),
            down: mixed(stops[0].1, stops[1].1) - 0.25 * (bell(0.49, 0.12, time) - bell(0.11, 0.09, time)),
            lean: mixed(stops[0].0, 0.6 * stops[1].0),
        }
    };
    let (now, soon, late) = (glance(0.0), glance(0.02), glance(0.05));
    Gesture {
        turn: profile(|height| 0.21 * head(height) * now.aside + 0.06 * bell(0.35, 0.4, height) * late.aside),
        nod: profile(|height| 0.11 * head(height) * now.down),
        side: profile(|height| 0.030 * head(height) * soon.aside + 0.010 * height * late.aside),
        tilt: profile(|height| 0.05 * head(height) * late.lean),
        rise: profile(|height| -0.012 * head(height) * soon.down),
        ..Gesture::default()
    }
}
