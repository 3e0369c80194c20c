//! What the motion engine decided to do with a prompt and a picture: typed, versioned, shown to the user
//! and stored with the task. The sound of a clip is composed from it too.

use serde::{Deserialize, Serialize};

use crate::{media::Size, request::Amplitude};

/// The version that this build writes.
pub const RECIPE_VERSION: u32 = 1;

/// One clip's plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    pub version: u32,
    pub seed: u32,
    pub size: Size,
    pub frames: u32,
    /// Never `auto`: what it was resolved to.
    pub amplitude: Amplitude,
    /// Tracks may follow one another or run together: their moves add up, and what one reached stays. With
    /// several pictures there is at least one for each stretch between two of them.
    pub camera: Vec<CameraTrack>,
    pub subject: Vec<SubjectAction>,
    pub beat: Beat,
    pub mood: Mood,
    /// Words of the prompt that were understood, as they stood there.
    pub understood: Vec<String>,
    /// Words of the prompt that would ask for something and had no effect.
    pub without_effect: Vec<String>,
    /// One or two plain sentences: "Slow push in on the subject, light sway."
    pub summary: String,
}

/// One camera move.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CameraTrack {
    pub movement: CameraMove,
    /// First frame of the stretch.
    pub from: u32,
    /// First frame after it.
    pub to: u32,
    /// How far it goes: a share of the frame, 0 to 1; for a roll radians. Its meaning is the move's own.
    pub travel: f32,
    /// Direction within the frame in radians, 0 to the right, a quarter turn down, where the move has one.
    pub heading: f32,
    /// Where it aims: share of width and height, 0 to 1.
    pub target: (f32, f32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CameraMove {
    Static,
    PushIn,
    PullOut,
    Pan,
    Tilt,
    Truck,
    Pedestal,
    Arc,
    Roll,
}

/// Something that the subject does.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectAction {
    pub kind: SubjectKind,
    pub from: u32,
    pub to: u32,
    /// 1 is a natural medium; 0 to 3.
    pub strength: f32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubjectKind {
    Breathe,
    Sway,
    Bounce,
    Dance,
}

/// The grid that movement and music share.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beat {
    /// Beats per minute, 60 to 180.
    pub tempo: f32,
    /// Beats to a bar.
    pub bar: u32,
}

/// What the soundtrack should feel like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mood {
    Calm,
    Bright,
    Lively,
    Grand,
    Dark,
}
