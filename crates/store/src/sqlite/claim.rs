//! A worker takes the next task.

use domain::{
    failure::Failure,
    state::StateName,
    store::{Claim, ClaimTerms, Claimed, Event},
    task::Task,
};
use rusqlite::Row;

use super::{
    attempt,
    operation::{Operation, Writing},
    queries,
};
use crate::{
    error::Error,
    rows::{self, NamedColumns},
};

/// What was claimed, even where the task itself cannot be read.
struct Next {
    claim: Claim,
    key: i64,
    announce_beginning: bool,
    task: Result<Task, Error>,
}

impl Next {
    fn read(row: &Row<'_>) -> Result<Self, Error> {
        Ok(Self {
            claim: Claim::new(rows::task_id(row, "id")?, rows::count(row, "attempt")?),
            key: row.integer("key_id")?,
            announce_beginning: row.flag("has_webhook")? && row.flag("announce_beginning")?,
            task: rows::task(row),
        })
    }
}

pub(super) struct ClaimNext(pub(super) ClaimTerms);

impl Operation for ClaimNext {
    type Answer = Option<Claimed>;

    fn apply(&self, writing: &mut Writing<'_>) -> Result<Option<Claimed>, Error> {
        writing.waiting.clear();
        loop {
            let values = (
                writing.now.milliseconds(),
                (writing.now + self.0.lease).milliseconds(),
                self.0.off_peak_now,
                self.0.per_key,
            );
            let Some(next) = writing.first(queries::CLAIM_TASK, values, Next::read)? else {
                return Ok(None);
            };
            writing.execute(queries::TAKE_TURN, [next.key])?;
            let claim = next.claim;
            match next.task {
                Ok(task) => {
                    if claim.attempt() == 1 && next.announce_beginning {
                        writing.insert_delivery(claim.task(), Event::Began)?;
                    }
                    return Ok(Some(Claimed { claim, task }));
                }
                // A row that nobody can read would be claimed for ever and hold up the whole queue.
                Err(error) => {
                    tracing::error!(task = %claim.task(), %error, "a task's row cannot be read");
                    let failure = rows::json(&Failure::internal(error))?;
                    attempt::end(writing, &claim, StateName::Failed, None, Some(failure))?;
                }
            }
        }
    }
}
