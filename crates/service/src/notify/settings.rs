//! How callbacks are sent.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::quantity;

/// How callbacks are sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NotifySettings {
    /// For one try, from the look-up of the name to the head of the answer.
    #[serde(with = "quantity::duration")]
    pub timeout: Duration,
    /// The waits before the second try, the third, and so on; after the last one's try a callback is given
    /// up, if its dialect has not given up before.
    pub retry_after: Vec<Wait>,
    /// How many callbacks are sent at once: at most half of them for one API key, and an eighth to one receiver.
    pub at_once: u32,
    /// Whether dialects that know it announce that a task has begun. Some receivers take every state that
    /// they do not expect for a failure.
    pub beginnings: bool,
}

impl NotifySettings {
    /// What nobody can work with, in a sentence.
    pub(crate) fn problem(&self) -> Option<&'static str> {
        if self.at_once == 0 {
            Some("notify.at_once must be at least 1")
        } else if self.timeout.is_zero() {
            Some("notify.timeout must be more than nothing")
        } else {
            None
        }
    }
}

/// A duration in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Wait(#[serde(with = "quantity::duration")] pub Duration);

impl Default for NotifySettings {
    fn default() -> Self {
        let schedule = [10, 30, 120, 600, 3600, 6 * 3600, 24 * 3600];
        Self {
            timeout: Duration::from_secs(5),
            retry_after: schedule.map(|seconds| Wait(Duration::from_secs(seconds))).to_vec(),
            at_once: 64,
            beginnings: true,
        }
    }
}
