//! The unsteadiness of a hand: somebody stands, breathes and holds the camera.

use super::{super::ease::smooth, super::pose::Pose, Moment};
use crate::planning::dice;

use domain::media::FRAME_RATE;

/// What a hand does, each with its swings per second and its share: weight that shifts, breath, and muscles.
const SWINGS: [(f32, f32); 3] = [(0.45, 0.62), (1.1, 0.3), (2.7, 0.08)];
/// Radians of roll, against the shift as a share of the width.
const ROLL: f32 = 0.7;
/// Frames over which it comes and goes.
const EASE: f32 = 30.0;

/// Shift and roll wander by about `travel` of the width. The view closes in by what they need at most.
pub(super) fn handheld(moment: &Moment<'_>, pose: &mut Pose) {
    let track = &moment.leg.track;
    let frame = moment.frame;
    let coming = smooth((frame - track.from as f32) / EASE);
    let going = if track.to < moment.frames {
        smooth((track.to as f32 - frame) / EASE)
    } else {
        1.0
    };
    let reach = track.travel * coming.min(going);
    if reach <= 0.0 {
        return;
    }
    let seconds = frame / FRAME_RATE as f32;
    let hand = |axis: u32| -> f32 {
        let swings = (0..).zip(SWINGS);
        swings
            .map(|(number, (pace, share))| share * wander(moment.seed, 400 + 10 * axis + number, seconds * pace))
            .sum()
    };
    let (width, height) = moment.size;
    let roll = ROLL * reach;
    let aspect = width.max(height) / width.min(height);
    pose.zoom_about(
        (width / 2.0, height / 2.0),
        1.0 + 2.0 * reach * aspect.max(1.0) + roll * aspect,
    );
    pose.shift.0 += reach * width * hand(0);
    pose.shift.1 += reach * width * 0.8 * hand(1);
    pose.roll += roll * hand(2);
}

/// Slow noise, about -1 to 1, smooth in its second derivative: a cubic B-spline through chance values at whole times.
fn wander(seed: u32, purpose: u32, time: f32) -> f32 {
    // The spline takes off the peaks.
    const GAIN: f32 = 1.35;
    let step = time.max(0.0).floor();
    let t = time.max(0.0) - step;
    let value = |offset: u32| {
        let index = (step as u32).wrapping_add(offset);
        dice::spread(seed, purpose.wrapping_mul(4099).wrapping_add(index))
    };
    let rest = 1.0 - t;
    let weights = [
        rest * rest * rest,
        3.0 * t * t * t - 6.0 * t * t + 4.0,
        3.0 * rest * rest * rest - 6.0 * rest * rest + 4.0,
        t * t * t,
    ];
    let sum: f32 = (0..).zip(weights).map(|(offset, weight)| weight * value(offset)).sum();
    (GAIN * sum / 6.0).clamp(-1.0, 1.0)
}
