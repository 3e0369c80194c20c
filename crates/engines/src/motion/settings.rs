use serde::{Deserialize, Serialize};

/// The motion engine's own configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MotionSettings {
    /// Threads that draw and encode one clip; 0 takes one for each core. The bytes do not depend on it.
    pub threads: usize,
    /// What the watermark says, when one is asked for.
    pub label: String,
}

impl Default for MotionSettings {
    fn default() -> Self {
        Self {
            threads: 0,
            label: motion::DEFAULT_LABEL.to_owned(),
        }
    }
}
