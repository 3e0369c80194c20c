//! A pan so fast that it blurs.

use domain::recipe::CameraTrack;

use super::{super::ease::smooth, super::leg::Leg, super::leg::Role, super::pose::Pose, Moment, sweep::across};

/// Frames from when the view starts to fly until it is there.
const FLIGHT: f32 = 11.0;
/// When it flies, as a share of the track's time.
const WHEN: f32 = 0.42;
/// How far it overshoots, against the half way, and for how many frames that swings.
const OVERSHOOT: f32 = 0.022;
const SWING: f32 = 16.0;
/// How much closer it drifts once it is there.
const DRIFT: f32 = 0.03;
/// Share of a frame's time for which the shutter is open.
const SHUTTER: f32 = 0.75;

/// The view closes in on the one side, flies to the other and settles there.
pub(super) fn whip(moment: &Moment<'_>, pose: &mut Pose) {
    let time = moment.time();
    match moment.leg.role {
        Role::Whole => {
            let past = since_flight(moment.leg, moment.frame);
            across(moment, pose, smooth(time / WHEN), 2.0 * flown(past) - 1.0);
            pose.zoom_about(moment.target(), 1.0 + DRIFT * smooth((time - WHEN) / (1.0 - WHEN)));
        }
        // Away from one picture and on into the next.
        Role::Leaving => across(moment, pose, smooth((time - 0.15) / 0.5), 1.0),
        Role::Arriving => across(moment, pose, smooth((0.85 - time) / 0.5), -1.0),
    }
}

/// For how much of a frame's time the shutter is open at `frame`: only while the view flies.
pub(in super::super) fn shutter(leg: &Leg, frame: f32) -> f32 {
    let open = match leg.role {
        Role::Whole => (-1.0..FLIGHT + 1.0).contains(&since_flight(leg, frame)),
        Role::Leaving | Role::Arriving => (0.2..0.8).contains(&leg.time(frame)),
    };
    if open { SHUTTER } else { 0.0 }
}

/// The frames between which the view of a whip flies.
pub(crate) fn flight(track: &CameraTrack) -> (u32, u32) {
    let length = track.to.saturating_sub(track.from) as f32;
    let flight = FLIGHT.min(0.5 * length);
    let from = (track.from as f32 + WHEN * length - flight / 3.0).max(0.0);
    (from.round() as u32, (from + flight).round() as u32)
}

fn since_flight(leg: &Leg, frame: f32) -> f32 {
    let flight = FLIGHT.min(0.5 * leg.length);
    (frame - leg.from - WHEN * leg.length) * FLIGHT / flight + FLIGHT / 3.0
}

/// The share of the way, `past` frames after the start: off at once, slower towards the end, a little too far and back.
fn flown(past: f32) -> f32 {
    let time = (past / FLIGHT).clamp(0.0, 1.0);
    // Time that runs ahead at first and arrives at rest, so that the second half takes longer than the first.
    let ahead = time + 0.35 * time * (1.0 - time) * (1.0 - time);
    let settling = ((past - 0.7 * FLIGHT) / SWING).clamp(0.0, 1.0);
    let swing = (std::f32::consts::TAU * settling).sin() * (1.0 - settling) * smooth(settling * 4.0);
    smooth(ahead) + OVERSHOOT * swing
}
