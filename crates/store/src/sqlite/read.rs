//! What is asked without changing anything.

use domain::{
    id::{KeyId, TaskId},
    request::Dialect,
    store::{
        Counts, DeliveryQuery, DeliveryRecord, DeliveryState, KeyRecord, ListOrder, ListQuery, StateChange, UsageDay,
        UsageEntry,
    },
    task::Task,
    time::Timestamp,
};
use rusqlite::Connection;

use super::{
    queries,
    retention::numbers,
    statement::{all, first},
};
use crate::{
    error::Error,
    rows::{self, NamedColumns},
};

/// The longest list that is given out at once.
const LONGEST_LIST: u32 = 1000;

pub(super) fn task(connection: &Connection, key: KeyId, id: TaskId) -> Result<Option<Task>, Error> {
    first(connection, queries::GET_TASK, (id.as_i64(), key.0), |row| {
        rows::task(row)
    })
}

pub(super) fn changes(connection: &Connection, key: KeyId, id: TaskId, after: u32) -> Result<Vec<StateChange>, Error> {
    let values = (id.as_i64(), key.0, after);
    all(connection, queries::LIST_CHANGES, values, |row| rows::change(row))
}

pub(super) fn picture(connection: &Connection, task: TaskId, number: u32) -> Result<Option<Vec<u8>>, Error> {
    first(connection, queries::GET_PICTURE, (task.as_i64(), number), |row| {
        row.bytes("bytes").map(<[u8]>::to_vec)
    })
}

/// A place up to `exact` is exact; one behind it is greater than that.
pub(super) fn queue_position(
    connection: &Connection,
    id: TaskId,
    now: Timestamp,
    exact: u32,
) -> Result<Option<u32>, Error> {
    let values = (id.as_i64(), now.milliseconds(), exact);
    first(connection, queries::QUEUE_POSITION, values, |row| {
        rows::count(row, "position")
    })
}

pub(super) fn list(connection: &Connection, key: KeyId, wanted: &ListQuery) -> Result<Vec<Task>, Error> {
    let (above, below) = bounds(wanted);
    let text = list_text(wanted);
    let states: Vec<&str> = wanted.states.iter().map(|state| state.name()).collect();
    let states = match states.as_slice() {
        // This text knows one state alone.
        [state] if text == queries::LIST_TASKS_IN_STATE => Some((*state).to_owned()),
        states => any_of(states)?,
    };
    let values = (
        key.0,
        above,
        below,
        wanted.limit.min(LONGEST_LIST),
        states,
        any_of(&wanted.models)?,
        wanted.dialect.map(Dialect::name),
        &wanted.payload,
    );
    all(connection, text, values, |row| rows::task(row))
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

pub(super) fn artifacts_due(
    connection: &Connection,
    finished_before: Timestamp,
    limit: u32,
) -> Result<Vec<TaskId>, Error> {
    let values = (finished_before.milliseconds(), limit);
    all(connection, queries::ARTIFACTS_DUE, values, |row| {
        rows::task_id(row, "id")
    })
}

pub(super) fn rows_due(connection: &Connection, finished_before: Timestamp, limit: u32) -> Result<Vec<TaskId>, Error> {
    let values = (finished_before.milliseconds(), limit);
    all(connection, queries::ROWS_DUE, values, |row| rows::task_id(row, "id"))
}

pub(super) fn existing(connection: &Connection, tasks: &[TaskId]) -> Result<Vec<TaskId>, Error> {
    all(connection, queries::EXISTING_TASKS, [numbers(tasks)?], |row| {
        rows::task_id(row, "id")
    })
}

pub(super) fn counts(connection: &Connection) -> Result<Counts, Error> {
    let counts = first(connection, queries::COUNT_TASKS, [], |row| {
        let number = |name: &str| row.integer(name).map(i64::unsigned_abs);
        Ok(Counts {
            queued: number("queued")?,
            running: number("running")?,
            succeeded: number("succeeded")?,
            failed: number("failed")?,
            cancelled: number("cancelled")?,
            oldest_queued: row.optional_integer("oldest_queued")?.map(Timestamp::from_milliseconds),
        })
    })?;
    Ok(counts.unwrap_or_default())
}

pub(super) fn deliveries(
    connection: &Connection,
    key: KeyId,
    wanted: &DeliveryQuery,
) -> Result<Vec<DeliveryRecord>, Error> {
    let text = match wanted.state {
        Some(_) => queries::LIST_DELIVERIES_IN_STATE,
        None => queries::LIST_DELIVERIES,
    };
    let values = (
        key.0,
        wanted.before.unwrap_or(i64::MAX),
        wanted.limit.min(LONGEST_LIST),
        wanted.task.map(TaskId::as_i64),
        wanted.state.map(DeliveryState::name),
    );
    let mut deliveries = all(connection, text, values, |row| rows::delivery(row))?;
    let ids: Vec<i64> = deliveries.iter().map(|delivery| delivery.id).collect();
    let tries = all(connection, queries::LIST_TRIES, [rows::json(&ids)?], |row| {
        Ok((row.integer("delivery_id")?, rows::delivery_try(row)?))
    })?;
    for (id, tried) in tries {
        if let Some(delivery) = deliveries.iter_mut().find(|delivery| delivery.id == id) {
            delivery.tries.push(tried);
        }
    }
    Ok(deliveries)
}

pub(super) fn usage(
    connection: &Connection,
    key: KeyId,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<UsageDay>, Error> {
    let day = |time: Timestamp| time.milliseconds().div_euclid(86_400_000);
    let values = (key.0, day(from), day(to));
    all(connection, queries::LIST_USAGE, values, |row| rows::usage_day(row))
}

pub(super) fn ledger(
    connection: &Connection,
    key: KeyId,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<UsageEntry>, Error> {
    let values = (key.0, before.unwrap_or(i64::MAX), limit.min(LONGEST_LIST));
    all(connection, queries::LIST_USAGE_ENTRIES, values, |row| {
        rows::usage_entry(row)
    })
}

pub(super) fn key_by_id(connection: &Connection, id: KeyId) -> Result<Option<KeyRecord>, Error> {
    first(connection, queries::FIND_KEY_BY_ID, [id.0], |row| rows::key(row))
}

pub(super) fn key(connection: &Connection, hash: [u8; 32]) -> Result<Option<KeyRecord>, Error> {
    first(connection, queries::FIND_KEY, [hash], |row| rows::key(row))
}

pub(super) fn keys(connection: &Connection) -> Result<Vec<KeyRecord>, Error> {
    all(connection, queries::LIST_KEYS, [], |row| rows::key(row))
}
