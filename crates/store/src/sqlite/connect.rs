//! Connections: one that writes, several that read.

use std::{fs, path::Path, time::Duration};

use domain::store::StoreError;
use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::StoreSettings;

/// The log is cut back to this size in bytes after it has grown beyond it.
const LARGEST_IDLE_LOG: &str = "67108864";

/// How every connection works. With `synchronous = FULL` a commit returns when the log is on disk.
pub(super) fn options(path: &Path, settings: &StoreSettings) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_millis(settings.busy_timeout_ms))
        .pragma("journal_size_limit", LARGEST_IDLE_LOG)
}

/// The connections that read; they refuse to write.
pub(super) fn readers(options: SqliteConnectOptions, settings: &StoreSettings) -> SqlitePool {
    SqlitePoolOptions::new()
        .max_connections(settings.readers.max(1))
        .acquire_timeout(Duration::from_millis(settings.busy_timeout_ms.max(1)))
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_lazy_with(options.pragma("query_only", "ON"))
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
