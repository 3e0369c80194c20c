//! Dancing: a choreography of one figure per bar. A figure is a pose for each beat; the body arrives in each pose
//! exactly on its beat, swings a little past it, and higher parts follow later than lower ones.

mod figures;

use std::f32::consts::TAU;

use figures::{FIGURES, POSES, Pose};

use super::{
    clock::Clock,
    gesture::{Gesture, bell, rising},
    jump::hop,
};
use crate::planning::dice;

/// How much later the top moves than the base, in beats.
const LAG: f32 = 0.16;

/// The gesture of the clock's beat.
pub(super) fn dance(clock: &Clock) -> Gesture {
    let score = Score {
        bar: clock.bar,
        seed: clock.seed,
        first: (clock.first_beat / clock.bar as f32).ceil() as i32,
    };
    let beat = clock.beat;
    let now = score.pose(beat);
    let at = |height: f32| score.pose(beat - LAG * (1.0 + now.snake) * height);
    let poses = profile_of(at);
    let low = |late: f32| low(beat - late, now.double);
    let up = |late: f32| up(beat - late, now.double);
    let mut gesture = Gesture::default();
    for (rung, pose) in poses.iter().enumerate() {
        let height = rung as f32 * super::gesture::RUNG;
        let late = 0.7 * LAG * height;
        let (body, hips) = (height.powf(1.25), bell(0.36, 0.36, height));
        gesture.side[rung] = 0.064 * pose.lean * body + 0.026 * pose.hip * hips + 0.045 * pose.step;
        let squash = -0.048 * pose.dip * low(late) + 0.026 * pose.spring * up(late) - 0.026 * pose.crouch;
        gesture.rise[rung] =
            squash * height + 0.016 * pose.spring * up(0.0) * rising(0.0, 0.6, height) + 0.018 * pose.hop * up(0.0);
        gesture.turn[rung] = 0.10 * pose.twist * (rising(0.1, 1.0, height) - 0.4 * bell(0.25, 0.4, height));
        let head = rising(0.3, 1.0, height);
        gesture.tilt[rung] = 0.08 * pose.head * head - 0.05 * pose.hip * hips;
        gesture.nod[rung] = 0.05 * pose.nod * head * (low(late) - 0.35);
    }
    let arms = score.pose(beat - 0.2);
    let shaken = 0.05 * now.spring * (low(0.15) - up(0.1));
    gesture.arms = [shaken - 0.15 * arms.left, shaken - 0.15 * arms.right];
    gesture
}

fn profile_of(pose: impl Fn(f32) -> Pose) -> [Pose; super::gesture::RUNGS] {
    std::array::from_fn(|rung| pose(rung as f32 * super::gesture::RUNG))
}

/// 1 on each beat, and with `double` also half way to the next one, falling quickly to 0.
fn low(beat: f32, double: f32) -> f32 {
    let down = |beat: f32| (1.0 - hop(beat)).powi(2);
    let (single, double_beat) = (down(beat), 0.8 * down(2.0 * beat));
    single + (single.max(double_beat) - single) * double
}

/// 0 on each beat and 1 between.
fn up(beat: f32, double: f32) -> f32 {
    hop(beat) + (0.7 * hop(2.0 * beat) - hop(beat)) * double
}

/// Which pose is taken on which beat.
struct Score {
    bar: u32,
    seed: u32,
    /// The bar in which the dance begins.
    first: i32,
}

impl Score {
    /// The body's pose at any time: from one beat's pose to the next one's, with follow-through.
    fn pose(&self, beat: f32) -> Pose {
        let number = beat.floor();
        let within = beat - number;
        let number = number as i32;
        let (before, from, to) = (self.on(number - 1), self.on(number), self.on(number + 1));
        // On its way late, there just in time.
        let share = rising(0.12, 1.0, within);
        // What it brought along carries it past the pose and back.
        let over = 0.11 * (TAU * 0.75 * within).sin() * (1.0 - within) * (1.0 - within);
        from.mixed(&to, share).pushed(&before, &from, over)
    }

    /// The pose on a whole beat.
    fn on(&self, beat: i32) -> Pose {
        let bar = self.bar.max(1) as i32;
        let number = (beat.div_euclid(bar) - self.first).max(0) as u32;
        let within = beat.rem_euclid(bar) as usize;
        let pose = FIGURES
            .get(self.figure(number))
            .map_or(Pose::REST, |figure| figure[within % POSES]);
        let side = if dice::pick(self.seed, 699, 2) == 0 { 1.0 } else { -1.0 };
        // Each figure comes to the one side or the other, but for the first.
        let mirror = if number > 0 && dice::pick(self.seed, 800 + number, 2) == 0 {
            -side
        } else {
            side
        };
        pose.mirrored(mirror)
    }

    /// The figure of a bar: the first is a plain one, and none follows itself.
    fn figure(&self, bar: u32) -> usize {
        let mut index = 0;
        for number in 1..=bar {
            let step = 1 + dice::pick(self.seed, 700 + number, FIGURES.len() as u32 - 1) as usize;
            index = (index + step) % FIGURES.len();
        }
        index
    }
}
