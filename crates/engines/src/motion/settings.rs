use domain::media::Picture;
use motion::Depth;
use serde::{Deserialize, Serialize};

/// The motion engine's own configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MotionSettings {
    /// Threads that draw and encode one clip; 0 takes one for each core. The bytes do not depend on it.
    pub threads: usize,
    /// What the watermark says, when one is asked for.
    pub label: String,
    /// Where the depth of pictures comes from.
    pub depth: DepthSource,
}

/// Where the depth of pictures comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub enum DepthSource {
    /// Estimated from the picture alone.
    #[default]
    Estimate,
}

impl From<DepthSource> for &'static str {
    fn from(source: DepthSource) -> Self {
        match source {
            DepthSource::Estimate => "estimate",
        }
    }
}

impl TryFrom<String> for DepthSource {
    type Error = String;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        match name.as_str() {
            "estimate" => Ok(Self::Estimate),
            _ => Err(format!(
                "there is no source of depth {name:?}; the only one is \"estimate\""
            )),
        }
    }
}

impl DepthSource {
    /// The depth of one picture.
    pub(super) fn of(self, _picture: &Picture) -> Depth {
        match self {
            Self::Estimate => Depth::Estimate,
        }
    }
}

impl Default for MotionSettings {
    fn default() -> Self {
        Self {
            threads: 0,
            label: motion::DEFAULT_LABEL.to_owned(),
            depth: DepthSource::default(),
        }
    }
}
