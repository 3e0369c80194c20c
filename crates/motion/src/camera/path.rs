//! A picture's camera path: the tracks that concern it, added up, and closed in on by as much as keeps the
//! view inside the picture.

use domain::{
    media::Size,
    recipe::{CameraMove, CameraTrack},
};

use super::{
    ease::{glide, smooth},
    moves, overscan,
    pose::Pose,
};

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

impl Role {
    /// The share of the way at `time`: from rest to the end of the way, or back to rest.
    pub(super) fn progress(self, time: f32) -> f32 {
        match self {
            Self::Whole => glide(time, 0.3, 0.3),
            Self::Leaving => smooth(time),
            Self::Arriving => -smooth(1.0 - time),
        }
    }
}

/// The pose at every moment of a stretch.
#[derive(Debug, Clone)]
pub(crate) struct Path {
    tracks: Vec<CameraTrack>,
    role: Role,
    size: (f32, f32),
    target: (f32, f32),
    pivot: f32,
    /// How much closer the view gets than the tracks say, and between which frames that is taken up.
    overscan: f32,
    from: f32,
    to: f32,
}

impl Path {
    /// `pivot` is the depth that stays in place in sideways moves; `depth` gives the depth at a position.
    pub(crate) fn new(
        tracks: &[CameraTrack],
        role: Role,
        size: Size,
        pivot: f32,
        depth: impl Fn((f32, f32)) -> f32,
    ) -> Self {
        let extent = (size.width as f32, size.height as f32);
        let target = tracks.first().map_or((0.5, 0.5), |track| track.target);
        let mut path = Self {
            tracks: tracks.to_vec(),
            role,
            size: extent,
            target: (target.0 * extent.0, target.1 * extent.1),
            pivot,
            overscan: 0.0,
            from: tracks.iter().map(|track| track.from).min().unwrap_or(0) as f32,
            to: tracks.iter().map(|track| track.to).max().unwrap_or(1) as f32,
        };
        path.overscan = overscan::needed(&mut path, depth);
        path
    }

    pub(super) fn set_overscan(&mut self, overscan: f32) {
        self.overscan = overscan;
    }

    pub(super) fn frames(&self) -> std::ops::RangeInclusive<u32> {
        self.from as u32..=(self.to as u32).max(self.from as u32)
    }

    pub(super) fn size(&self) -> (f32, f32) {
        self.size
    }

    /// The pose at `frame`, which may lie between two.
    pub(crate) fn pose(&self, frame: f32) -> Pose {
        let mut pose = Pose::rest(self.target);
        pose.pivot = self.pivot;
        for track in &self.tracks {
            let length = track.to.saturating_sub(track.from).saturating_sub(1).max(1) as f32;
            let time = (frame - track.from as f32) / length;
            let moment = moves::Moment {
                time: time.clamp(0.0, 1.0),
                role: self.role,
                size: self.size,
                closer: self.closer_before(track.from),
            };
            moves::apply(track, moment, &mut pose);
        }
        if self.overscan > 0.0 {
            pose.zoom *= 1.0 + self.overscan * self.closing(frame);
        }
        pose
    }

    /// How far the tracks that ended by `frame` pushed in.
    fn closer_before(&self, frame: u32) -> f32 {
        let ended = self
            .tracks
            .iter()
            .filter(|track| track.to <= frame && track.from < frame);
        ended
            .filter(|track| track.movement == CameraMove::PushIn)
            .map(|track| track.travel)
            .sum()
    }

    /// How much of the overscan is taken up: it runs ahead of the moves that need it.
    fn closing(&self, frame: f32) -> f32 {
        let time = (frame - self.from) / (self.to - self.from - 1.0).max(1.0);
        match self.role {
            Role::Whole => smooth(time / 0.7),
            Role::Leaving => smooth(time / 0.9),
            Role::Arriving => smooth((1.0 - time) / 0.9),
        }
    }

    /// The largest change of position per unit of depth over the whole path, along x and y in pixels,
    /// from sideways moves alone and from all.
    pub(crate) fn reach(&self) -> Reach {
        let mut reach = Reach::default();
        for frame in self.frames() {
            let pose = self.pose(frame as f32);
            let (x, y) = pose.reach(self.size.0, self.size.1);
            reach.all = (reach.all.0.max(x), reach.all.1.max(y));
            reach.sideways = reach.sideways.max(pose.parallax.0.abs());
        }
        reach
    }
}

/// How far depth carries things, in pixels per unit of depth.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Reach {
    pub(crate) all: (f32, f32),
    pub(crate) sideways: f32,
}
