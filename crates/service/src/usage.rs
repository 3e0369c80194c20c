//! What a key used.

use domain::{
    failure::Failure,
    store::{UsageDay, UsageEntry},
    time::Timestamp,
};

use crate::{
    authenticate::Caller,
    service::{Service, store_failure},
};

/// A key's limits as they hold, its own or everybody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Tasks that wait at once.
    pub queued: u32,
    /// Tasks that run at once; `None`: as many as there are workers.
    pub running: Option<u32>,
    /// Seconds of video in one day, UTC.
    pub daily_seconds: Option<u64>,
}

impl Service {
    /// What the caller used, newest day first, both days included.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn usage(&self, caller: &Caller, from: Timestamp, to: Timestamp) -> Result<Vec<UsageDay>, Failure> {
        self.store.usage(caller.key, from, to).await.map_err(store_failure)
    }

    /// Lines of the caller's ledger, newest first, from below `before` on.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn ledger(&self, caller: &Caller, before: Option<i64>, limit: u32) -> Result<Vec<UsageEntry>, Failure> {
        self.store
            .ledger(caller.key, before, limit)
            .await
            .map_err(store_failure)
    }

    /// The caller's limits.
    pub fn allowance(&self, caller: &Caller) -> Allowance {
        let limits = &self.settings.limits;
        let general = (limits.running_per_key > 0).then_some(limits.running_per_key);
        Allowance {
            queued: limits.queue_per_key,
            running: caller.limits.concurrency.or(general),
            daily_seconds: limits.daily_seconds(caller),
        }
    }
}
