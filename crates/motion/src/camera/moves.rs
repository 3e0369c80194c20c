//! What each move does to the pose, at the share `done` of its way.

use domain::recipe::{CameraMove, CameraTrack};

use super::{
    ease::{glide, smooth},
    path::Role,
    pose::Pose,
};

/// How much of a push is depth (the near grows more than the far) and how much plain zoom.
const DOLLY_SHARE: f32 = 0.62;
const ZOOM_SHARE: f32 = 0.55;

/// How far the view follows a camera that moves sideways, against what the nearest things do.
const FOLLOW: f32 = 0.8;

/// Where in a track a moment lies.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    /// 0 at the track's first frame to 1 at its end.
    pub(super) time: f32,
    pub(super) role: Role,
    /// In pixels.
    pub(super) size: (f32, f32),
    /// How far earlier tracks pushed in.
    pub(super) closer: f32,
}

/// Adds `track` to `pose` at `moment`.
pub(super) fn apply(track: &CameraTrack, moment: Moment, pose: &mut Pose) {
    let Moment {
        time,
        role,
        size,
        closer,
    } = moment;
    let (sine, cosine) = track.heading.sin_cos();
    let travel = track.travel;
    match track.movement {
        CameraMove::Static | CameraMove::Handheld | CameraMove::Follow | CameraMove::FocusPull => {}
        CameraMove::PushIn | CameraMove::ZoomIn | CameraMove::DollyZoom => push(pose, travel * role.progress(time)),
        CameraMove::PullOut | CameraMove::ZoomOut if closer > 0.0 => push(pose, -closer * role.progress(time)),
        CameraMove::PullOut | CameraMove::ZoomOut => push(pose, travel * pulled(time, role)),
        CameraMove::Pan | CameraMove::Tilt | CameraMove::Whip => {
            let way = (travel * cosine * size.0, travel * sine * size.1);
            sweep(pose, way, size, time, role);
        }
        CameraMove::Truck | CameraMove::Pedestal => {
            let way = travel * role.progress(time);
            slide(pose, (way * cosine * size.0, way * sine * size.1), FOLLOW);
        }
        CameraMove::Arc => {
            let way = travel * role.progress(time);
            slide(pose, (way * cosine * size.0, way * sine * size.1), 0.0);
            push(pose, 1.2 * way);
        }
        CameraMove::Roll => {
            let turn = travel * role.progress(time) * if cosine < 0.0 { -1.0 } else { 1.0 };
            pose.roll += turn;
        }
    }
}

/// Closer by the share `amount`: equal steps look equally fast because they multiply.
fn push(pose: &mut Pose, amount: f32) {
    pose.zoom *= (ZOOM_SHARE * amount).exp();
    pose.dolly += DOLLY_SHARE * amount;
}

/// A pull-out begins with the whole picture and nothing outside it may ever show, so that the camera first
/// steps in, quickly but eased, and then draws back for the rest of the time.
fn pulled(time: f32, role: Role) -> f32 {
    match role {
        Role::Whole => smooth(time / 0.3) * (1.0 - glide((time - 0.18) / 0.82, 0.3, 0.3)),
        Role::Leaving | Role::Arriving => -role.progress(time),
    }
}

/// The view sweeps over the picture by `way`. It closes in on the side where it starts, which the whole
/// picture at first leaves no room for, while the sweep begins.
fn sweep(pose: &mut Pose, way: (f32, f32), size: (f32, f32), time: f32, role: Role) {
    let (closing, along) = match role {
        Role::Whole => (smooth(time / 0.4), 2.0 * glide(time, 0.35, 0.25) - 1.0),
        Role::Leaving => (role.progress(time), 1.0),
        Role::Arriving => (-role.progress(time), -1.0),
    };
    let share = (way.0.abs() / size.0).max(way.1.abs() / size.1);
    // The view must be smaller than the picture by the way that it goes.
    let zoom = 1.0 + closing * share / (1.0 - share).max(0.2);
    let room = (1.0 - 1.0 / zoom) / share.max(1e-6);
    let centre = (size.0 / 2.0, size.1 / 2.0);
    pose.zoom *= zoom;
    // Zoom turns about the target; the sweep is about the middle of the picture.
    let slack = 1.0 - 1.0 / zoom;
    pose.shift.0 += (centre.0 - pose.target.0) * slack + way.0 * room * along / 2.0;
    pose.shift.1 += (centre.1 - pose.target.1) * slack + way.1 * room * along / 2.0;
}

/// The camera moves sideways by `way`: the near runs against it, and the view follows by `follow` of it.
fn slide(pose: &mut Pose, way: (f32, f32), follow: f32) {
    pose.parallax.0 += way.0;
    pose.parallax.1 += way.1;
    pose.shift.0 += follow * way.0;
    pose.shift.1 += follow * way.1;
}
