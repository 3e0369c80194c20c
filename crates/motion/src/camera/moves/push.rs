//! Closer.

use super::{super::pose::Pose, Moment};

/// How much of a push is depth (the near grows more than the far) and how much plain zoom.
pub(super) const DOLLY_SHARE: f32 = 0.62;
pub(super) const ZOOM_SHARE: f32 = 0.55;
/// How much of its travel the lens alone zooms: about what a push comes to in the mean.
pub(super) const LENS: f32 = 0.85;

/// The camera goes closer: the near grows more than the far.
pub(super) fn push_in(moment: &Moment<'_>, pose: &mut Pose) {
    push(pose, moment.target(), moment.leg.track.travel * moment.progress());
}

/// The lens alone: everything grows alike.
pub(super) fn zoom_in(moment: &Moment<'_>, pose: &mut Pose) {
    let amount = moment.leg.track.travel * moment.progress();
    pose.zoom_about(moment.target(), (LENS * amount).exp());
}

/// Closer by the share `amount`: equal steps look equally fast because they multiply.
pub(super) fn push(pose: &mut Pose, target: (f32, f32), amount: f32) {
    pose.zoom_about(target, (ZOOM_SHARE * amount).exp());
    pose.dolly_about(target, DOLLY_SHARE * amount);
}
