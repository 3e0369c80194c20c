//! The models that clients may ask for, as data: `catalog.toml` beside this crate.

use serde::{Deserialize, Serialize};

use crate::request::{Profile, Resolution};

/// The table of models, in the order in which it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalog {
    #[serde(rename = "model")]
    pub models: Vec<Model>,
}

/// One public name with its limits and defaults.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    pub name: String,
    /// The engine that serves it.
    pub engine: String,
    pub profile: Profile,
    /// Image to video: the combinations that are allowed; the first one's first values are the defaults.
    pub image_to_video: Vec<Limits>,
    /// First and last frame to video; empty when the model does not offer it.
    #[serde(default)]
    pub start_end_to_video: Vec<Limits>,
    /// Characters.
    pub prompt_limit: usize,
    /// The frame sizes that may be asked for, `1280x720`; empty: any that the engine can draw.
    #[serde(default)]
    pub sizes: Vec<String>,
}

/// A set of durations that goes with a set of resolutions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Whole seconds, ascending.
    pub durations: Vec<u32>,
    pub default_duration: u32,
    /// The default first.
    pub resolutions: Vec<Resolution>,
}

/// What the client wants made from its pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Operation {
    #[default]
    ImageToVideo,
    /// Exactly two pictures.
    StartEndToVideo,
    /// One to [`Operation::MOST_REFERENCES`] pictures of what should be seen.
    ReferenceToVideo,
    /// A picture, and others with the seconds from the one before to each.
    MultiFrame,
}

impl Operation {
    pub const MOST_REFERENCES: usize = 21;
}

impl Model {
    pub fn limits(&self, operation: Operation) -> &[Limits] {
        match operation {
            Operation::ImageToVideo | Operation::ReferenceToVideo | Operation::MultiFrame => &self.image_to_video,
            Operation::StartEndToVideo => &self.start_end_to_video,
        }
    }
}

impl Catalog {
    /// The models that this build knows.
    ///
    /// # Errors
    /// When the embedded table does not parse, which a test rules out.
    pub fn builtin() -> Result<Self, toml::de::Error> {
        toml::from_str(include_str!("../catalog.toml"))
    }

    pub fn model(&self, name: &str) -> Option<&Model> {
        self.models.iter().find(|model| model.name == name)
    }
}
