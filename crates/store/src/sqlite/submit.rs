//! A task enters the queue.

use std::collections::hash_map::Entry;

use domain::{
    id::{KeyId, TaskId},
    state::TaskState,
    store::{Idempotency, NewTask, Submission},
    task::Task,
    time::Timestamp,
};
use rusqlite::params;

use super::{
    operation::{Operation, Writing},
    queries,
};
use crate::{
    error::{Error, is_taken},
    rows::{self, NamedColumns},
};

/// In milliseconds.
const DAY: i64 = 86_400_000;

pub(super) struct Submit(pub(super) NewTask);

impl Operation for Submit {
    type Answer = Submission;

    fn apply(&self, writing: &mut Writing<'_>) -> Result<Submission, Error> {
        let new = &self.0;
        if let Some(idempotency) = &new.idempotency
            && let Some(seen) = find(writing, new.key, idempotency)?
        {
            return Ok(seen);
        }
        if waiting(writing, new.key)? >= u64::from(new.queue_limit) {
            return Ok(Submission::QueueFull);
        }
        if let Some(until) = quota_resets(writing, new)? {
            return Ok(Submission::QuotaExceeded { until });
        }
        if is_charged(writing, new.id)? || !insert(writing, new)? {
            return Ok(Submission::IdTaken(Box::new(new.clone())));
        }
        charge(writing, new)?;
        insert_pictures(writing, new)?;
        if let Entry::Occupied(mut counted) = writing.waiting.entry(new.key) {
            *counted.get_mut() += 1;
        }
        Ok(Submission::Created(Task {
            id: new.id,
            key: new.key,
            dialect: new.dialect,
            request_id: new.request_id.clone(),
            request: new.request.clone(),
            made_from: new.made_from,
            warnings: new.warnings.clone(),
            state: TaskState::Queued {
                not_before: writing.now,
            },
            attempts: 0,
            created_at: writing.now,
            started_at: None,
        }))
    }
}

/// The task that was made with this idempotency key, or the news that it had another body.
fn find(writing: &Writing<'_>, key: KeyId, idempotency: &Idempotency) -> Result<Option<Submission>, Error> {
    writing.first(queries::FIND_IDEMPOTENT, (key.0, &idempotency.key), |row| {
        if row.bytes("idempotency_hash")? != idempotency.body_hash {
            return Ok(Submission::Mismatch);
        }
        rows::task(row).map(Submission::Replayed)
    })
}

fn waiting(writing: &mut Writing<'_>, key: KeyId) -> Result<u64, Error> {
    if let Some(counted) = writing.waiting.get(&key) {
        return Ok(*counted);
    }
    let counted = writing.first(queries::COUNT_WAITING, [key.0], |row| row.integer("waiting"))?;
    let counted = counted.unwrap_or(0).unsigned_abs();
    writing.waiting.insert(key, counted);
    Ok(counted)
}

/// When the day ends, if the task does not fit into what the key has left of it.
fn quota_resets(writing: &Writing<'_>, new: &NewTask) -> Result<Option<Timestamp>, Error> {
    let Some(quota) = new.daily_seconds else {
        return Ok(None);
    };
    let day = writing.now.milliseconds().div_euclid(DAY);
    let used = writing.first(queries::USED_SECONDS, (new.key.0, day), |row| row.integer("used"))?;
    let wanted = used.unwrap_or(0).unsigned_abs() + u64::from(new.request.duration);
    Ok((wanted > quota).then(|| Timestamp::from_milliseconds((day + 1) * DAY)))
}

/// False: the id is that of another task. The idempotency key was looked for in the same transaction, so that nothing
/// else can be there already.
fn insert(writing: &Writing<'_>, new: &NewTask) -> Result<bool, Error> {
    let idempotency = new.idempotency.as_ref();
    let values = params![
        new.id.as_i64(),
        new.key.0,
        new.dialect.name(),
        new.request_id,
        rows::json(&new.request)?,
        rows::json(&new.warnings)?,
        new.request.off_peak,
        new.request.webhook.is_some(),
        idempotency.map(|idempotency| &idempotency.key),
        idempotency.map(|idempotency| idempotency.body_hash.as_slice()),
        writing.now.milliseconds(),
        new.request.payload,
        new.made_from.map(TaskId::as_i64),
        new.announce_beginning,
    ];
    match writing.execute(queries::INSERT_TASK, values) {
        Ok(_) => Ok(true),
        Err(error) if is_taken(&error) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether the ledger knows a task of this id, also one that is gone.
fn is_charged(writing: &Writing<'_>, id: TaskId) -> Result<bool, Error> {
    let found = writing.first(queries::FIND_CHARGE, [id.as_i64()], |row| row.integer("seconds"))?;
    Ok(found.is_some())
}

/// A line in the ledger, and in the sums of its day.
fn charge(writing: &Writing<'_>, new: &NewTask) -> Result<(), Error> {
    let (now, seconds) = (writing.now.milliseconds(), new.request.duration);
    writing.execute(queries::CHARGE_TASK, (new.key.0, new.id.as_i64(), now, seconds))?;
    writing.execute(queries::CHARGE_DAY, (new.key.0, now.div_euclid(DAY), seconds))?;
    Ok(())
}

fn insert_pictures(writing: &Writing<'_>, new: &NewTask) -> Result<(), Error> {
    for picture in &new.pictures {
        let values = (new.id.as_i64(), picture.number, picture.bytes.as_slice());
        writing.execute(queries::INSERT_PICTURE, values)?;
    }
    Ok(())
}
