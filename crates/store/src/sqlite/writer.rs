//! Group commit: one task that writes everything that waits in one transaction, commits, and only then
//! answers. While it commits, the next group gathers, so the disk itself is the timer.

use std::{collections::HashMap, sync::Arc, time::Instant};

use domain::time::Clock;
use sqlx::{ConnectOptions, Connection, Error, SqliteConnection, sqlite::SqliteConnectOptions};
use tokio::sync::mpsc;

use super::operation::{Pending, Writing};
use crate::CommitObserver;

/// The only connection of this process that writes.
pub(super) struct Writer {
    /// Opened again after an error that left its transaction in doubt.
    connection: Option<SqliteConnection>,
    options: SqliteConnectOptions,
    clock: Arc<dyn Clock>,
    largest_commit: usize,
    observer: Option<CommitObserver>,
}

/// Where a group failed.
enum Failed {
    /// Nothing was tried: no connection, or no lock in time.
    AtBegin(Error),
    /// Everything was rolled back.
    Inside(Error),
}

impl Writer {
    pub(super) fn new(
        connection: SqliteConnection,
        options: SqliteConnectOptions,
        clock: Arc<dyn Clock>,
        largest_commit: usize,
        observer: Option<CommitObserver>,
    ) -> Self {
        Self {
            connection: Some(connection),
            options,
            clock,
            largest_commit: largest_commit.max(1),
            observer,
        }
    }

    /// Writes until every sender is gone and the channel is empty, then closes the connection.
    pub(super) async fn run(mut self, mut queue: mpsc::Receiver<Box<dyn Pending>>) {
        let mut group = Vec::with_capacity(self.largest_commit);
        while queue.recv_many(&mut group, self.largest_commit).await > 0 {
            self.write(std::mem::take(&mut group)).await;
            // Callers that were just answered may ask again before the next group is taken: without
            // this, groups alternate between one write and all others.
            tokio::task::yield_now().await;
        }
        if let Some(connection) = self.connection.take()
            && let Err(error) = connection.close().await
        {
            tracing::warn!(%error, "closing the database failed");
        }
    }

    async fn write(&mut self, mut group: Vec<Box<dyn Pending>>) {
        match self.commit(&mut group).await {
            Ok(()) => group.into_iter().for_each(|pending| pending.settle(None)),
            Err(Failed::Inside(error)) if group.len() > 1 => {
                tracing::warn!(%error, writes = group.len(), "a group of writes failed, writing each alone");
                self.write_singly(group).await;
            }
            Err(Failed::Inside(error) | Failed::AtBegin(error)) => {
                tracing::warn!(%error, writes = group.len(), "writing to the database failed");
                group.into_iter().for_each(|pending| pending.settle(Some(&error)));
            }
        }
    }

    /// One bad write must not fail its neighbours.
    async fn write_singly(&mut self, group: Vec<Box<dyn Pending>>) {
        let mut out_of_reach = None;
        for mut pending in group {
            if out_of_reach.is_none() {
                match self.commit(std::slice::from_mut(&mut pending)).await {
                    Ok(()) => pending.settle(None),
                    Err(Failed::Inside(error)) => {
                        tracing::warn!(%error, "a write failed");
                        pending.settle(Some(&error));
                    }
                    Err(Failed::AtBegin(error)) => {
                        pending.settle(Some(&error));
                        out_of_reach = Some(error);
                    }
                }
            } else {
                pending.settle(out_of_reach.as_ref());
            }
        }
    }

    async fn commit(&mut self, group: &mut [Box<dyn Pending>]) -> Result<(), Failed> {
        let begun = Instant::now();
        let mut connection = self.begin().await.map_err(Failed::AtBegin)?;
        let mut writing = Writing {
            connection: &mut connection,
            now: self.clock.now(),
            waiting: HashMap::new(),
        };
        let written = match apply(group, &mut writing).await {
            Ok(()) => run(&mut connection, "COMMIT").await,
            Err(error) => Err(error),
        };
        if let Err(error) = written {
            // Some errors end the transaction by themselves; then the rollback fails, and a fresh
            // connection is the way to be sure. Dropping this one rolls back whatever is left.
            if run(&mut connection, "ROLLBACK").await.is_ok() {
                self.connection = Some(connection);
            }
            return Err(Failed::Inside(error));
        }
        self.connection = Some(connection);
        if let Some(observer) = &self.observer {
            observer(begun.elapsed(), group.len());
        }
        Ok(())
    }

    /// Takes the connection, with a transaction open on it. The write lock is taken at once: a
    /// transaction that begins as a reader cannot wait for it later.
    async fn begin(&mut self) -> Result<SqliteConnection, Error> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.options.connect().await?,
        };
        match run(&mut connection, "BEGIN IMMEDIATE").await {
            Ok(()) => Ok(connection),
            Err(error) => {
                if is_busy(&error) {
                    self.connection = Some(connection);
                }
                Err(error)
            }
        }
    }
}

async fn apply(group: &mut [Box<dyn Pending>], writing: &mut Writing<'_>) -> Result<(), Error> {
    for pending in group {
        pending.apply(writing).await?;
    }
    Ok(())
}

async fn run(connection: &mut SqliteConnection, statement: &'static str) -> Result<(), Error> {
    sqlx::raw_sql(statement).execute(connection).await.map(|_| ())
}

/// The connection is sound, another one has the lock.
fn is_busy(error: &Error) -> bool {
    matches!(crate::error::store_error(error), domain::store::StoreError::Busy)
}
