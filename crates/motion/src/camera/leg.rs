//! The time that a track really takes. Where one track follows another, the next begins before the one before
//! it has come to rest, so that the camera never stops between two moves.

use domain::recipe::{CameraMove, CameraTrack};

use super::ease::{glide, smooth};

/// Shares of a track's time that starting and stopping take where nothing comes before or after it.
const EASE: f32 = 0.3;
/// How far two tracks reach into one another, as a share of the shorter one.
const OVERLAP: f32 = 0.22;
/// Frames between two tracks that still follow one another.
const GAP: u32 = 2;

/// Which part of a track a picture is seen in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// From the track's start to its end.
    Whole,
    /// It starts at rest and is left on the way.
    Leaving,
    /// It is entered on the way and ends at rest.
    Arriving,
}

/// A track between the frames at which it really starts and ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Leg {
    pub(super) track: CameraTrack,
    pub(super) role: Role,
    pub(super) from: f32,
    pub(super) length: f32,
    /// Shares of the length that starting and stopping take.
    rise: f32,
    fall: f32,
}

impl Leg {
    /// 0 at the start to 1 at the end.
    pub(super) fn time(&self, frame: f32) -> f32 {
        ((frame - self.from) / self.length).clamp(0.0, 1.0)
    }

    /// The share of the way at `frame`: from rest to the end of the way, or back to rest.
    pub(super) fn progress(&self, frame: f32) -> f32 {
        let time = self.time(frame);
        match self.role {
            Role::Whole => glide(time, self.rise, self.fall),
            Role::Leaving => smooth(time),
            Role::Arriving => -smooth(1.0 - time),
        }
    }

    pub(super) fn end(&self) -> f32 {
        self.from + self.length
    }
}

/// The legs of `tracks`, in the same order.
pub(super) fn legs(tracks: &[CameraTrack], role: Role) -> Vec<Leg> {
    tracks
        .iter()
        .map(|track| {
            let before = joint(tracks, track, |other| (other.to, track.from));
            let after = joint(tracks, track, |other| (track.to, other.from));
            let last = track.to.max(track.from + 1) as f32 - 1.0;
            // A joint lies half way between the last frame of one and the first frame of the other.
            let from = before.map_or(track.from as f32, |reach| track.from as f32 - 0.5 - reach);
            let end = after.map_or(last, |reach| last + 0.5 + reach);
            let length = (end - from).max(1.0);
            let ease = |joint: Option<f32>| joint.map_or(EASE, |reach| (2.0 * reach / length).min(0.5));
            Leg {
                track: *track,
                role,
                from,
                length,
                rise: ease(before),
                fall: ease(after),
            }
        })
        .collect()
}

/// How many frames `track` and the tracks that meet it where `meeting` says reach into one another; none if
/// nothing meets.
fn joint(tracks: &[CameraTrack], track: &CameraTrack, meeting: impl Fn(&CameraTrack) -> (u32, u32)) -> Option<f32> {
    let neighbours = tracks.iter().filter(|other| {
        let (ends, begins) = meeting(other);
        other.movement != CameraMove::Static && ends.abs_diff(begins) <= GAP
    });
    let shortest = neighbours.map(frames).reduce(f32::min)?;
    Some(OVERLAP * shortest.min(frames(track)))
}

fn frames(track: &CameraTrack) -> f32 {
    track.to.saturating_sub(track.from) as f32
}
