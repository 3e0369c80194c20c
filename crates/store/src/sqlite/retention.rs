//! Ended tasks lose their files first, then their rows.

use domain::id::TaskId;

use super::{
    operation::{Operation, Writing},
    queries,
};
use crate::{error::Error, rows};

pub(super) struct MarkExpired(pub(super) Vec<TaskId>);

impl Operation for MarkExpired {
    type Answer = ();

    fn apply(&self, writing: &mut Writing<'_>) -> Result<(), Error> {
        writing.execute(queries::MARK_ARTIFACTS_EXPIRED, [numbers(&self.0)?])?;
        Ok(())
    }
}

pub(super) struct DeleteRows(pub(super) Vec<TaskId>);

impl Operation for DeleteRows {
    type Answer = u64;

    fn apply(&self, writing: &mut Writing<'_>) -> Result<u64, Error> {
        Ok(writing.execute(queries::DELETE_TASKS, [numbers(&self.0)?])? as u64)
    }
}

/// The ids as a JSON list of numbers, which one parameter can hold.
pub(super) fn numbers(tasks: &[TaskId]) -> Result<String, Error> {
    rows::json(&tasks.iter().map(|task| task.as_i64()).collect::<Vec<_>>())
}
