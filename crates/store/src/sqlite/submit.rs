//! A task enters the queue.

use std::collections::hash_map::Entry;

use async_trait::async_trait;
use domain::{
    id::{KeyId, TaskId},
    state::TaskState,
    store::{Idempotency, NewTask, Submission},
    task::Task,
    time::Timestamp,
};
use sqlx::{Error, Row};

use super::{
    operation::{Operation, Writing},
    queries,
};
use crate::rows;

pub(super) struct Submit(pub(super) NewTask);

#[async_trait]
impl Operation for Submit {
    type Answer = Submission;

    async fn apply(&self, writing: &mut Writing<'_>) -> Result<Submission, Error> {
        let new = &self.0;
        if let Some(idempotency) = &new.idempotency
            && let Some(seen) = find(writing, new.key, idempotency).await?
        {
            return Ok(seen);
        }
        if waiting(writing, new.key).await? >= u64::from(new.queue_limit) {
            return Ok(Submission::QueueFull);
        }
        if let Some(until) = quota_resets(writing, new).await? {
            return Ok(Submission::QuotaExceeded { until });
        }
        insert(writing, new).await?;
        insert_pictures(writing, new).await?;
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
async fn find(writing: &mut Writing<'_>, key: KeyId, idempotency: &Idempotency) -> Result<Option<Submission>, Error> {
    let row = sqlx::query(queries::FIND_IDEMPOTENT)
        .bind(key.0)
        .bind(&idempotency.key)
        .fetch_optional(&mut *writing.connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let hash: Vec<u8> = row.try_get("idempotency_hash")?;
    if hash != idempotency.body_hash {
        return Ok(Some(Submission::Mismatch));
    }
    rows::task(&row).map(|task| Some(Submission::Replayed(task)))
}

async fn waiting(writing: &mut Writing<'_>, key: KeyId) -> Result<u64, Error> {
    if let Some(counted) = writing.waiting.get(&key) {
        return Ok(*counted);
    }
    let counted: i64 = sqlx::query_scalar(queries::COUNT_WAITING)
        .bind(key.0)
        .fetch_one(&mut *writing.connection)
        .await?;
    let counted = counted.unsigned_abs();
    writing.waiting.insert(key, counted);
    Ok(counted)
}

/// When the day ends, if the task does not fit into what the key has left of it.
async fn quota_resets(writing: &mut Writing<'_>, new: &NewTask) -> Result<Option<Timestamp>, Error> {
    const DAY: i64 = 86_400_000;
    let Some(quota) = new.daily_seconds else {
        return Ok(None);
    };
    let day = writing.now.milliseconds().div_euclid(DAY);
    let used: Option<i64> = sqlx::query_scalar(queries::USED_SECONDS)
        .bind(new.key.0)
        .bind(day)
        .fetch_optional(&mut *writing.connection)
        .await?;
    let wanted = used.unwrap_or(0).unsigned_abs() + u64::from(new.request.duration);
    Ok((wanted > quota).then(|| Timestamp::from_milliseconds((day + 1) * DAY)))
}

async fn insert(writing: &mut Writing<'_>, new: &NewTask) -> Result<(), Error> {
    let idempotency = new.idempotency.as_ref();
    sqlx::query(queries::INSERT_TASK)
        .bind(new.id.as_i64())
        .bind(new.key.0)
        .bind(new.dialect.name())
        .bind(&new.request_id)
        .bind(rows::json(&new.request)?)
        .bind(rows::json(&new.warnings)?)
        .bind(new.request.off_peak)
        .bind(new.request.webhook.is_some())
        .bind(idempotency.map(|idempotency| &idempotency.key))
        .bind(idempotency.map(|idempotency| idempotency.body_hash.as_slice()))
        .bind(writing.now.milliseconds())
        .bind(&new.request.payload)
        .bind(new.made_from.map(TaskId::as_i64))
        .bind(new.announce_beginning)
        .execute(&mut *writing.connection)
        .await?;
    Ok(())
}

async fn insert_pictures(writing: &mut Writing<'_>, new: &NewTask) -> Result<(), Error> {
    for picture in &new.pictures {
        sqlx::query(queries::INSERT_PICTURE)
            .bind(new.id.as_i64())
            .bind(picture.number)
            .bind(picture.bytes.as_slice())
            .execute(&mut *writing.connection)
            .await?;
    }
    Ok(())
}
