//! Farther away.

use super::{
    super::{
        ease::{glide, smooth},
        leg::Role,
        pose::Pose,
    },
    Moment,
    push::{LENS, push},
};

/// What lies closer than this was closed in on before, and can be drawn back from.
const CLOSER: f32 = 1.02;
/// Frames that the step takes.
const STEP: f32 = 25.0;

/// The camera goes back.
pub(super) fn pull_out(moment: &Moment<'_>, pose: &mut Pose) {
    if !undo(moment, pose) {
        push(pose, moment.target(), moment.leg.track.travel * stepped(moment));
    }
}

/// The lens alone.
pub(super) fn zoom_out(moment: &Moment<'_>, pose: &mut Pose) {
    if !undo(moment, pose) {
        pose.zoom_about(
            moment.target(),
            (LENS * moment.leg.track.travel * stepped(moment)).exp(),
        );
    }
}

/// Takes back how close the moves before it came, if they did.
fn undo(moment: &Moment<'_>, pose: &mut Pose) -> bool {
    let start = moment.start;
    if start.zoom * (1.0 + start.dolly * start.pivot) < CLOSER {
        return false;
    }
    let progress = moment.progress();
    pose.zoom *= start.zoom.powf(-progress);
    pose.dolly -= start.dolly * progress;
    pose.shift.0 -= start.shift.0 * progress;
    pose.shift.1 -= start.shift.1 * progress;
    true
}

/// How far the camera has stepped in before it draws back: nothing outside the picture may ever show, and the way must
/// end at the whole picture, so that it needs the room first. The step is brisk and the way back long, so that
/// the eye takes the one for the run-up to the other.
fn stepped(moment: &Moment<'_>) -> f32 {
    let time = moment.time();
    let step = (STEP / moment.leg.length).min(0.3);
    match moment.leg.role {
        Role::Whole | Role::Leaving => {
            smooth(time / step) * (1.0 - glide((time - step / 2.0) / (1.0 - step / 2.0), 0.3, 0.35))
        }
        Role::Arriving => -moment.progress(),
    }
}
