//! What a database said, and what that means to a store's caller.

use domain::store::StoreError;
use rusqlite::{ErrorCode, ffi};

/// What a database said, or why what it gave cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    #[error("column {column}: {problem}")]
    Unreadable { column: String, problem: String },
    #[error("a document cannot be written: {0}")]
    Unwritable(serde_json::Error),
    #[error("the store is closed")]
    Closed,
    /// No connection came free in time.
    #[error("all connections are in use")]
    Crowded,
    /// A bug of ours.
    #[error("a write panicked: {0}")]
    Panicked(String),
}

/// Says what a database's error means to the caller.
pub(crate) fn store_error(error: &Error) -> StoreError {
    if is_busy(error) {
        StoreError::Busy
    } else if is_full(error) {
        StoreError::Full
    } else {
        StoreError::Unavailable(error.to_string())
    }
}

/// A row with the same unique value is there already.
pub(crate) fn is_taken(error: &Error) -> bool {
    let Error::Sqlite(error) = error else { return false };
    let code = error.sqlite_error().map(|error| error.extended_code);
    code == Some(ffi::SQLITE_CONSTRAINT_UNIQUE)
}

/// The disk is full. What a log needs in memory is on the disk, too.
pub(crate) fn is_full(error: &Error) -> bool {
    let Error::Sqlite(error) = error else { return false };
    let shared_memory = error.sqlite_error().map(|error| error.extended_code) == Some(ffi::SQLITE_IOERR_SHMSIZE);
    shared_memory || error.sqlite_error_code() == Some(ErrorCode::DiskFull)
}

/// Nothing is broken: others have the lock, or the connections.
pub(crate) fn is_busy(error: &Error) -> bool {
    match error {
        Error::Crowded => true,
        Error::Sqlite(error) => error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy),
        Error::Unreadable { .. } | Error::Unwritable(_) | Error::Closed | Error::Panicked(_) => false,
    }
}
