//! What can be set about a store. Nothing here makes a commit less durable.

use std::{fmt, sync::Arc, time::Duration};

use serde::{Deserialize, Serialize};

/// Called after each commit with the time that it took, from the begin of its transaction until it was
/// on disk, and the number of writes in it. It runs on the writer's thread, so it must not block.
pub type CommitObserver = Arc<dyn Fn(Duration, usize) + Send + Sync>;

/// How a store works.
#[derive(Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StoreSettings {
    /// Connections that read, at least 1.
    pub readers: u32,
    /// Writes that may wait for the next commit, at least 1; beyond them callers hear
    /// [`domain::store::StoreError::Busy`].
    pub waiting_writes: usize,
    /// Writes in one commit at most, at least 1.
    pub largest_commit: usize,
    /// Milliseconds to wait for another process that writes to the same database.
    pub busy_timeout_ms: u64,
    #[serde(skip)]
    pub commit_observer: Option<CommitObserver>,
}

impl Default for StoreSettings {
    fn default() -> Self {
        Self {
            readers: 4,
            waiting_writes: 1024,
            largest_commit: 256,
            busy_timeout_ms: 5000,
            commit_observer: None,
        }
    }
}

impl fmt::Debug for StoreSettings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("StoreSettings")
            .field("readers", &self.readers)
            .field("waiting_writes", &self.waiting_writes)
            .field("largest_commit", &self.largest_commit)
            .field("busy_timeout_ms", &self.busy_timeout_ms)
            .finish_non_exhaustive()
    }
}
