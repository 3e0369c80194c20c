//! What a worker says about the attempt that it runs: that it goes on, and how it ended. Everything is
//! fenced on (task, attempt).

use std::time::Duration;

use async_trait::async_trait;
use domain::{
    request::Warning,
    state::{Progress, StateName},
    store::{Beat, Claim, Fenced, Outcome},
    time::Timestamp,
};
use sqlx::{Error, Row, sqlite::SqliteRow};

use super::{
    operation::{Operation, Writing},
    queries,
};
use crate::rows;

pub(super) struct BeatOnce {
    pub(super) claim: Claim,
    pub(super) progress: Progress,
    pub(super) lease: Duration,
}

#[async_trait]
impl Operation for BeatOnce {
    type Answer = Beat;

    async fn apply(&self, writing: &mut Writing<'_>) -> Result<Beat, Error> {
        let cancel_requested: Option<bool> = sqlx::query_scalar(queries::BEAT_TASK)
            .bind(self.claim.task().as_i64())
            .bind(i64::from(self.claim.attempt()))
            .bind((writing.now + self.lease).milliseconds())
            .bind(i64::from(self.progress.done))
            .bind(i64::from(self.progress.total))
            .fetch_optional(&mut *writing.connection)
            .await?;
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

#[async_trait]
impl Operation for Finish {
    type Answer = Fenced;

    async fn apply(&self, writing: &mut Writing<'_>) -> Result<Fenced, Error> {
        let claim = &self.claim;
        match &self.outcome {
            Outcome::Succeeded { output, warnings } => {
                let output = Some(rows::json(output)?);
                let ended = end(writing, claim, StateName::Succeeded, output, None).await?;
                if let Some(row) = &ended {
                    add_warnings(writing, claim, row, warnings).await?;
                }
                Ok(fenced(ended))
            }
            Outcome::Failed(failure) => {
                let failure = Some(rows::json(failure)?);
                end(writing, claim, StateName::Failed, None, failure).await.map(fenced)
            }
            Outcome::Cancelled => end(writing, claim, StateName::Cancelled, None, None).await.map(fenced),
            Outcome::Retry { not_before } => requeue(writing, claim, *not_before, true).await,
            Outcome::Returned { not_before } => requeue(writing, claim, *not_before, false).await,
        }
    }
}

fn fenced(ended: Option<SqliteRow>) -> Fenced {
    match ended {
        Some(_) => Fenced::Done,
        None => Fenced::LeaseLost,
    }
}

/// Moves a running task to a final state and announces it. `None`: the lease is lost.
pub(super) async fn end(
    writing: &mut Writing<'_>,
    claim: &Claim,
    state: StateName,
    output: Option<String>,
    failure: Option<String>,
) -> Result<Option<SqliteRow>, Error> {
    let row = sqlx::query(queries::FINISH_TASK)
        .bind(claim.task().as_i64())
        .bind(i64::from(claim.attempt()))
        .bind(state.name())
        .bind(writing.now.milliseconds())
        .bind(output)
        .bind(failure)
        .fetch_optional(&mut *writing.connection)
        .await?;
    if let Some(row) = &row
        && row.try_get("has_webhook")?
    {
        writing.announce(claim.task()).await?;
    }
    Ok(row)
}

async fn add_warnings(
    writing: &mut Writing<'_>,
    claim: &Claim,
    row: &SqliteRow,
    more: &[Warning],
) -> Result<(), Error> {
    if more.is_empty() {
        return Ok(());
    }
    let mut warnings: Vec<Warning> = rows::document(row, "warnings")?;
    warnings.extend_from_slice(more);
    sqlx::query(queries::SET_WARNINGS)
        .bind(claim.task().as_i64())
        .bind(rows::json(&warnings)?)
        .execute(&mut *writing.connection)
        .await?;
    Ok(())
}

async fn requeue(
    writing: &mut Writing<'_>,
    claim: &Claim,
    not_before: Timestamp,
    counts: bool,
) -> Result<Fenced, Error> {
    writing.waiting.clear();
    let row = sqlx::query(queries::REQUEUE_TASK)
        .bind(claim.task().as_i64())
        .bind(i64::from(claim.attempt()))
        .bind(writing.now.milliseconds())
        .bind(not_before.milliseconds())
        .bind(i64::from(!counts))
        .fetch_optional(&mut *writing.connection)
        .await?;
    let Some(row) = row else {
        return Ok(Fenced::LeaseLost);
    };
    if rows::state_name(&row)?.is_final() && row.try_get("has_webhook")? {
        writing.announce(claim.task()).await?;
    }
    Ok(Fenced::Done)
}
