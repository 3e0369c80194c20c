//! What a database said, and what that means to a store's caller.

use domain::store::StoreError;

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
}

/// Says what a database's error means to the caller.
pub(crate) fn store_error(error: &Error) -> StoreError {
    if is_busy(error) {
        StoreError::Busy
    } else {
        StoreError::Unavailable(error.to_string())
    }
}

/// A row with the same unique value is there already.
pub(crate) fn is_taken(error: &Error) -> bool {
    let Error::Sqlite(error) = error else { return false };
    let code = error.sqlite_error().map(|error| error.extended_code);
    code == Some(rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE)
}

/// Nothing is broken: others have the lock, or the connections.
pub(crate) fn is_busy(error: &Error) -> bool {
    match error {
        Error::Crowded => true,
        Error::Sqlite(error) => error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy),
        Error::Unreadable { .. } | Error::Unwritable(_) | Error::Closed => false,
    }
}
