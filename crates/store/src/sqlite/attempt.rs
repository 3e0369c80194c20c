//! What a worker says about the attempt that it runs: that it goes on, and how it ended. Everything is
//! fenced on (task, attempt).

use std::time::Duration;

use domain::{
    request::Warning,
    state::{Progress, StateName},
    store::{Beat, Claim, Fenced, Outcome},
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

pub(super) struct BeatOnce {
    pub(super) claim: Claim,
    pub(super) progress: Progress,
    pub(super) lease: Duration,
}

impl Operation for BeatOnce {
    type Answer = Beat;

    fn apply(&self, writing: &mut Writing<'_>) -> Result<Beat, Error> {
        let values = (
            self.claim.task().as_i64(),
            self.claim.attempt(),
            (writing.now + self.lease).milliseconds(),
            self.progress.done,
            self.progress.total,
        );
        let cancel_requested = writing.first(queries::BEAT_TASK, values, |row| row.flag("cancel_requested"))?;
        Ok(match cancel_requested {
            Some(false) => Beat::GoOn,
            Some(true) => Beat::Cancel,
            None => Beat::LeaseLost,
        })
    }
}

pub(super) struct Finish {
    pub(super) claim: Claim,
    pub(super) outcome: Outcome,
}

impl Operation for Finish {
    type Answer = Fenced;

    fn apply(&self, writing: &mut Writing<'_>) -> Result<Fenced, Error> {
        let claim = &self.claim;
        match &self.outcome {
            Outcome::Succeeded { output, warnings } => {
                let output = Some(rows::json(output)?);
                let ended = end(writing, claim, StateName::Succeeded, output, None)?;
                if let Some(ended) = &ended {
                    add_warnings(writing, claim, &ended.warnings, warnings)?;
                }
                Ok(fenced(ended))
            }
            Outcome::Failed(failure) => {
                let failure = Some(rows::json(failure)?);
                end(writing, claim, StateName::Failed, None, failure).map(fenced)
            }
            Outcome::Cancelled => end(writing, claim, StateName::Cancelled, None, None).map(fenced),
            Outcome::Retry { not_before } => requeue(writing, claim, *not_before, true),
            Outcome::Returned { not_before } => requeue(writing, claim, *not_before, false),
        }
    }
}

fn fenced(ended: Option<Ended>) -> Fenced {
    match ended {
        Some(_) => Fenced::Done,
        None => Fenced::LeaseLost,
    }
}

/// What is to be known of a task that was moved to a final state.
pub(super) struct Ended {
    /// As they are stored.
    warnings: String,
}

/// Moves a running task to a final state and announces it. `None`: the lease is lost.
pub(super) fn end(
    writing: &Writing<'_>,
    claim: &Claim,
    state: StateName,
    output: Option<String>,
    failure: Option<String>,
) -> Result<Option<Ended>, Error> {
    let (task, attempt) = (claim.task().as_i64(), claim.attempt());
    let values = (task, attempt, state.name(), writing.now.milliseconds(), output, failure);
    let ended = writing.first(queries::FINISH_TASK, values, |row| {
        let warnings = row.text("warnings")?.to_owned();
        Ok((row.flag("has_webhook")?, Ended { warnings }))
    })?;
    let Some((has_webhook, ended)) = ended else {
        return Ok(None);
    };
    if has_webhook {
        writing.announce(claim.task())?;
    }
    Ok(Some(ended))
}

fn add_warnings(writing: &Writing<'_>, claim: &Claim, stored: &str, more: &[Warning]) -> Result<(), Error> {
    if more.is_empty() {
        return Ok(());
    }
    let mut warnings: Vec<Warning> = rows::parse("warnings", stored)?;
    warnings.extend_from_slice(more);
    writing.execute(queries::SET_WARNINGS, (claim.task().as_i64(), rows::json(&warnings)?))?;
    Ok(())
}

fn requeue(writing: &mut Writing<'_>, claim: &Claim, not_before: Timestamp, counts: bool) -> Result<Fenced, Error> {
    writing.waiting.clear();
    let values = (
        claim.task().as_i64(),
        claim.attempt(),
        writing.now.milliseconds(),
        not_before.milliseconds(),
        !counts,
    );
    let moved = writing.first(queries::REQUEUE_TASK, values, |row| {
        Ok(rows::state_name(row)?.is_final() && row.flag("has_webhook")?)
    })?;
    let Some(announced) = moved else {
        return Ok(Fenced::LeaseLost);
    };
    if announced {
        writing.announce(claim.task())?;
    }
    Ok(Fenced::Done)
}
