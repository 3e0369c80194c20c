//! Tasks that nobody works on any more: their worker died, or nobody came in time.

use domain::{
    failure::{Code, Failure},
    store::{Expired, RetryPolicy},
    time::Timestamp,
};

use super::{
    operation::{Operation, Writing},
    queries,
};
use crate::{
    error::Error,
    rows::{self, NamedColumns},
};

pub(super) struct Release {
    pub(super) policy: RetryPolicy,
    /// Every running task, whatever its lease says.
    pub(super) all: bool,
}

impl Operation for Release {
    type Answer = Vec<Expired>;

    fn apply(&self, writing: &mut Writing<'_>) -> Result<Vec<Expired>, Error> {
        writing.waiting.clear();
        let exhausted = Failure::new(Code::AttemptsExhausted, "the task was interrupted too often");
        let latest_lease = if self.all { i64::MAX } else { writing.now.milliseconds() };
        let values = (
            writing.now.milliseconds(),
            latest_lease,
            self.policy.most_attempts,
            rows::json(&exhausted)?,
            (writing.now + self.policy.back_off).milliseconds(),
        );
        let released = writing.all(queries::RELEASE_TASKS, values, |row| {
            let expired = Expired {
                task: rows::task_id(row, "id")?,
                attempt: rows::count(row, "attempt")?,
                now: rows::state_name(row)?,
            };
            Ok((row.flag("has_webhook")?, expired))
        })?;
        for (has_webhook, expired) in &released {
            if *has_webhook && expired.now.is_final() {
                writing.announce(expired.task)?;
            }
        }
        Ok(released.into_iter().map(|(_, expired)| expired).collect())
    }
}

pub(super) struct FailOverdueOffPeak {
    pub(super) created_before: Timestamp,
    pub(super) failure: Failure,
}

impl Operation for FailOverdueOffPeak {
    type Answer = u64;

    fn apply(&self, writing: &mut Writing<'_>) -> Result<u64, Error> {
        writing.waiting.clear();
        let values = (
            writing.now.milliseconds(),
            self.created_before.milliseconds(),
            rows::json(&self.failure)?,
        );
        let failed = writing.all(queries::FAIL_OVERDUE, values, |row| {
            Ok((row.flag("has_webhook")?, rows::task_id(row, "id")?))
        })?;
        for (has_webhook, task) in &failed {
            if *has_webhook {
                writing.announce(*task)?;
            }
        }
        Ok(failed.len() as u64)
    }
}
