//! The camera goes while the lens takes back what that does to the subject.

use super::{super::ease::glide, super::ease::smooth, super::leg::Role, super::pose::Pose, Moment};

/// How much of the travel is depth.
const DOLLY: f32 = 1.25;

/// The subject keeps its size. Heading to the right, what lies behind it looms up; heading to the left, it recedes:
/// then it must first come up, because nothing lies outside the picture.
pub(super) fn dolly_zoom(moment: &Moment<'_>, pose: &mut Pose) {
    let time = moment.time();
    let backed = match moment.leg.role {
        Role::Whole if moment.side() < 0.0 => smooth(time / 0.36) * (1.0 - glide((time - 0.2) / 0.8, 0.35, 0.3)),
        Role::Whole | Role::Leaving | Role::Arriving => moment.progress().abs(),
    };
    back(pose, moment.target(), DOLLY * moment.leg.track.travel * backed);
}

/// The camera goes back by `amount` and the lens closes in, so that what stands at the pivot's depth keeps its size.
pub(super) fn back(pose: &mut Pose, target: (f32, f32), amount: f32) {
    let held = 1.0 - amount * pose.pivot;
    pose.zoom_about(target, 1.0 / held.max(0.2));
    pose.dolly_about(target, -amount);
}
