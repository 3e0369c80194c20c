//! Identifiers.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::time::Timestamp;

const RANDOM_BITS: u32 = 22;

/// A task's id: one 63-bit number, 41 bits of milliseconds since 1970 above 22 random bits, so that
/// ids sort by time of birth. Decimal everywhere, in JSON too (as a string: it exceeds 2^53).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(i64);

impl TaskId {
    /// Makes an id from the time and from `random`, of which the lowest 22 bits are used.
    pub fn new(now: Timestamp, random: u32) -> Self {
        let milliseconds = now.milliseconds() & ((1 << 41) - 1);
        let random = i64::from(random & ((1 << RANDOM_BITS) - 1));
        Self((milliseconds << RANDOM_BITS) | random)
    }

    /// The least id of a task that is born at this time: whatever is below is older.
    pub fn first_of(time: Timestamp) -> Self {
        let latest = (1 << 41) - 1;
        Self(time.milliseconds().clamp(0, latest) << RANDOM_BITS)
    }

    /// The next id above this one.
    #[must_use]
    pub fn following(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// Takes a number that a store kept. Negative numbers are no ids.
    pub fn from_i64(number: i64) -> Option<Self> {
        (number >= 0).then_some(Self(number))
    }

    pub fn as_i64(self) -> i64 {
        self.0
    }
}

impl fmt::Display for TaskId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl fmt::Debug for TaskId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "TaskId({})", self.0)
    }
}

/// The text was not a decimal task id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a task id is a decimal number")]
pub struct NotATaskId;

impl FromStr for TaskId {
    type Err = NotATaskId;

    fn from_str(text: &str) -> Result<Self, NotATaskId> {
        if text.is_empty() || text.len() > 19 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NotATaskId);
        }
        text.parse().ok().and_then(Self::from_i64).ok_or(NotATaskId)
    }
}

impl Serialize for TaskId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TaskId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// An API key's row number. Every task belongs to one; another key's task does not exist for the asker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct KeyId(pub i64);
