//! The subject as something that bends, stretches and turns: from a gesture to how far each place moves.

use std::f32::consts::PI;

use super::gesture::{Gesture, Profile, RUNG, RUNGS, profile, rising};

/// The subject's measures in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Body {
    pub(super) middle: f32,
    pub(super) base: f32,
    pub(super) height: f32,
    pub(super) half_width: f32,
    /// How far the base may leave its place, sideways and upwards: 0 stays, 1 goes all the way.
    pub(super) freedom: (f32, f32),
    /// How much of an upward movement there is room for: 1 is all of it.
    pub(super) climb: f32,
    /// 0 bends, 1 only leans and hops as a whole.
    pub(super) stiffness: f32,
}

/// Over this height above the base, what the base may not do passes into what the body does.
const ROOTED: f32 = 0.45;
/// Half the width of a slender body, in heights.
const SLENDER: f32 = 0.42;
/// How far from the middle line the body's own motion is known, in half widths.
const OUTERMOST: f32 = 1.5;
/// The shoulder and the hand, from the middle line in half widths and above the base in heights.
const SHOULDER: (f32, f32) = (0.35, 0.58);
const HAND: (f32, f32) = (0.95, 0.62);
/// How far round the hand its motion reaches, in the same units.
const HAND_REACH: (f32, f32) = (0.75, 0.48);
/// The share of what stretches and turns that a stiff body is spared.
const SPARED: f32 = 0.65;
/// In heights.
const LONGEST_ARM: f32 = 0.22;

/// A gesture made ready to be asked at many places.
#[derive(Debug, Clone)]
pub(super) struct Stance {
    body: Body,
    gesture: Gesture,
    /// What a place beside the middle line moves, per pixel of its distance: sideways and down.
    across: [(f32, f32); RUNGS],
    bank: (f32, f32),
}

impl Stance {
    pub(super) fn new(body: Body, gesture: &Gesture) -> Self {
        let mut gesture = *gesture;
        stiffen(&mut gesture, body.stiffness);
        root(&mut gesture.side, body.freedom.0);
        root(&mut gesture.rise, body.freedom.1);
        for rise in gesture.rise.iter_mut().filter(|rise| **rise > 0.0) {
            *rise *= body.climb;
        }
        let (bend, stretch) = (slope(&gesture.side), slope(&gesture.rise));
        // What is broad would fold where it bends.
        let slender = (SLENDER * body.height / body.half_width).min(1.0);
        let across = std::array::from_fn(|rung| {
            let wider = (1.0 + gesture.swell[rung]) / (1.0 + stretch[rung]).max(0.3);
            let (sine, cosine) = (slender * (bend[rung].atan() + gesture.tilt[rung])).sin_cos();
            (wider * cosine - 1.0, wider * sine)
        });
        let (sine, cosine) = gesture.bank.sin_cos();
        Self {
            body,
            gesture,
            across,
            bank: (sine, cosine - 1.0),
        }
    }

    /// How far the content at `x`, `y` moves, in pixels to the right and down.
    pub(super) fn displacement(&self, (x, y): (f32, f32)) -> (f32, f32) {
        let body = &self.body;
        let (across, above) = (x - body.middle, body.base - y);
        let aside = across / body.half_width;
        let high = above / body.height;
        let near = Rung::at(high);
        // Below the base nothing but the ground is left.
        let fade = (1.0 + high / 0.3).clamp(0.0, 1.0);
        let held = body.half_width * saturated(aside);
        let turning = body.half_width.min(SLENDER * body.height) * parallax(aside);
        let spread = near.pair(&self.across);
        let mut moved = (
            body.height * near.value(&self.gesture.side)
                + fade * (held * spread.0 + turning * near.value(&self.gesture.turn)),
            -body.height * near.value(&self.gesture.rise)
                + fade * (held * spread.1 + turning * near.value(&self.gesture.nod)),
        );
        // What stands keeps standing.
        let loose = body.freedom.1 + (1.0 - body.freedom.1) * rising(0.0, ROOTED, high);
        moved.1 -= loose * body.height * Rung::at(aside.abs()).value(&self.gesture.flap);
        if self.gesture.bank != 0.0 {
            let (sine, less) = self.bank;
            let over = above - body.height / 2.0;
            moved.0 += loose * (less * held + sine * over);
            moved.1 += loose * (sine * held - less * over);
        }
        for (arm, side) in self.gesture.arms.into_iter().zip([-1.0, 1.0]) {
            if arm != 0.0 {
                let swung = self.swung(arm, side, aside, high);
                moved = (moved.0 + swung.0, moved.1 + swung.1);
            }
        }
        moved
    }

    /// What an arm on `side` (-1 left, 1 right) that swings by `angle` adds.
    fn swung(&self, angle: f32, side: f32, aside: f32, high: f32) -> (f32, f32) {
        let round = |distance: f32| {
            let t = (1.0 - distance * distance).max(0.0);
            t * t
        };
        let out = side * aside;
        let share = round((out - HAND.0) / HAND_REACH.0) * round((high - HAND.1) / HAND_REACH.1);
        let angle = side * angle * share;
        let x = side * ((out - SHOULDER.0) * self.body.half_width).min(LONGEST_ARM * self.body.height);
        let up = (high - SHOULDER.1) * self.body.height;
        let (sine, cosine) = angle.sin_cos();
        ((cosine - 1.0) * x + sine * up, sine * x - (cosine - 1.0) * up)
    }
}

/// Two neighbouring rungs and the share of the upper one.
struct Rung {
    lower: usize,
    share: f32,
}

impl Rung {
    fn at(height: f32) -> Self {
        let at = (height / RUNG).clamp(0.0, (RUNGS - 1) as f32);
        let lower = (at as usize).min(RUNGS - 2);
        Self {
            lower,
            share: at - lower as f32,
        }
    }

    fn value(&self, profile: &Profile) -> f32 {
        profile[self.lower] + (profile[self.lower + 1] - profile[self.lower]) * self.share
    }

    fn pair(&self, pairs: &[(f32, f32); RUNGS]) -> (f32, f32) {
        let (lower, upper) = (pairs[self.lower], pairs[self.lower + 1]);
        (
            lower.0 + (upper.0 - lower.0) * self.share,
            lower.1 + (upper.1 - lower.1) * self.share,
        )
    }
}

/// Keeps the base where it is, but for the share `freedom`, and lets the body above make up for it.
fn root(moved: &mut Profile, freedom: f32) {
    let kept = moved[0] * (1.0 - freedom);
    let rest = profile(|height| 1.0 - rising(0.0, ROOTED, height));
    for (moved, rest) in moved.iter_mut().zip(rest) {
        *moved -= kept * rest;
    }
}

/// Makes a lean about the base of every bend, and leaves little of what stretches and turns.
fn stiffen(gesture: &mut Gesture, stiffness: f32) {
    if stiffness <= 0.0 {
        return;
    }
    const TOP: usize = 10;
    let (lean, hop, stretch) = (gesture.side[TOP], gesture.rise[0], gesture.rise[TOP] - gesture.rise[0]);
    let soft = 1.0 - SPARED * stiffness;
    for rung in 0..RUNGS {
        let height = rung as f32 * RUNG;
        // Where others stretch, it leaves the ground.
        let stretched = hop + SPARED * stretch.max(0.0) + (1.0 - SPARED) * stretch * height;
        gesture.side[rung] += stiffness * (lean * height - gesture.side[rung]);
        gesture.rise[rung] += stiffness * (stretched - gesture.rise[rung]);
    }
    for profile in [
        &mut gesture.tilt,
        &mut gesture.swell,
        &mut gesture.turn,
        &mut gesture.nod,
        &mut gesture.flap,
    ] {
        profile.iter_mut().for_each(|amount| *amount *= soft);
    }
    gesture.arms = gesture.arms.map(|arm| arm * soft);
}

/// Change per height.
fn slope(profile: &Profile) -> Profile {
    std::array::from_fn(|rung| {
        let (from, to) = (rung.saturating_sub(1), (rung + 1).min(RUNGS - 1));
        (profile[to] - profile[from]) / ((to - from) as f32 * RUNG)
    })
}

/// The distance from the middle line in half widths, which beyond the outline grows slower and slower.
fn saturated(aside: f32) -> f32 {
    OUTERMOST * (aside / OUTERMOST).clamp(-2.0, 2.0).tanh()
}

/// How much nearer than the outline a place is, if the body is round: 1 in the middle, 0 at its side.
fn parallax(aside: f32) -> f32 {
    const WIDE: f32 = 1.6;
    let cosine = (PI / 2.0 * (aside / WIDE).clamp(-1.0, 1.0)).cos();
    cosine * cosine
}
