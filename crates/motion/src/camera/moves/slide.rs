//! The camera itself goes sideways: what is near runs against it.

use super::{super::pose::Pose, Moment, push::push};

/// How far the view follows a camera that moves sideways, against what the nearest things do.
const FOLLOW: f32 = 0.8;
/// How much closer an arc goes, against its way.
const INWARD: f32 = 1.2;

/// A truck or a crane.
pub(super) fn slide(moment: &Moment<'_>, pose: &mut Pose) {
    let way = scaled(moment.way(), moment.progress());
    sideways(pose, way);
    pose.shift.0 += FOLLOW * way.0;
    pose.shift.1 += FOLLOW * way.1;
}

/// Round the subject, which stays where it is while the far passes behind it.
pub(super) fn arc(moment: &Moment<'_>, pose: &mut Pose) {
    let progress = moment.progress();
    sideways(pose, scaled(moment.way(), progress));
    push(pose, moment.target(), INWARD * moment.leg.track.travel * progress);
}

/// Beside the subject, as one walks along with somebody: its centre stays where it is in the frame, whatever it does,
/// and the world passes.
pub(super) fn follow(moment: &Moment<'_>, pose: &mut Pose) {
    sideways(pose, scaled(moment.way(), moment.progress()));
    pose.shift.0 += moment.subject_moved.0;
    pose.shift.1 += moment.subject_moved.1;
}

fn sideways(pose: &mut Pose, way: (f32, f32)) {
    pose.parallax.0 += way.0;
    pose.parallax.1 += way.1;
}

fn scaled(way: (f32, f32), share: f32) -> (f32, f32) {
    (way.0 * share, way.1 * share)
}
