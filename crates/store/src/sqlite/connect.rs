//! Connections: one that writes, several that read.

use std::{fs, path::Path, time::Duration};

use domain::store::StoreError;
use rusqlite::{Connection, OpenFlags, config::DbConfig};

use crate::{StoreSettings, error::Error};

/// The log is cut back to this size in bytes after it has grown beyond it.
const LARGEST_IDLE_LOG: u32 = 64 << 20;

/// Statements that a connection keeps prepared: more than there are texts.
const PREPARED: usize = 64;

/// A connection that writes. With `synchronous = FULL` a commit returns when the log is on disk.
pub(super) fn writer(path: &Path, settings: &StoreSettings) -> Result<Connection, Error> {
    let connection = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.busy_timeout(Duration::from_millis(settings.busy_timeout_ms))?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "journal_size_limit", LARGEST_IDLE_LOG)?;
    Ok(connection)
}

/// A connection that reads; it refuses to write, and until told otherwise it waits for nobody.
pub(super) fn reader(path: &Path) -> Result<Connection, Error> {
    let connection = open(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.busy_timeout(Duration::ZERO)?;
    Ok(connection)
}

fn open(path: &Path, rights: OpenFlags) -> Result<Connection, Error> {
    let connection = Connection::open_with_flags(path, rights | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    // Otherwise the planner looks at bound values where an index is partial, and plans anew at every binding.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    Ok(connection)
}

/// Makes an empty file that only its owner can read; SQLite gives its log the same rights.
pub(super) fn create_private(path: &Path) -> Result<(), StoreError> {
    let mut file = fs::OpenOptions::new();
    file.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    file.open(path)
        .map(|_| ())
        .map_err(|error| StoreError::Unavailable(format!("the database file cannot be opened: {error}")))
}
