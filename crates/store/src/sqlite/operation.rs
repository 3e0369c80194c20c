//! One write: what it does, and who waits for it.

use std::collections::HashMap;

use async_trait::async_trait;
use domain::{
    id::{KeyId, TaskId},
    store::{Event, StoreError},
    time::Timestamp,
};
use sqlx::{Error, SqliteConnection};
use tokio::sync::oneshot;

use super::queries;
use crate::error::store_error;

/// The open transaction that a write runs in, together with others.
pub(super) struct Writing<'connection> {
    pub(super) connection: &'connection mut SqliteConnection,
    /// The store's time when the transaction began.
    pub(super) now: Timestamp,
    /// How many tasks of a key wait, once counted. Whoever moves tasks in or out of the queue by other
    /// means than a submit clears it.
    pub(super) waiting: HashMap<KeyId, u64>,
}

impl Writing<'_> {
    /// Puts the callback of a task that has just ended into the outbox.
    pub(super) async fn announce(&mut self, task: TaskId) -> Result<(), Error> {
        sqlx::query(queries::DROP_STALE_DELIVERY)
            .bind(task.as_i64())
            .execute(&mut *self.connection)
            .await?;
        self.insert_delivery(task, Event::Ended).await
    }

    /// Puts a callback into the outbox.
    pub(super) async fn insert_delivery(&mut self, task: TaskId, event: Event) -> Result<(), Error> {
        sqlx::query(queries::INSERT_DELIVERY)
            .bind(task.as_i64())
            .bind(self.now.milliseconds())
            .bind(event.name())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }
}

/// A write. It may be applied more than once: what an earlier time did was rolled back.
#[async_trait]
pub(super) trait Operation: Send + Sync + 'static {
    type Answer: Send + 'static;

    async fn apply(&self, writing: &mut Writing<'_>) -> Result<Self::Answer, Error>;
}

/// A write of whatever kind, and its caller.
#[async_trait]
pub(super) trait Pending: Send {
    /// Does the write and keeps its answer.
    async fn apply(&mut self, writing: &mut Writing<'_>) -> Result<(), Error>;

    /// Gives the answer: its own after the commit, or what went wrong.
    fn settle(self: Box<Self>, failed: Option<&Error>);
}

/// Where the answer to a write comes out.
pub(super) type Answer<T> = oneshot::Receiver<Result<T, StoreError>>;

struct Waiting<O: Operation> {
    operation: O,
    answer: Option<O::Answer>,
    caller: oneshot::Sender<Result<O::Answer, StoreError>>,
}

/// Packs a write for the writer; its answer comes through the receiver.
pub(super) fn pending<O: Operation>(operation: O) -> (Box<dyn Pending>, Answer<O::Answer>) {
    let (caller, answer) = oneshot::channel();
    let waiting = Waiting {
        operation,
        answer: None,
        caller,
    };
    (Box::new(waiting), answer)
}

#[async_trait]
impl<O: Operation> Pending for Waiting<O> {
    async fn apply(&mut self, writing: &mut Writing<'_>) -> Result<(), Error> {
        self.answer = Some(self.operation.apply(writing).await?);
        Ok(())
    }

    fn settle(self: Box<Self>, failed: Option<&Error>) {
        let answer = match (failed, self.answer) {
            (None, Some(answer)) => Ok(answer),
            (Some(error), _) => Err(store_error(error)),
            (None, None) => Err(StoreError::Unavailable("a write was lost".to_owned())),
        };
        // A caller that stopped waiting is no fault: what it asked for is done.
        drop(self.caller.send(answer));
    }
}
