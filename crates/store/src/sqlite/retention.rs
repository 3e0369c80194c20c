//! Ended tasks lose their files first, then their rows.

use async_trait::async_trait;
use domain::id::TaskId;
use sqlx::Error;

use super::{
    operation::{Operation, Writing},
    queries,
};
use crate::rows;

pub(super) struct MarkExpired(pub(super) Vec<TaskId>);

#[async_trait]
impl Operation for MarkExpired {
    type Answer = ();

    async fn apply(&self, writing: &mut Writing<'_>) -> Result<(), Error> {
        sqlx::query(queries::MARK_ARTIFACTS_EXPIRED)
            .bind(numbers(&self.0)?)
            .execute(&mut *writing.connection)
            .await?;
        Ok(())
    }
}

pub(super) struct DeleteRows(pub(super) Vec<TaskId>);

#[async_trait]
impl Operation for DeleteRows {
    type Answer = u64;

    async fn apply(&self, writing: &mut Writing<'_>) -> Result<u64, Error> {
        let deleted = sqlx::query(queries::DELETE_TASKS)
            .bind(numbers(&self.0)?)
            .execute(&mut *writing.connection)
            .await?;
        Ok(deleted.rows_affected())
    }
}

/// The ids as a JSON list of numbers, which one parameter can hold.
pub(super) fn numbers(tasks: &[TaskId]) -> Result<String, Error> {
    rows::json(&tasks.iter().map(|task| task.as_i64()).collect::<Vec<_>>())
}
