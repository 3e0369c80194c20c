//! What a row means, for every database: the columns have the same names and types in each.

use domain::{
    failure::Failure,
    id::{KeyId, TaskId},
    request::Dialect,
    state::{Output, Progress, StateName, TaskState},
    store::{DeliveryRecord, DeliveryState, Event, KeyLimits, KeyRecord, StateChange, Try, UsageDay, UsageEntry},
    task::Task,
    time::Timestamp,
};
use serde::{Serialize, de::DeserializeOwned};

use crate::error::Error;

/// A row whose columns can be read by name. Implemented for every database's rows.
pub(crate) trait NamedColumns {
    fn integer(&self, name: &str) -> Result<i64, Error>;
    fn optional_integer(&self, name: &str) -> Result<Option<i64>, Error>;
    fn flag(&self, name: &str) -> Result<bool, Error>;
    fn text(&self, name: &str) -> Result<&str, Error>;
    fn optional_text(&self, name: &str) -> Result<Option<&str>, Error>;
    fn bytes(&self, name: &str) -> Result<&[u8], Error>;
}

/// A task from a row with all columns of `tasks`.
pub(crate) fn task(row: &impl NamedColumns) -> Result<Task, Error> {
    let created_at = timestamp(row, "created_at")?;
    Ok(Task {
        id: task_id(row, "id")?,
        key: KeyId(row.integer("key_id")?),
        dialect: named(row, "dialect", Dialect::from_name)?,
        request_id: row.text("request_id")?.to_owned(),
        request: document(row, "request")?,
        made_from: row
            .optional_integer("made_from")?
            .map(|_| task_id(row, "made_from"))
            .transpose()?,
        warnings: document(row, "warnings")?,
        state: state(row, created_at)?,
        attempts: count(row, "counted_attempts")?,
        created_at,
        started_at: row.optional_integer("started_at")?.map(Timestamp::from_milliseconds),
    })
}

fn state(row: &impl NamedColumns, created_at: Timestamp) -> Result<TaskState, Error> {
    Ok(match state_name(row)? {
        StateName::Queued => TaskState::Queued {
            not_before: timestamp(row, "not_before")?.max(created_at),
        },
        StateName::Running => TaskState::Running {
            attempt: count(row, "attempt")?,
            started_at: timestamp(row, "started_at")?,
            progress: Progress {
                done: count(row, "progress_done")?,
                total: count(row, "progress_total")?,
            },
        },
        StateName::Succeeded => TaskState::Succeeded {
            finished_at: timestamp(row, "finished_at")?,
            output: document::<Output>(row, "output")?,
            artifacts_expired: row.flag("artifacts_expired")?,
        },
        StateName::Failed => TaskState::Failed {
            finished_at: timestamp(row, "finished_at")?,
            failure: document::<Failure>(row, "failure")?,
        },
        StateName::Cancelled => TaskState::Cancelled {
            finished_at: timestamp(row, "finished_at")?,
        },
    })
}

/// A step of a task's life from a row of `state_changes`.
pub(crate) fn change(row: &impl NamedColumns) -> Result<StateChange, Error> {
    Ok(StateChange {
        number: count(row, "number")?,
        state: state_name(row)?,
        attempt: count(row, "attempt")?,
        at: row.optional_integer("at")?.map(Timestamp::from_milliseconds),
    })
}

/// The state in column `state`.
pub(crate) fn state_name(row: &impl NamedColumns) -> Result<StateName, Error> {
    named(row, "state", StateName::from_name)
}

/// The value whose name stands in this column.
pub(crate) fn named<T>(
    row: &impl NamedColumns,
    column: &str,
    from_name: impl Fn(&str) -> Option<T>,
) -> Result<T, Error> {
    from_name(row.text(column)?).ok_or_else(|| unreadable(column, "an unknown name"))
}

/// A callback from a row with all columns of `deliveries`, its tries still to be added.
pub(crate) fn delivery(row: &impl NamedColumns) -> Result<DeliveryRecord, Error> {
    Ok(DeliveryRecord {
        id: row.integer("id")?,
        task: task_id(row, "task_id")?,
        event: named(row, "event", Event::from_name)?,
        state: named(row, "state", DeliveryState::from_name)?,
        due_at: timestamp(row, "due_at")?,
        created_at: timestamp(row, "created_at")?,
        ended_at: row.optional_integer("ended_at")?.map(Timestamp::from_milliseconds),
        tries: Vec::new(),
    })
}

/// A try from a row with all columns of `delivery_tries`.
pub(crate) fn delivery_try(row: &impl NamedColumns) -> Result<Try, Error> {
    Ok(Try {
        at: timestamp(row, "tried_at")?,
        took: count(row, "took")?,
        status: row
            .optional_integer("status")?
            .and_then(|status| u16::try_from(status).ok()),
        problem: row.optional_text("problem")?.map(str::to_owned),
    })
}

/// An API key from a row with all columns of `api_keys`.
pub(crate) fn key(row: &impl NamedColumns) -> Result<KeyRecord, Error> {
    Ok(KeyRecord {
        id: KeyId(row.integer("id")?),
        name: row.text("name")?.to_owned(),
        hash: row
            .bytes("hash")?
            .try_into()
            .map_err(|_| unreadable("hash", "not 32 bytes"))?,
        sealed: row.bytes("sealed")?.to_vec(),
        created_at: timestamp(row, "created_at")?,
        revoked_at: row.optional_integer("revoked_at")?.map(Timestamp::from_milliseconds),
        limits: KeyLimits {
            concurrency: optional_count(row, "concurrency")?,
            requests_per_second: optional_count(row, "requests_per_second")?,
            daily_seconds: row.optional_integer("daily_seconds")?.map(i64::unsigned_abs),
        },
    })
}

/// The task id in this column.
pub(crate) fn task_id(row: &impl NamedColumns, name: &str) -> Result<TaskId, Error> {
    TaskId::from_i64(row.integer(name)?).ok_or_else(|| unreadable(name, "a negative id"))
}

/// The small number in this column.
pub(crate) fn count(row: &impl NamedColumns, name: &str) -> Result<u32, Error> {
    u32::try_from(row.integer(name)?).map_err(|error| unreadable(name, error))
}

fn optional_count(row: &impl NamedColumns, name: &str) -> Result<Option<u32>, Error> {
    let number = row.optional_integer(name)?;
    let number = number.map(|number| u32::try_from(number).map_err(|error| unreadable(name, error)));
    number.transpose()
}

/// One day's sums from a row with all columns of `usage_days`.
pub(crate) fn usage_day(row: &impl NamedColumns) -> Result<UsageDay, Error> {
    let number = |name: &str| row.integer(name).map(i64::unsigned_abs);
    Ok(UsageDay {
        day: Timestamp::from_milliseconds(row.integer("day")?.saturating_mul(86_400_000)),
        tasks: number("tasks")?,
        seconds: number("seconds")?,
        refunded_tasks: number("refunded_tasks")?,
        refunded_seconds: number("refunded_seconds")?,
    })
}

/// A line of the ledger from a row with all columns of `usage_entries`.
pub(crate) fn usage_entry(row: &impl NamedColumns) -> Result<UsageEntry, Error> {
    Ok(UsageEntry {
        id: row.integer("id")?,
        task: task_id(row, "task_id")?,
        at: timestamp(row, "at")?,
        seconds: row.integer("seconds")?,
    })
}

/// The time in this column.
pub(crate) fn timestamp(row: &impl NamedColumns, name: &str) -> Result<Timestamp, Error> {
    row.integer(name).map(Timestamp::from_milliseconds)
}

/// The JSON document in this column.
pub(crate) fn document<T: DeserializeOwned>(row: &impl NamedColumns, name: &str) -> Result<T, Error> {
    parse(name, row.text(name)?)
}

/// The JSON document that was read from this column.
pub(crate) fn parse<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| unreadable(name, error))
}

/// The JSON text that [`document`] reads.
pub(crate) fn json(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(Error::Unwritable)
}

fn unreadable(name: &str, problem: impl std::fmt::Display) -> Error {
    Error::Unreadable {
        column: name.to_owned(),
        problem: problem.to_string(),
    }
}
