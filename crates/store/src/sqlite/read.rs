//! What is asked without changing anything.

use domain::{
    id::{KeyId, TaskId},
    store::{Counts, KeyRecord, ListQuery},
    task::Task,
    time::Timestamp,
};
use sqlx::{Error, SqlitePool};

use super::{queries, retention::numbers};
use crate::rows::{self, NamedColumns};

/// The longest list that is given out at once.
const LONGEST_LIST: u32 = 1000;

pub(super) async fn task(readers: &SqlitePool, key: KeyId, id: TaskId) -> Result<Option<Task>, Error> {
    sqlx::query(queries::GET_TASK)
        .bind(id.as_i64())
        .bind(key.0)
        .fetch_optional(readers)
        .await?
        .map(|row| rows::task(&row))
        .transpose()
}

pub(super) async fn queue_position(readers: &SqlitePool, id: TaskId, now: Timestamp) -> Result<Option<u32>, Error> {
    sqlx::query(queries::QUEUE_POSITION)
        .bind(id.as_i64())
        .bind(now.milliseconds())
        .fetch_optional(readers)
        .await?
        .map(|row| rows::count(&row, "position"))
        .transpose()
}

pub(super) async fn list(readers: &SqlitePool, key: KeyId, wanted: &ListQuery) -> Result<Vec<Task>, Error> {
    let before = wanted.before.map_or(i64::MAX, TaskId::as_i64);
    let limit = i64::from(wanted.limit.min(LONGEST_LIST));
    let text = match wanted.state {
        Some(_) => queries::LIST_TASKS_IN_STATE,
        None => queries::LIST_TASKS,
    };
    let mut query = sqlx::query(text).bind(key.0).bind(before).bind(limit);
    if let Some(state) = wanted.state {
        query = query.bind(state.name());
    }
    let found = query.fetch_all(readers).await?;
    found.iter().map(rows::task).collect()
}

pub(super) async fn artifacts_due(
    readers: &SqlitePool,
    finished_before: Timestamp,
    limit: u32,
) -> Result<Vec<TaskId>, Error> {
    let found = sqlx::query(queries::ARTIFACTS_DUE)
        .bind(finished_before.milliseconds())
        .bind(i64::from(limit))
        .fetch_all(readers)
        .await?;
    found.iter().map(|row| rows::task_id(row, "id")).collect()
}

pub(super) async fn existing(readers: &SqlitePool, tasks: &[TaskId]) -> Result<Vec<TaskId>, Error> {
    let found = sqlx::query(queries::EXISTING_TASKS)
        .bind(numbers(tasks)?)
        .fetch_all(readers)
        .await?;
    found.iter().map(|row| rows::task_id(row, "id")).collect()
}

pub(super) async fn counts(readers: &SqlitePool) -> Result<Counts, Error> {
    let row = sqlx::query(queries::COUNT_TASKS).fetch_one(readers).await?;
    let number = |name: &str| row.integer(name).map(i64::unsigned_abs);
    Ok(Counts {
        queued: number("queued")?,
        running: number("running")?,
        succeeded: number("succeeded")?,
        failed: number("failed")?,
        cancelled: number("cancelled")?,
        oldest_queued: row.optional_integer("oldest_queued")?.map(Timestamp::from_milliseconds),
    })
}

pub(super) async fn key(readers: &SqlitePool, hash: [u8; 32]) -> Result<Option<KeyRecord>, Error> {
    sqlx::query(queries::FIND_KEY)
        .bind(hash.as_slice().to_vec())
        .fetch_optional(readers)
        .await?
        .map(|row| rows::key(&row))
        .transpose()
}

pub(super) async fn keys(readers: &SqlitePool) -> Result<Vec<KeyRecord>, Error> {
    let found = sqlx::query(queries::LIST_KEYS).fetch_all(readers).await?;
    found.iter().map(rows::key).collect()
}
