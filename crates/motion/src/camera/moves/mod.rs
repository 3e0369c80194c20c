//! What each move does to the pose at one moment. A file for each family of moves.

mod dolly_zoom;
mod handheld;
mod pull;
mod push;
mod slide;
mod sweep;
mod whip;

use domain::recipe::CameraMove;

use super::{leg::Leg, pose::Pose};

pub(crate) use whip::flight;
pub(super) use whip::shutter;

/// One leg at one moment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment<'p> {
    pub(super) leg: &'p Leg,
    pub(super) frame: f32,
    /// In pixels.
    pub(super) size: (f32, f32),
    /// What the moves before this one came to.
    pub(super) start: &'p Pose,
    pub(super) seed: u32,
    /// Of the whole clip.
    pub(super) frames: u32,
    /// How far the subject's centre has moved, in pixels.
    pub(super) subject_moved: (f32, f32),
}

impl Moment<'_> {
    fn progress(&self) -> f32 {
        self.leg.progress(self.frame)
    }

    fn time(&self) -> f32 {
        self.leg.time(self.frame)
    }

    /// Where the move aims, in pixels.
    fn target(&self) -> (f32, f32) {
        let target = self.leg.track.target;
        (target.0 * self.size.0, target.1 * self.size.1)
    }

    /// The whole way in pixels.
    fn way(&self) -> (f32, f32) {
        let (sine, cosine) = self.leg.track.heading.sin_cos();
        let travel = self.leg.track.travel;
        (travel * cosine * self.size.0, travel * sine * self.size.1)
    }

    /// -1 where the track heads to the left, else 1.
    fn side(&self) -> f32 {
        if self.leg.track.heading.cos() < -1e-3 {
            -1.0
        } else {
            1.0
        }
    }
}

/// Adds the move to `pose`.
pub(super) fn apply(moment: &Moment<'_>, pose: &mut Pose) {
    match moment.leg.track.movement {
        CameraMove::Static | CameraMove::FocusPull => {}
        CameraMove::PushIn => push::push_in(moment, pose),
        CameraMove::ZoomIn => push::zoom_in(moment, pose),
        CameraMove::PullOut => pull::pull_out(moment, pose),
        CameraMove::ZoomOut => pull::zoom_out(moment, pose),
        CameraMove::DollyZoom => dolly_zoom::dolly_zoom(moment, pose),
        CameraMove::Pan | CameraMove::Tilt => sweep::sweep(moment, pose),
        CameraMove::Whip => whip::whip(moment, pose),
        CameraMove::Truck | CameraMove::Pedestal => slide::slide(moment, pose),
        CameraMove::Arc => slide::arc(moment, pose),
        CameraMove::Follow => slide::follow(moment, pose),
        CameraMove::Roll => pose.roll += moment.leg.track.travel * moment.side() * moment.progress(),
        CameraMove::Handheld => handheld::handheld(moment, pose),
    }
}
