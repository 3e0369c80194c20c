//! What the motion engine decided to do with a prompt and a picture: typed, versioned, shown to the user
//! and stored with the task. The sound of a clip is composed from it too.
//!
//! Everything that happens has a stretch of frames: `from` is its first frame, `to` the first one after it.

mod camera;
mod look;
mod music;
mod overlay;
mod scenery;
mod sounds;
mod subject;
mod transition;

use serde::{Deserialize, Serialize};

pub use camera::{CameraMove, CameraTrack};
pub use look::{Grade, Look};
pub use music::{Beat, Mood, MusicStyle};
pub use overlay::{Overlay, OverlayKind};
pub use scenery::{SceneryKind, SceneryMotion};
pub use sounds::{SoundKind, SoundSource};
pub use subject::{SubjectAction, SubjectKind};
pub use transition::{Transition, TransitionKind};

use crate::{media::Size, request::Amplitude};

/// The version that this build writes and draws. Version 1 had no scenery, overlays, grade, transitions or pace.
pub const RECIPE_VERSION: u32 = 2;

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
    /// Whether the subject moves as a layer of its own, if it can be cut out with confidence. Else it moves as a soft part
    /// of the one picture.
    #[serde(default)]
    pub cut_out: bool,
    #[serde(default)]
    pub scenery: Vec<SceneryMotion>,
    /// Drawn in this order, over everything but the grade.
    #[serde(default)]
    pub overlays: Vec<Overlay>,
    #[serde(default)]
    pub grade: Vec<Grade>,
    /// One for each stretch between two pictures.
    #[serde(default)]
    pub transitions: Vec<Transition>,
    /// How fast time passes in scenery, subject and overlays: 1 is natural, 0.1 to 10.
    #[serde(default = "natural_pace")]
    pub pace: f32,
    pub beat: Beat,
    pub mood: Mood,
    /// What `bgm` plays.
    #[serde(default)]
    pub music: MusicStyle,
    /// What `audio` lets be heard, at most 200.
    #[serde(default)]
    pub sounds: Vec<SoundSource>,
    /// Words of the prompt that were understood, as they stood there.
    pub understood: Vec<String>,
    /// Words of the prompt that would ask for something and had no effect.
    pub without_effect: Vec<String>,
    /// One or two plain sentences: "Slow push in on the subject, light sway."
    pub summary: String,
}

fn natural_pace() -> f32 {
    1.0
}
