//! Up and down: bouncing on the beat, and jumping.

use super::{
    clock::Clock,
    gesture::{Gesture, Profile, profile, rising},
};
use crate::planning::dice;

/// Seconds from one jump to the next.
const JUMP: f32 = 1.7;

/// Down and broad on each beat, up and slim between.
pub(super) fn bounce(clock: &Clock) -> Gesture {
    let turn = clock.beat_turn(1.0);
    let resting = clock.times.is_some_and(|times| turn.number >= times);
    if resting || (clock.times.is_some() && clock.beat < clock.first_beat) {
        return Gesture::default();
    }
    let height = 1.0 + 0.12 * dice::spread(clock.seed, 3100 + turn.number / 2);
    let lean = if turn.number.is_multiple_of(2) { 1.0 } else { -1.0 };
    let up = |late: f32| hop(turn.phase - late);
    let low = |late: f32| (1.0 - up(late)).powi(2);
    Gesture {
        rise: profile(|at| {
            let late = 0.07 * at;
            at * (0.034 * height * up(late) - 0.052 * low(late)) + 0.040 * height * up(0.0)
        }),
        side: profile(|at| 0.012 * lean * at * up(0.06 * at)),
        arms: [-0.07 * up(0.16) + 0.05 * low(0.1); 2],
        ..Gesture::default()
    }
}

/// 0 on the beat, 1 between: like something thrown, with the corner at the bottom taken off.
pub(super) fn hop(phase: f32) -> f32 {
    const CORNER: f32 = 0.03;
    let sine = (std::f32::consts::PI * phase).sin();
    let power = |value: f32| (value * value + CORNER).powf(0.4);
    (power(sine) - power(0.0)) / (power(1.0) - power(0.0))
}

/// Crouches, stretches, is in the air, lands softly and rises again.
pub(super) fn jump(clock: &Clock) -> Gesture {
    let turn = clock.turn(JUMP);
    let high = 1.0 + 0.1 * dice::spread(clock.seed, 3200 + turn.number);
    let air = flight(turn.phase);
    let side = 0.02 * dice::spread(clock.seed, 3300 + turn.number) * air;
    Gesture {
        rise: profile(|height| 0.12 * high * air + height * stretch(turn.phase - 0.022 * height)),
        side: profile(|height| side * (0.4 + height)),
        // Arms come up with the leap, and down after it.
        arms: [-0.16 * rising(0.26, 0.40, turn.phase) * (1.0 - rising(0.52, 0.80, turn.phase))
            + 0.08 * rising(0.0, 0.2, turn.phase) * (1.0 - rising(0.22, 0.34, turn.phase)); 2],
        nod: nodding(turn.phase),
        ..Gesture::default()
    }
}

const LEAVES: f32 = 0.22;
const LANDS: f32 = 0.79;

/// How high it is in the air: a parabola, whose ends are rounded.
fn flight(phase: f32) -> f32 {
    let share = ((phase - LEAVES) / (LANDS - LEAVES)).clamp(0.0, 1.0);
    let arc = 4.0 * share * (1.0 - share);
    2.0 * arc * arc / (1.0 + arc)
}

/// Longer than at rest, by height: crouch, leap, air, and landing. Slow enough that no frame differs
/// from its neighbours as if some were missing.
fn stretch(phase: f32) -> f32 {
    const KEYS: [(f32, f32); 7] = [
        (0.0, 0.0),
        (0.22, -0.055),
        (0.45, 0.042),
        (0.57, 0.020),
        (0.61, 0.022),
        (0.81, -0.055),
        (1.0, 0.0),
    ];
    keyed(&KEYS, phase)
}

/// Looks down before it leaps and when it has landed, and up on its way.
fn nodding(phase: f32) -> Profile {
    const KEYS: [(f32, f32); 6] = [
        (0.0, 0.0),
        (0.20, 0.06),
        (0.40, -0.07),
        (0.60, 0.0),
        (0.78, 0.07),
        (1.0, 0.0),
    ];
    let amount = keyed(&KEYS, phase);
    profile(|height| amount * rising(0.35, 0.8, height))
}

/// The value at `time` of a curve through keys, at rest at each of them; the first and the last one outside.
fn keyed(keys: &[(f32, f32)], time: f32) -> f32 {
    let Some(first) = keys.first() else {
        return 0.0;
    };
    let mut value = first.1;
    for pair in keys.windows(2) {
        if let [from, to] = pair
            && time > from.0
        {
            value = from.1 + (to.1 - from.1) * rising(from.0, to.0, time);
        }
    }
    value
}
