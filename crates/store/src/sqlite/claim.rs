//! A worker takes the next task.

use async_trait::async_trait;
use domain::{
    failure::Failure,
    state::StateName,
    store::{Claim, ClaimTerms, Claimed, Event},
};
use sqlx::{Error, Row};

use super::{
    attempt,
    operation::{Operation, Writing},
    queries,
};
use crate::rows;

pub(super) struct ClaimNext(pub(super) ClaimTerms);

#[async_trait]
impl Operation for ClaimNext {
    type Answer = Option<Claimed>;

    async fn apply(&self, writing: &mut Writing<'_>) -> Result<Option<Claimed>, Error> {
        writing.waiting.clear();
        loop {
            let row = sqlx::query(queries::CLAIM_TASK)
                .bind(writing.now.milliseconds())
                .bind((writing.now + self.0.lease).milliseconds())
                .bind(self.0.off_peak_now)
                .bind(i64::from(self.0.per_key))
                .fetch_optional(&mut *writing.connection)
                .await?;
            let Some(row) = row else { return Ok(None) };
            sqlx::query(queries::TAKE_TURN)
                .bind(row.try_get::<i64, _>("key_id")?)
                .execute(&mut *writing.connection)
                .await?;
            let claim = Claim::new(rows::task_id(&row, "id")?, rows::count(&row, "attempt")?);
            match rows::task(&row) {
                Ok(task) => {
                    if claim.attempt() == 1 && row.try_get("has_webhook")? && row.try_get("announce_beginning")? {
                        writing.insert_delivery(claim.task(), Event::Began).await?;
                    }
                    return Ok(Some(Claimed { claim, task }));
                }
                // A row that nobody can read would be claimed for ever and hold up the whole queue.
                Err(error) => {
                    tracing::error!(task = %claim.task(), %error, "a task's row cannot be read");
                    let failure = rows::json(&Failure::internal(error))?;
                    attempt::end(writing, &claim, StateName::Failed, None, Some(failure)).await?;
                }
            }
        }
    }
}
