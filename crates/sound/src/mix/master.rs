//! The last hand: no rumble, no click at either end, the right loudness, no peak too high.

use super::{limiter::limit, loudness};
use crate::{
    stereo::Stereo,
    tuning::{gain, samples, smooth_step, smoothing},
};

/// Ceiling of the samples in decibels. What lies between the samples may go a little higher, and lossy
/// coding adds some.
const CEILING: f64 = -2.5;

/// Ceiling of the true peak in decibels.
const TRUE_PEAK: f64 = -1.5;

/// Rounds of loudness and limiting, at most.
const ROUNDS: usize = 5;

/// Seconds in which a clip's sound comes in and goes out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Edges {
    pub(crate) rise: f64,
    pub(crate) fall: f64,
}

/// Masters a whole soundtrack to `target` LUFS.
pub(crate) fn finish(mut sound: Stereo, target: f64, edges: Edges) -> Stereo {
    remove_rumble(&mut sound.left);
    remove_rumble(&mut sound.right);
    fade(&mut sound, edges);
    // Limiting takes away loudness; the next round gives it back.
    for _ in 0..ROUNDS {
        loudness::bring_to(&mut sound, target);
        if !limit(&mut sound, gain(CEILING)) {
            break;
        }
    }
    let over = loudness::true_peak(&sound) / f64::from(gain(TRUE_PEAK));
    if over > 1.0 {
        sound.scale((1.0 / over) as f32);
    }
    sound
}

/// A high-pass at 22 Hz: no offset, nothing that only moves the loudspeaker's cone.
fn remove_rumble(channel: &mut [f32]) {
    let pole = smoothing(22.0);
    let mut below = 0.0;
    for sample in channel {
        below += pole * (*sample - below);
        *sample -= below;
    }
}

/// From silence and back to it, at most a third of the sound each; the first and last sample are 0.
fn fade(sound: &mut Stereo, edges: Edges) {
    let length = sound.len();
    let rise = samples(edges.rise).clamp(1, (length / 3).max(1));
    let fall = samples(edges.fall).clamp(1, (length / 3).max(1));
    for channel in [&mut sound.left, &mut sound.right] {
        for (index, sample) in channel.iter_mut().take(rise).enumerate() {
            *sample *= smooth_step(index as f32 / rise as f32);
        }
        for (index, sample) in channel.iter_mut().rev().take(fall).enumerate() {
            *sample *= smooth_step(index as f32 / fall as f32);
        }
    }
}
