//! The view turns: it sweeps over the picture.

use super::{super::ease::glide, super::leg::Role, super::pose::Pose, Moment};
use crate::camera::ease::smooth;

/// A start as close as this leaves room enough to sweep from where the view is.
const ROOM: f32 = 1.04;

/// A pan or a tilt.
pub(super) fn sweep(moment: &Moment<'_>, pose: &mut Pose) {
    let time = moment.time();
    match moment.leg.role {
        Role::Whole if moment.start.zoom > ROOM => {
            let progress = moment.progress();
            pose.shift.0 += moment.way().0 * progress;
            pose.shift.1 += moment.way().1 * progress;
        }
        Role::Whole => across(moment, pose, smooth(time / 0.4), 2.0 * glide(time, 0.35, 0.25) - 1.0),
        Role::Leaving => across(moment, pose, moment.progress(), 1.0),
        Role::Arriving => across(moment, pose, -moment.progress(), -1.0),
    }
}

/// From the whole picture, which leaves no room for a sweep: the view closes in by the share `closing`, and lies
/// `along` the way, from -1 at its start to 1 at its end.
pub(super) fn across(moment: &Moment<'_>, pose: &mut Pose, closing: f32, along: f32) {
    let (way, size) = (moment.way(), moment.size);
    let share = (way.0.abs() / size.0).max(way.1.abs() / size.1);
    // The view must be smaller than the picture by the way that it goes.
    let zoom = 1.0 + closing * share / (1.0 - share).max(0.2);
    let room = (1.0 - 1.0 / zoom) / share.max(1e-6);
    pose.zoom_about((size.0 / 2.0, size.1 / 2.0), zoom);
    pose.shift.0 += way.0 * room * along / 2.0;
    pose.shift.1 += way.1 * room * along / 2.0;
}
