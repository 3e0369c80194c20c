//! One moment of an action: how far the subject leans, lifts and squeezes, and where that takes each place.

/// Heights above the base at which the sway is kept; between them it is interpolated.
pub(super) const RUNGS: usize = 14;
/// Distance of two rungs, in heights of the subject.
pub(super) const RUNG: f32 = 0.1;

/// Amounts at one moment. 1 is the full natural amount; 0 is rest.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Gesture {
    /// To the right, at each height: higher parts lag behind.
    pub(super) sway: [f32; RUNGS],
    /// Upwards.
    pub(super) lift: f32,
    /// Wider and lower.
    pub(super) squash: f32,
    /// Clockwise about the base.
    pub(super) rock: f32,
    /// The middle against the outline, to the right: a slight turn.
    pub(super) turn: f32,
}

impl Gesture {
    pub(super) fn add(&mut self, other: &Self, weight: f32) {
        for (mine, theirs) in self.sway.iter_mut().zip(&other.sway) {
            *mine += weight * theirs;
        }
        self.lift += weight * other.lift;
        self.squash += weight * other.squash;
        self.rock += weight * other.rock;
        self.turn += weight * other.turn;
    }

    fn sway_at(&self, height: f32) -> f32 {
        let at = (height / RUNG).clamp(0.0, (RUNGS - 1) as f32);
        let lower = (at as usize).min(RUNGS - 2);
        let share = at - lower as f32;
        self.sway[lower] * (1.0 - share) + self.sway[lower + 1] * share
    }
}

/// The subject's measures in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Body {
    pub(super) middle: f32,
    pub(super) base: f32,
    pub(super) height: f32,
    pub(super) half_width: f32,
}

/// Sway at the top, in heights of the subject.
const SWAY: f32 = 0.085;
const LIFT: f32 = 0.048;
/// Wider by this share.
const SQUASH: f32 = 0.05;
/// Radians.
const ROCK: f32 = 0.052;
/// Of half the width.
const TURN: f32 = 0.10;

impl Body {
    /// How far the content at `x`, `y` moves.
    pub(super) fn displacement(&self, gesture: &Gesture, x: f32, y: f32) -> (f32, f32) {
        let above = (self.base - y).max(0.0);
        let height = (above / self.height).min(1.3);
        // The feet stay where they are.
        let loose = {
            let t = (height / 0.4).min(1.0);
            t * t * (3.0 - 2.0 * t)
        };
        let across = (x - self.middle).clamp(-1.5 * self.half_width, 1.5 * self.half_width);
        let aside = across / self.half_width;
        let sway = SWAY * self.height * height.powf(1.3) * gesture.sway_at(height);
        let rock = ROCK * gesture.rock;
        let widen = SQUASH * gesture.squash;
        let turn = TURN * gesture.turn * self.half_width * (1.0 - aside * aside).max(-0.5);
        (
            sway + loose * (rock * above.min(1.3 * self.height) + widen * across + turn),
            loose * (rock * across + widen * above - LIFT * gesture.lift * self.height),
        )
    }
}
