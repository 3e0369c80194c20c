//! What every status query asks, answered on the caller's own thread: a look into one row takes a few microseconds,
//! and going to a connection's thread and back takes several times as long.

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use domain::{
    id::{KeyId, TaskId},
    store::KeyRecord,
    task::Task,
    time::Timestamp,
};
use rusqlite::{Connection, OpenFlags, Params, config::DbConfig, types::FromSql};
use sqlx::Error;

use super::queries;
use crate::rows::{self, NamedColumns};

/// Connections that are kept; there is hardly ever one more in use than the process has threads.
const MOST_KEPT: usize = 8;

/// Tasks that are counted on the caller's thread.
const MOST_COUNTED: u32 = 100;

/// Connections that read and never wait: what another one's lock keeps them from is an error, and is to be asked
/// again where waiting does no harm.
pub(super) struct Nearby {
    path: PathBuf,
    /// Taken away by [`Nearby::close`].
    idle: Mutex<Option<Vec<Connection>>>,
}

impl Nearby {
    pub(super) fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            idle: Mutex::new(Some(Vec::new())),
        }
    }

    pub(super) fn task(&self, key: KeyId, id: TaskId) -> Result<Option<Task>, Error> {
        self.one(queries::GET_TASK, (id.as_i64(), key.0), |row| rows::task(row))
    }

    /// A place near the front; counting to one far behind takes too long here, and is an error.
    pub(super) fn queue_position(&self, id: TaskId, now: Timestamp) -> Result<Option<u32>, Error> {
        let asked = (id.as_i64(), now.milliseconds(), MOST_COUNTED);
        self.one(queries::QUEUE_POSITION, asked, |row| {
            let place = rows::count(row, "position")?;
            if place > MOST_COUNTED {
                return Err(Error::Decode("it is far behind".into()));
            }
            Ok(place)
        })
    }

    pub(super) fn key(&self, hash: [u8; 32]) -> Result<Option<KeyRecord>, Error> {
        self.one(queries::FIND_KEY, (hash,), |row| rows::key(row))
    }

    /// Closes the connections; from now on there are no answers. To be called while another connection is open: one
    /// that only reads cannot tidy the log away.
    pub(super) fn close(&self) {
        drop(self.idle().take());
    }

    fn idle(&self) -> MutexGuard<'_, Option<Vec<Connection>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn one<T>(
        &self,
        text: &'static str,
        asked: impl Params,
        read: impl FnOnce(&Found<'_>) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        let connection = self.take()?;
        let answer = first(&connection, text, asked, read);
        if let Some(idle) = &mut *self.idle()
            && idle.len() < MOST_KEPT
        {
            idle.push(connection);
        }
        answer
    }

    fn take(&self) -> Result<Connection, Error> {
        let kept = match &mut *self.idle() {
            Some(idle) => idle.pop(),
            None => return Err(Error::PoolClosed),
        };
        kept.map_or_else(|| open(&self.path).map_err(failed), Ok)
    }
}

fn open(path: &Path) -> rusqlite::Result<Connection> {
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(std::time::Duration::ZERO)?;
    // Otherwise the planner looks at bound values where an index is partial, and plans anew at every binding.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(connection)
}

fn first<T>(
    connection: &Connection,
    text: &'static str,
    asked: impl Params,
    read: impl FnOnce(&Found<'_>) -> Result<T, Error>,
) -> Result<Option<T>, Error> {
    let mut statement = connection.prepare_cached(text).map_err(failed)?;
    let mut found = statement.query(asked).map_err(failed)?;
    let row = found.next().map_err(failed)?;
    row.map(|row| read(&Found(row))).transpose()
}

fn failed(error: rusqlite::Error) -> Error {
    Error::Decode(error.into())
}

/// A row as this library gives it.
struct Found<'row>(&'row rusqlite::Row<'row>);

impl Found<'_> {
    fn value<T: FromSql>(&self, name: &str) -> Result<T, Error> {
        self.0.get(name).map_err(failed)
    }
}

impl NamedColumns for Found<'_> {
    fn integer(&self, name: &str) -> Result<i64, Error> {
        self.value(name)
    }

    fn optional_integer(&self, name: &str) -> Result<Option<i64>, Error> {
        self.value(name)
    }

    fn flag(&self, name: &str) -> Result<bool, Error> {
        self.value(name)
    }

    fn text(&self, name: &str) -> Result<String, Error> {
        self.value(name)
    }

    fn optional_text(&self, name: &str) -> Result<Option<String>, Error> {
        self.value(name)
    }

    fn bytes(&self, name: &str) -> Result<Vec<u8>, Error> {
        self.value(name)
    }
}
