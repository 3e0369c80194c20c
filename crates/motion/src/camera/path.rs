//! A picture's camera path: the tracks that concern it, added up, and closed in on by as much as keeps the
//! view inside the picture.

use domain::recipe::{CameraMove, CameraTrack};

use super::{
    focus::{Focus, focus},
    leg::{Leg, Role, legs},
    moves::{self, Moment},
    overscan,
    pose::Pose,
};

/// What a path is laid in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting<'s> {
    pub(crate) role: Role,
    /// In pixels.
    pub(crate) size: (f32, f32),
    /// Of the whole clip.
    pub(crate) frames: u32,
    pub(crate) seed: u32,
    /// The depth that stays in place in sideways moves: the subject's.
    pub(crate) pivot: f32,
    /// The depth of what is farthest.
    pub(crate) far: f32,
    /// How far the subject's centre has moved at each frame, in pixels.
    pub(crate) subject_moved: &'s [(f32, f32)],
}

/// The pose at every moment of a stretch.
#[derive(Debug, Clone)]
pub(crate) struct Path {
    legs: Vec<Leg>,
    /// For each leg, what the moves that ended before it came to.
    starts: Vec<Pose>,
    rest: Pose,
    far: f32,
    size: (f32, f32),
    frames: u32,
    seed: u32,
    subject_moved: Vec<(f32, f32)>,
    /// The first frame of the stretch.
    from: u32,
    /// From there on, for each frame, how much closer the view gets than the moves say.
    overscan: Vec<f32>,
}

impl Path {
    /// `depth` gives the depth at a position.
    pub(crate) fn new(tracks: &[CameraTrack], setting: &Setting<'_>, depth: impl Fn((f32, f32)) -> f32 + Sync) -> Self {
        let size = setting.size;
        let target = tracks.first().map_or((0.5, 0.5), |track| track.target);
        let mut rest = Pose::rest((target.0 * size.0, target.1 * size.1));
        rest.pivot = setting.pivot;
        let from = tracks.iter().map(|track| track.from).min().unwrap_or(0);
        let mut path = Self {
            legs: legs(tracks, setting.role),
            starts: Vec::new(),
            rest,
            far: setting.far,
            size,
            frames: setting.frames,
            seed: setting.seed,
            subject_moved: setting.subject_moved.to_vec(),
            from,
            overscan: Vec::new(),
        };
        for leg in &path.legs {
            let before = |other: &Leg| other.track.to <= leg.track.from && other.track.from < leg.track.from;
            let start = path.added(|other| before(other).then(|| other.end()));
            path.starts.push(start);
        }
        let poses: Vec<Pose> = path.stretch().map(|frame| path.pose(frame as f32)).collect();
        path.overscan = overscan::needed(&poses, size, setting.role, depth);
        path
    }

    fn stretch(&self) -> std::ops::RangeInclusive<u32> {
        let to = self
            .legs
            .iter()
            .map(|leg| leg.end().ceil() as u32)
            .max()
            .unwrap_or(self.from);
        self.from..=to.min(self.frames).max(self.from)
    }

    /// The pose at `frame`, which may lie between two.
    pub(crate) fn pose(&self, frame: f32) -> Pose {
        let mut pose = self.added(|_| Some(frame));
        pose.zoom *= 1.0 + self.overscan_at(frame);
        pose
    }

    /// For how much of a frame's time the shutter is open at `frame`.
    pub(crate) fn shutter(&self, frame: f32) -> f32 {
        let whips = self.legs.iter().filter(|leg| leg.track.movement == CameraMove::Whip);
        let open = whips.map(|leg| moves::shutter(leg, frame));
        open.fold(0.0, f32::max)
    }

    /// What is in focus at `frame`, if not everything.
    pub(crate) fn focus(&self, frame: f32) -> Option<Focus> {
        let pull = self
            .legs
            .iter()
            .find(|leg| leg.track.movement == CameraMove::FocusPull)?;
        focus(pull, frame, self.rest.pivot, self.far)
    }

    /// All moves, each at the frame that `when` says, if any.
    fn added(&self, when: impl Fn(&Leg) -> Option<f32>) -> Pose {
        let mut pose = self.rest;
        for (number, leg) in self.legs.iter().enumerate() {
            let Some(frame) = when(leg) else { continue };
            let moment = Moment {
                leg,
                frame,
                size: self.size,
                start: self.starts.get(number).unwrap_or(&self.rest),
                seed: self.seed,
                frames: self.frames,
                subject_moved: between(&self.subject_moved, frame, |a, b, share| {
                    (a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share)
                }),
            };
            moves::apply(&moment, &mut pose);
        }
        pose
    }

    fn overscan_at(&self, frame: f32) -> f32 {
        between(&self.overscan, frame - self.from as f32, |a, b, share| {
            a + (b - a) * share
        })
    }

    /// The largest change of position per unit of depth over the whole path, along x and y in pixels,
    /// from sideways moves alone and from all.
    pub(crate) fn reach(&self) -> Reach {
        let mut reach = Reach::default();
        for frame in self.stretch() {
            let pose = self.pose(frame as f32);
            let (x, y) = pose.reach(self.size.0, self.size.1);
            reach.all = (reach.all.0.max(x), reach.all.1.max(y));
            reach.sideways = reach.sideways.max(pose.parallax.0.abs());
        }
        reach
    }
}

/// The value of a list at a place that may lie between two, the nearest one outside; nothing of an empty one.
fn between<V: Copy + Default>(values: &[V], at: f32, mix: impl Fn(V, V, f32) -> V) -> V {
    let Some(most) = values.len().checked_sub(1) else {
        return V::default();
    };
    let at = at.clamp(0.0, most as f32);
    let before = at as usize;
    match (values.get(before), values.get(before + 1)) {
        (Some(from), Some(to)) => mix(*from, *to, at - before as f32),
        (Some(only), None) => *only,
        _ => V::default(),
    }
}

/// How far depth carries things, in pixels per unit of depth.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Reach {
    pub(crate) all: (f32, f32),
    pub(crate) sideways: f32,
}
