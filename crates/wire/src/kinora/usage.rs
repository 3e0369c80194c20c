//! What a key used and may use.

use domain::store::{UsageDay, UsageEntry};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::rfc3339;

/// One key's usage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = kinora::Usage)]
pub struct Usage {
    pub limits: Limits,
    /// Newest first; days without a task are left out.
    pub days: Vec<Day>,
    /// The newest lines of the ledger.
    pub entries: Vec<Entry>,
    /// Pass it as `after` for older lines; null when there are none.
    pub next: Option<String>,
}

/// What holds for this key; null is no limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = kinora::Limits)]
pub struct Limits {
    /// Tasks that wait at once.
    pub queued: u32,
    /// Tasks that run at once.
    pub running: Option<u32>,
    /// Seconds of video in one day, UTC.
    pub daily_seconds: Option<u64>,
}

/// One day, UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = kinora::UsageDay)]
pub struct Day {
    #[schema(example = "2026-11-20")]
    pub day: String,
    /// Tasks that were accepted.
    pub tasks: u64,
    /// Seconds of video.
    pub seconds: u64,
    /// Of those, tasks that failed or were cancelled.
    pub refunded_tasks: u64,
    pub refunded_seconds: u64,
}

/// One line of the ledger, which only grows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = kinora::UsageEntry)]
pub struct Entry {
    #[schema(example = "7530125487000584192")]
    pub task_id: String,
    pub at: String,
    /// Of video; negative for a refund.
    #[schema(example = 5)]
    pub seconds: i64,
}

/// Shows a day.
pub fn day(day: &UsageDay) -> Day {
    let text = rfc3339::text(day.day);
    Day {
        day: text.get(..10).unwrap_or_default().to_owned(),
        tasks: day.tasks,
        seconds: day.seconds,
        refunded_tasks: day.refunded_tasks,
        refunded_seconds: day.refunded_seconds,
    }
}

/// Shows a line.
pub fn entry(entry: &UsageEntry) -> Entry {
    Entry {
        task_id: entry.task.to_string(),
        at: rfc3339::text(entry.at),
        seconds: entry.seconds,
    }
}
