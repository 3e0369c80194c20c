//! From what a database said to what a store says.

use domain::store::StoreError;

/// SQLite's primary result code for "another connection has the lock"; the extended codes have it in
/// their lowest byte.
const SQLITE_BUSY: u32 = 5;

/// Says what a database's error means to the caller.
pub(crate) fn store_error(error: &sqlx::Error) -> StoreError {
    match error {
        sqlx::Error::PoolTimedOut => StoreError::Busy,
        sqlx::Error::Database(database) if is_sqlite_busy(database.code().as_deref()) => StoreError::Busy,
        other => StoreError::Unavailable(other.to_string()),
    }
}

fn is_sqlite_busy(code: Option<&str>) -> bool {
    code.and_then(|code| code.parse::<u32>().ok())
        .is_some_and(|code| code & 0xff == SQLITE_BUSY)
}
