//! What is asked without changing anything.

use domain::{
    id::{KeyId, TaskId},
    request::Dialect,
    store::{
        Counts, DeliveryQuery, DeliveryRecord, DeliveryState, KeyRecord, ListOrder, ListQuery, UsageDay, UsageEntry,
    },
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

pub(super) async fn picture(readers: &SqlitePool, task: TaskId, number: u32) -> Result<Option<Vec<u8>>, Error> {
    sqlx::query_scalar(queries::GET_PICTURE)
        .bind(task.as_i64())
        .bind(number)
        .fetch_optional(readers)
        .await
}

pub(super) async fn queue_position(readers: &SqlitePool, id: TaskId, now: Timestamp) -> Result<Option<u32>, Error> {
    sqlx::query(queries::QUEUE_POSITION)
        .bind(id.as_i64())
        .bind(now.milliseconds())
        .bind(9_999)
        .fetch_optional(readers)
        .await?
        .map(|row| rows::count(&row, "position"))
        .transpose()
}

pub(super) async fn list(readers: &SqlitePool, key: KeyId, wanted: &ListQuery) -> Result<Vec<Task>, Error> {
    let (above, below) = bounds(wanted);
    let text = list_text(wanted);
    let states: Vec<&str> = wanted.states.iter().map(|state| state.name()).collect();
    let states = match states.as_slice() {
        // This text knows one state alone.
        [state] if text == queries::LIST_TASKS_IN_STATE => Some((*state).to_owned()),
        states => any_of(states)?,
    };
    let found = sqlx::query(text)
        .bind(key.0)
        .bind(above)
        .bind(below)
        .bind(i64::from(wanted.limit.min(LONGEST_LIST)))
        .bind(states)
        .bind(any_of(&wanted.models)?)
        .bind(wanted.dialect.map(Dialect::name))
        .bind(&wanted.payload)
        .fetch_all(readers)
        .await?;
    found.iter().map(rows::task).collect()
}

/// The text that has an index for what is asked.
fn list_text(wanted: &ListQuery) -> &'static str {
    match (wanted.order, &wanted.payload, wanted.states.as_slice()) {
        (ListOrder::OldestFirst, ..) => queries::LIST_OLDEST_TASKS,
        (ListOrder::NewestFirst, Some(_), _) => queries::LIST_TASKS_OF_PAYLOAD,
        (ListOrder::NewestFirst, None, [_]) => queries::LIST_TASKS_IN_STATE,
        (ListOrder::NewestFirst, None, _) => queries::LIST_TASKS,
    }
}

/// Ids lie between these two, both excluded: an id holds the time of its birth.
fn bounds(wanted: &ListQuery) -> (i64, i64) {
    let first_of = |time: Timestamp| TaskId::first_of(time).as_i64();
    let above = wanted.created_from.map_or(-1, |time| first_of(time) - 1);
    let below = wanted.created_until.map_or(i64::MAX, first_of);
    match (wanted.order, wanted.after.map(TaskId::as_i64)) {
        (_, None) => (above, below),
        (ListOrder::NewestFirst, Some(after)) => (above, below.min(after)),
        (ListOrder::OldestFirst, Some(after)) => (above.max(after), below),
    }
}

/// A JSON list that a value is to be in; `None` for no condition.
fn any_of<T: serde::Serialize>(values: &[T]) -> Result<Option<String>, Error> {
    (!values.is_empty()).then(|| rows::json(&values)).transpose()
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

pub(super) async fn rows_due(
    readers: &SqlitePool,
    finished_before: Timestamp,
    limit: u32,
) -> Result<Vec<TaskId>, Error> {
    let found = sqlx::query(queries::ROWS_DUE)
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

pub(super) async fn deliveries(
    readers: &SqlitePool,
    key: KeyId,
    wanted: &DeliveryQuery,
) -> Result<Vec<DeliveryRecord>, Error> {
    let text = match wanted.state {
        Some(_) => queries::LIST_DELIVERIES_IN_STATE,
        None => queries::LIST_DELIVERIES,
    };
    let found = sqlx::query(text)
        .bind(key.0)
        .bind(wanted.before.unwrap_or(i64::MAX))
        .bind(i64::from(wanted.limit.min(LONGEST_LIST)))
        .bind(wanted.task.map(TaskId::as_i64))
        .bind(wanted.state.map(DeliveryState::name))
        .fetch_all(readers)
        .await?;
    let mut deliveries = found.iter().map(rows::delivery).collect::<Result<Vec<_>, _>>()?;
    let ids: Vec<i64> = deliveries.iter().map(|delivery| delivery.id).collect();
    let tries = sqlx::query(queries::LIST_TRIES)
        .bind(rows::json(&ids)?)
        .fetch_all(readers)
        .await?;
    for row in &tries {
        let id = row.integer("delivery_id")?;
        if let Some(delivery) = deliveries.iter_mut().find(|delivery| delivery.id == id) {
            delivery.tries.push(rows::delivery_try(row)?);
        }
    }
    Ok(deliveries)
}

pub(super) async fn usage(
    readers: &SqlitePool,
    key: KeyId,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<UsageDay>, Error> {
    let day = |time: Timestamp| time.milliseconds().div_euclid(86_400_000);
    let found = sqlx::query(queries::LIST_USAGE)
        .bind(key.0)
        .bind(day(from))
        .bind(day(to))
        .fetch_all(readers)
        .await?;
    found.iter().map(rows::usage_day).collect()
}

pub(super) async fn ledger(
    readers: &SqlitePool,
    key: KeyId,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<UsageEntry>, Error> {
    let found = sqlx::query(queries::LIST_USAGE_ENTRIES)
        .bind(key.0)
        .bind(before.unwrap_or(i64::MAX))
        .bind(i64::from(limit.min(LONGEST_LIST)))
        .fetch_all(readers)
        .await?;
    found.iter().map(rows::usage_entry).collect()
}

pub(super) async fn key_by_id(readers: &SqlitePool, id: KeyId) -> Result<Option<KeyRecord>, Error> {
    sqlx::query(queries::FIND_KEY_BY_ID)
        .bind(id.0)
        .fetch_optional(readers)
        .await?
        .map(|row| rows::key(&row))
        .transpose()
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
