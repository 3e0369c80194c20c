//! Group commit: one thread that writes everything that waits in one transaction, commits, and only then
//! answers. While it commits, the next group gathers, so the disk itself is the timer.

use std::{collections::HashMap, panic::AssertUnwindSafe, sync::Arc, time::Instant};

use domain::{id::KeyId, time::Clock};
use rusqlite::Connection;
use tokio::sync::mpsc;

use super::operation::{Pending, Writing};
use crate::{
    CommitObserver, StoreSettings,
    error::{Error, is_busy},
};

/// Opens a connection that writes.
pub(super) type Open = Box<dyn Fn() -> Result<Connection, Error> + Send>;

/// The only connection of this process that writes.
pub(super) struct Writer {
    /// Opened again after an error that left its transaction in doubt.
    connection: Option<Connection>,
    open: Open,
    clock: Arc<dyn Clock>,
    largest_commit: usize,
    observer: Option<CommitObserver>,
    counted: Counted,
}

/// What was counted in earlier transactions, for as long as nobody else writes.
#[derive(Default)]
struct Counted {
    /// SQLite's mark of the last change by another connection.
    data_version: i64,
    waiting: HashMap<KeyId, u64>,
}

/// Where a group failed.
enum Failed {
    /// Nothing was tried: no connection, or no lock in time.
    AtBegin(Error),
    /// Everything was rolled back.
    Inside(Error),
}

impl Writer {
    pub(super) fn new(connection: Connection, open: Open, clock: Arc<dyn Clock>, settings: &StoreSettings) -> Self {
        Self {
            connection: Some(connection),
            open,
            clock,
            largest_commit: settings.largest_commit.max(1),
            observer: settings.commit_observer.clone(),
            counted: Counted::default(),
        }
    }

    /// Writes until every sender is gone and the channel is empty, then closes the connection.
    pub(super) fn run(mut self, mut queue: mpsc::Receiver<Box<dyn Pending>>) {
        let mut group = Vec::with_capacity(self.largest_commit);
        while queue.blocking_recv_many(&mut group, self.largest_commit) > 0 {
            self.write(&mut group);
        }
        if let Some(connection) = self.connection.take()
            && let Err((_, error)) = connection.close()
        {
            tracing::warn!(%error, "closing the database failed");
        }
    }

    /// Writes a group and empties it.
    fn write(&mut self, group: &mut Vec<Box<dyn Pending>>) {
        match self.commit(group) {
            Ok(()) => group.drain(..).for_each(|pending| pending.settle(None)),
            Err(Failed::Inside(error)) if group.len() > 1 => {
                tracing::warn!(%error, writes = group.len(), "a group of writes failed, writing each alone");
                self.write_singly(group);
            }
            Err(Failed::Inside(error) | Failed::AtBegin(error)) => {
                tracing::warn!(%error, writes = group.len(), "writing to the database failed");
                group.drain(..).for_each(|pending| pending.settle(Some(&error)));
            }
        }
    }

    /// One bad write must not fail its neighbours.
    fn write_singly(&mut self, group: &mut Vec<Box<dyn Pending>>) {
        let mut out_of_reach = None;
        for mut pending in group.drain(..) {
            if out_of_reach.is_none() {
                match self.commit(std::slice::from_mut(&mut pending)) {
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

    fn commit(&mut self, group: &mut [Box<dyn Pending>]) -> Result<(), Failed> {
        let begun = Instant::now();
        let connection = self.begin().map_err(Failed::AtBegin)?;
        if let Err(error) = caught(|| self.apply(group, &connection)) {
            self.counted.waiting.clear();
            // Some errors end the transaction by themselves; then the rollback fails, and a fresh
            // connection is the way to be sure. Dropping this one rolls back whatever is left.
            if run(&connection, "ROLLBACK").is_ok() {
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

    fn apply(&mut self, group: &mut [Box<dyn Pending>], connection: &Connection) -> Result<(), Error> {
        self.counted.refresh(connection)?;
        let mut writing = Writing {
            connection,
            now: self.clock.now(),
            waiting: &mut self.counted.waiting,
        };
        for pending in group {
            pending.apply(&mut writing)?;
        }
        run(connection, "COMMIT")
    }

    /// Takes the connection, with a transaction open on it. The write lock is taken at once: a
    /// transaction that begins as a reader cannot wait for it later.
    fn begin(&mut self) -> Result<Connection, Error> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => {
                self.counted = Counted::default();
                (self.open)()?
            }
        };
        match run(&connection, "BEGIN IMMEDIATE") {
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

impl Counted {
    /// Forgets everything if another connection has written.
    fn refresh(&mut self, connection: &Connection) -> Result<(), Error> {
        let mut statement = connection.prepare_cached("PRAGMA data_version")?;
        let data_version = statement.query_row([], |row| row.get(0))?;
        if data_version != self.data_version {
            self.data_version = data_version;
            self.waiting.clear();
        }
        Ok(())
    }
}

/// A write that panics fails alone: without this thread nobody could write any more.
fn caught(write: impl FnOnce() -> Result<(), Error>) -> Result<(), Error> {
    // What a panic leaves half done is rolled back, as with every error.
    std::panic::catch_unwind(AssertUnwindSafe(write)).unwrap_or_else(|panic| {
        let words = panic.downcast_ref::<String>().map(String::as_str);
        let words = words.or_else(|| panic.downcast_ref::<&str>().copied());
        Err(Error::Panicked(words.unwrap_or("no words").to_owned()))
    })
}

fn run(connection: &Connection, text: &str) -> Result<(), Error> {
    connection.prepare_cached(text)?.execute([])?;
    Ok(())
}
