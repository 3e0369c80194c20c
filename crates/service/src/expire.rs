//! What is kept for how long: results, then rows, and what nobody remembers.

use std::time::Duration;

use domain::{
    failure::{Code, Failure},
    id::TaskId,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

use crate::{
    objects, quantity,
    service::{Service, store_failure},
};

/// Tasks in one step.
const BATCH: u32 = 200;

/// How long things are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RetentionSettings {
    /// Results, from the end of their task on.
    #[serde(with = "quantity::duration")]
    pub artifacts: Duration,
    /// Ended tasks and the pictures that they were made from, from their end on; their results are gone before.
    #[serde(with = "quantity::duration")]
    pub rows: Duration,
    /// Files without a task, from the time on that their task would have been made.
    #[serde(with = "quantity::duration")]
    pub orphans: Duration,
    /// How often this is looked after.
    #[serde(with = "quantity::duration")]
    pub interval: Duration,
}

impl Default for RetentionSettings {
    fn default() -> Self {
        let days = |days: u64| Duration::from_secs(days * 24 * 3600);
        Self {
            artifacts: days(7),
            rows: days(30),
            orphans: Duration::from_secs(3600),
            interval: Duration::from_secs(600),
        }
    }
}

impl RetentionSettings {
    /// What nobody can work with, in a sentence.
    pub(crate) fn problem(&self) -> Option<&'static str> {
        if self.interval.is_zero() {
            Some("retention.interval must be more than nothing")
        } else if self.rows < self.artifacts {
            Some("retention.rows must be at least retention.artifacts: a task outlives its results")
        } else {
            None
        }
    }
}

impl Service {
    /// One round: expires results, deletes rows, sweeps what belongs to no task.
    ///
    /// # Errors
    /// When the store or the object store fails; the next round goes on from there.
    pub async fn expire(&self) -> Result<(), Failure> {
        self.expire_artifacts().await?;
        self.delete_rows().await?;
        self.sweep_uploads().await?;
        self.sweep_orphans().await
    }

    async fn expire_artifacts(&self) -> Result<(), Failure> {
        let before = ago(self.now(), self.settings.retention.artifacts);
        loop {
            let due = self.store.artifacts_due(before, BATCH).await.map_err(store_failure)?;
            for task in &due {
                self.objects.delete_below(&objects::artifacts(*task)).await?;
            }
            let marked = self.store.mark_artifacts_expired(&due).await;
            marked.map_err(store_failure)?;
            if !due.is_empty() {
                tracing::info!(tasks = due.len(), "results expired");
            }
            if due.len() < BATCH as usize {
                return Ok(());
            }
        }
    }

    /// Files first: a row without its files is tried again, files without their row would be orphans.
    async fn delete_rows(&self) -> Result<(), Failure> {
        let before = ago(self.now(), self.settings.retention.rows);
        loop {
            let due = self.store.rows_due(before, BATCH).await.map_err(store_failure)?;
            self.delete_for_good(&due).await?;
            if due.len() < BATCH as usize {
                return Ok(());
            }
        }
    }

    /// Deletes files and rows of ended tasks.
    pub(crate) async fn delete_for_good(&self, tasks: &[TaskId]) -> Result<(), Failure> {
        for task in tasks {
            self.objects.delete_task(*task).await?;
        }
        let deleted = self.store.delete_rows(tasks).await.map_err(store_failure)?;
        if deleted > 0 {
            tracing::info!(tasks = deleted, "tasks deleted with their files");
        }
        Ok(())
    }

    /// A submit that never came to its row, or rows that are gone: an id tells its own age.
    async fn sweep_orphans(&self) -> Result<(), Failure> {
        let youngest = TaskId::new(ago(self.now(), self.settings.retention.orphans), 0);
        let mut old = self.objects.tasks().await?;
        old.retain(|task| *task < youngest);
        for batch in old.chunks(BATCH as usize) {
            let existing = self.store.existing(batch).await.map_err(store_failure)?;
            for task in batch.iter().filter(|task| !existing.contains(task)) {
                tracing::info!(%task, "files without a task deleted");
                self.objects.delete_task(*task).await?;
            }
        }
        Ok(())
    }

    /// Fails the off-peak tasks that have waited too long.
    pub(crate) async fn expire_off_peak(&self) -> Result<(), Failure> {
        let limit = self.settings.worker.off_peak_limit;
        let public = format!("the off-peak task found no free time within {}", spelled(limit));
        let failure = Failure::new(Code::OffPeakExpired, public);
        let before = ago(self.now(), limit);
        let failed = self.store.fail_overdue_off_peak(before, &failure).await;
        let failed = failed.map_err(store_failure)?;
        if failed > 0 {
            tracing::warn!(tasks = failed, "off-peak tasks waited too long");
            self.callbacks_due.notify_one();
        }
        Ok(())
    }
}

/// `48 hours`; what is no number of hours as it would be configured.
fn spelled(limit: Duration) -> String {
    let seconds = limit.as_secs();
    if seconds >= 2 * 3600 && seconds.is_multiple_of(3600) {
        format!("{} hours", seconds / 3600)
    } else {
        quantity::duration::format(limit)
    }
}

fn ago(now: Timestamp, duration: Duration) -> Timestamp {
    let milliseconds = i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
    Timestamp::from_milliseconds(now.milliseconds().saturating_sub(milliseconds).max(0))
}
