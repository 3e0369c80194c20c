//! What is in focus.

use super::{
    ease::{glide, smooth},
    leg::{Leg, Role},
};

/// What is sharp at one moment, and how soft the rest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Focus {
    /// The depth that is sharp.
    pub(crate) depth: f32,
    /// How much depth lies between the subject and what is farthest.
    pub(crate) span: f32,
    /// Standard deviation of the blur of what is farthest out of focus, as a share of the frame's width.
    pub(crate) blur: f32,
}

impl Focus {
    /// How soft what lies at `depth` is: 0 to 1.
    pub(crate) fn softness(&self, depth: f32) -> f32 {
        // Near the sharp depth everything is sharp: a lens has some depth of field, and the depth is an estimate.
        let off = ((depth - self.depth).abs() / self.span - 0.2) / 0.6;
        let off = off.clamp(0.0, 1.0);
        off * off * (3.0 - 2.0 * off)
    }
}

/// The focus of a pull at `frame`, from `near` to `far`, or the other way if it heads to the left. All is sharp at
/// first; then the one plane stays sharp while the rest goes soft, and then the focus goes to the other.
pub(super) fn focus(pull: &Leg, frame: f32, near: f32, far: f32) -> Option<Focus> {
    let time = pull.time(frame);
    let (open, pulled) = match pull.role {
        Role::Whole => (smooth(time / 0.32), glide((time - 0.38) / 0.42, 0.5, 0.5)),
        Role::Leaving => (smooth(time), 0.0),
        Role::Arriving => (smooth(1.0 - time), 1.0),
    };
    if open <= 0.0 {
        return None;
    }
    let from_far = pull.track.heading.cos() < -1e-3;
    let share = if from_far { 1.0 - pulled } else { pulled };
    Some(Focus {
        depth: near + (far - near) * share,
        span: (near - far).max(0.15),
        blur: pull.track.travel * open,
    })
}
