//! A client takes a task back, or wants to hear of it no more.

use async_trait::async_trait;
use domain::{
    id::{KeyId, TaskId},
    state::StateName,
    store::{Cancellation, Deletion, Reach},
};
use sqlx::{Error, Row};

use super::{
    operation::{Operation, Writing},
    queries,
};
use crate::rows;

pub(super) struct Cancel {
    pub(super) key: KeyId,
    pub(super) task: TaskId,
    pub(super) reach: Reach,
}

#[async_trait]
impl Operation for Cancel {
    type Answer = Cancellation;

    async fn apply(&self, writing: &mut Writing<'_>) -> Result<Cancellation, Error> {
        writing.waiting.clear();
        let row = sqlx::query(queries::CANCEL_TASK)
            .bind(self.task.as_i64())
            .bind(self.key.0)
            .bind(writing.now.milliseconds())
            .bind(self.reach == Reach::Running)
            .fetch_optional(&mut *writing.connection)
            .await?;
        let Some(row) = row else {
            return self.too_late(writing).await;
        };
        if rows::state_name(&row)? != StateName::Cancelled {
            return Ok(Cancellation::Requested);
        }
        if row.try_get("has_webhook")? {
            writing.announce(self.task).await?;
        }
        Ok(Cancellation::Cancelled)
    }
}

impl Cancel {
    async fn too_late(&self, writing: &mut Writing<'_>) -> Result<Cancellation, Error> {
        let row = sqlx::query(queries::FIND_STATE)
            .bind(self.task.as_i64())
            .bind(self.key.0)
            .fetch_optional(&mut *writing.connection)
            .await?;
        match row {
            Some(row) => rows::state_name(&row).map(Cancellation::TooLate),
            None => Ok(Cancellation::Unknown),
        }
    }
}

pub(super) struct Delete {
    pub(super) key: KeyId,
    pub(super) task: TaskId,
}

#[async_trait]
impl Operation for Delete {
    type Answer = Deletion;

    async fn apply(&self, writing: &mut Writing<'_>) -> Result<Deletion, Error> {
        writing.waiting.clear();
        let row = sqlx::query(queries::HIDE_TASK)
            .bind(self.task.as_i64())
            .bind(self.key.0)
            .bind(writing.now.milliseconds())
            .fetch_optional(&mut *writing.connection)
            .await?;
        let Some(row) = row else {
            return Ok(Deletion::Unknown);
        };
        Ok(match rows::state_name(&row)? {
            StateName::Running => Deletion::Stopping,
            _ => Deletion::Deleted,
        })
    }
}
