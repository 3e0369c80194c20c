//! What words can mean.

use std::f32::consts::{FRAC_PI_2, PI};

use domain::recipe::{Look, Mood, MusicStyle, OverlayKind, SceneryKind, SoundKind, SubjectKind};
use serde::Deserialize;

/// What is asked of the camera, or, after a negation, what is not wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CameraWord {
    PushIn,
    PullOut,
    ZoomIn,
    ZoomOut,
    PanLeft,
    PanRight,
    Pan,
    TiltUp,
    TiltDown,
    Tilt,
    TruckLeft,
    TruckRight,
    Truck,
    PedestalUp,
    PedestalDown,
    Pedestal,
    ArcLeft,
    ArcRight,
    Arc,
    RollLeft,
    RollRight,
    Roll,
    DollyZoom,
    Handheld,
    WhipLeft,
    WhipRight,
    Whip,
    Follow,
    FocusPull,
    /// Through or over the scene, as a drone flies.
    FlyThrough,
    Static,
    /// The camera as such.
    Any,
}

/// What is asked of the subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SubjectWord {
    Does(SubjectKind),
    /// Movement as such.
    Any,
    Still,
}

/// The subject's words that are no action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum LifeWord {
    Any,
    Still,
}

/// One thing that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Camera(CameraWord),
    Subject(SubjectWord),
    Scenery(SceneryKind),
    Overlay(OverlayKind),
    Look(Look),
    /// Whatever the wind moves.
    Wind,
    /// Something that is not done.
    Nothing,
}

impl What {
    /// Whether it says no more than that something moves.
    pub(crate) fn is_any(self) -> bool {
        matches!(self, Self::Camera(CameraWord::Any) | Self::Subject(SubjectWord::Any))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Manner {
    Slow,
    Fast,
    Slight,
    Strong,
}

/// How time passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TimeWord {
    Timelapse,
    SlowMotion,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Direction {
    Left,
    Right,
    Up,
    Down,
}

impl Direction {
    /// Radians within the frame: 0 to the right, a quarter turn down.
    pub(super) fn heading(self) -> f32 {
        match self {
            Self::Right => 0.0,
            Self::Down => FRAC_PI_2,
            Self::Left => PI,
            Self::Up => -FRAC_PI_2,
        }
    }
}

/// When something begins; a phrase's number is in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum MomentWord {
    /// So many seconds after the start.
    After,
    /// So many seconds before the end.
    BeforeEnd,
    Halfway,
}

/// What a phrase means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Wish(What),
    /// Something is named as being there, and nothing is said about what it does.
    Mention(What),
    /// A verb that cameras and subjects share: who was named last is meant.
    Either {
        camera: CameraWord,
        subject: SubjectKind,
        /// Whether the camera is meant when nobody was named.
        otherwise_camera: bool,
    },
    Manner(Manner),
    /// A manner only where it stands before what it describes.
    Adjective(Manner),
    Direction(Direction),
    /// How often; `None`: the number in the phrase.
    Times(Option<u32>),
    Moment(MomentWord),
    Time(TimeWord),
    Mood(Mood),
    Music(MusicStyle),
    Sound(SoundKind),
    Not,
    Or,
    Then,
    /// "then" where something that happens follows.
    Before,
    /// What follows is a comparison.
    Like,
    /// Begins a clause.
    Joint,
    /// Somebody or something that acts.
    Who,
    /// Asks for nothing.
    Neutral,
}

impl Meaning {
    /// It says little, so that it gives way to anything of the same length that says more.
    pub(super) fn is_vague(self) -> bool {
        match self {
            Self::Wish(what) => what == What::Nothing || what.is_any(),
            Self::Mention(_) | Self::Who | Self::Neutral => true,
            _ => false,
        }
    }

    /// One phrase may mean several of these at once.
    pub(super) fn may_share(self) -> bool {
        match self {
            Self::Wish(what) => what != What::Nothing,
            Self::Mention(_) | Self::Mood(_) | Self::Music(_) | Self::Sound(_) | Self::Time(_) => true,
            _ => false,
        }
    }
}
