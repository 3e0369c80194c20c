//! One write: what it does, and who waits for it.

use std::collections::HashMap;

use domain::{
    id::{KeyId, TaskId},
    store::{Event, StoreError},
    time::Timestamp,
};
use rusqlite::{Connection, Params, Row};
use tokio::sync::oneshot;

use super::{queries, statement};
use crate::error::{Error, store_error};

/// The open transaction that a write runs in, together with others.
pub(super) struct Writing<'writer> {
    pub(super) connection: &'writer Connection,
    /// The store's time when the transaction began.
    pub(super) now: Timestamp,
    /// How many tasks of a key wait, once counted. Whoever moves tasks in or out of the queue by other
    /// means than a submit clears it.
    pub(super) waiting: &'writer mut HashMap<KeyId, u64>,
}

impl Writing<'_> {
    /// How many rows a statement changed.
    pub(super) fn execute(&self, text: &str, values: impl Params) -> Result<usize, Error> {
        statement::execute(self.connection, text, values)
    }

    /// The first row that a statement gives.
    pub(super) fn first<T>(
        &self,
        text: &str,
        values: impl Params,
        read: impl FnOnce(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        statement::first(self.connection, text, values, read)
    }

    /// All rows that a statement gives.
    pub(super) fn all<T>(
        &self,
        text: &str,
        values: impl Params,
        read: impl FnMut(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        statement::all(self.connection, text, values, read)
    }

    /// Puts the callback of a task that has just ended into the outbox.
    pub(super) fn announce(&self, task: TaskId) -> Result<(), Error> {
        self.execute(queries::DROP_STALE_DELIVERY, [task.as_i64()])?;
        self.insert_delivery(task, Event::Ended)
    }

    /// Puts a callback into the outbox.
    pub(super) fn insert_delivery(&self, task: TaskId, event: Event) -> Result<(), Error> {
        let values = (task.as_i64(), self.now.milliseconds(), event.name());
        self.execute(queries::INSERT_DELIVERY, values)?;
        Ok(())
    }
}

/// A write. It may be applied more than once: what an earlier time did was rolled back.
pub(super) trait Operation: Send + 'static {
    type Answer: Send + 'static;

    fn apply(&self, writing: &mut Writing<'_>) -> Result<Self::Answer, Error>;
}

/// A write of whatever kind, and its caller.
pub(super) trait Pending: Send {
    /// Does the write and keeps its answer.
    fn apply(&mut self, writing: &mut Writing<'_>) -> Result<(), Error>;

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

impl<O: Operation> Pending for Waiting<O> {
    fn apply(&mut self, writing: &mut Writing<'_>) -> Result<(), Error> {
        self.answer = Some(self.operation.apply(writing)?);
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
