//! Tasks that nobody works on any more: their worker died, or nobody came in time.

use async_trait::async_trait;
use domain::{
    failure::{Code, Failure},
    store::{Expired, RetryPolicy},
    time::Timestamp,
};
use sqlx::{Error, Row};

use super::{
    operation::{Operation, Writing},
    queries,
};
use crate::rows;

pub(super) struct Release {
    pub(super) policy: RetryPolicy,
    /// Every running task, whatever its lease says.
    pub(super) all: bool,
}

#[async_trait]
impl Operation for Release {
    type Answer = Vec<Expired>;

    async fn apply(&self, writing: &mut Writing<'_>) -> Result<Vec<Expired>, Error> {
        writing.waiting.clear();
        let exhausted = Failure::new(Code::AttemptsExhausted, "the task was interrupted too often");
        let latest_lease = if self.all { i64::MAX } else { writing.now.milliseconds() };
        let rows = sqlx::query(queries::RELEASE_TASKS)
            .bind(writing.now.milliseconds())
            .bind(latest_lease)
            .bind(i64::from(self.policy.most_attempts))
            .bind(rows::json(&exhausted)?)
            .bind((writing.now + self.policy.back_off).milliseconds())
            .fetch_all(&mut *writing.connection)
            .await?;
        let mut released = Vec::with_capacity(rows.len());
        for row in &rows {
            let expired = Expired {
                task: rows::task_id(row, "id")?,
                attempt: rows::count(row, "attempt")?,
                now: rows::state_name(row)?,
            };
            if expired.now.is_final() && row.try_get("has_webhook")? {
                writing.announce(expired.task).await?;
            }
            released.push(expired);
        }
        Ok(released)
    }
}

pub(super) struct FailOverdueOffPeak {
    pub(super) created_before: Timestamp,
    pub(super) failure: Failure,
}

#[async_trait]
impl Operation for FailOverdueOffPeak {
    type Answer = u64;

    async fn apply(&self, writing: &mut Writing<'_>) -> Result<u64, Error> {
        writing.waiting.clear();
        let rows = sqlx::query(queries::FAIL_OVERDUE)
            .bind(writing.now.milliseconds())
            .bind(self.created_before.milliseconds())
            .bind(rows::json(&self.failure)?)
            .fetch_all(&mut *writing.connection)
            .await?;
        for row in &rows {
            if row.try_get("has_webhook")? {
                writing.announce(rows::task_id(row, "id")?).await?;
            }
        }
        Ok(rows.len() as u64)
    }
}
