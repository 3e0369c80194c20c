//! API keys: who they are, what they may do, and what they used.

use crate::{
    id::{KeyId, TaskId},
    time::Timestamp,
};

/// An API key as a store keeps it. The token itself is nowhere in clear text.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyRecord {
    pub id: KeyId,
    pub name: String,
    /// SHA-256 of the token, for look-up.
    pub hash: [u8; 32],
    /// The token, encrypted under the data directory's secret.
    pub sealed: Vec<u8>,
    pub created_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
    pub limits: KeyLimits,
}

/// What one API key may do. `None`: what is configured for all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KeyLimits {
    /// Tasks that run at once; others wait.
    pub concurrency: Option<u32>,
    pub requests_per_second: Option<u32>,
    /// Seconds of video in one day, UTC.
    pub daily_seconds: Option<u64>,
}

/// What a key used on one day, UTC. A refund belongs to the day on which its task was accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsageDay {
    /// The day's first moment.
    pub day: Timestamp,
    pub tasks: u64,
    /// Seconds of video.
    pub seconds: u64,
    /// Tasks that failed or were cancelled.
    pub refunded_tasks: u64,
    pub refunded_seconds: u64,
}

/// One line of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsageEntry {
    pub id: i64,
    pub task: TaskId,
    pub at: Timestamp,
    /// Seconds of video; negative for a refund.
    pub seconds: i64,
}

impl std::fmt::Debug for KeyRecord {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("KeyRecord")
            .field("id", &self.id)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
