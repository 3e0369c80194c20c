//! Brings a database to the version that this build knows. The version is SQLite's own `user_version`.

use domain::store::StoreError;
use rusqlite::{Connection, TransactionBehavior};

use crate::error::{Error, store_error};

/// Each brings a database from the version that is its place to the next one.
const MIGRATIONS: [&str; 8] = [
    include_str!("../../migrations/sqlite/0001_tasks.sql"),
    include_str!("../../migrations/sqlite/0002_verbs.sql"),
    include_str!("../../migrations/sqlite/0003_deliveries.sql"),
    include_str!("../../migrations/sqlite/0004_tenants.sql"),
    include_str!("../../migrations/sqlite/0005_pictures.sql"),
    include_str!("../../migrations/sqlite/0006_changes.sql"),
    include_str!("../../migrations/sqlite/0007_charges.sql"),
    include_str!("../../migrations/sqlite/0008_receivers.sql"),
];

/// Runs the migrations that this database lacks, all in one transaction.
///
/// # Errors
/// [`StoreError::TooNew`] when it has one that this build does not know.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let known = MIGRATIONS.len() as i64;
    // Asked before the write lock is taken too, so that opening a current database needs no lock.
    if version(connection).map_err(|error| store_error(&error))? == known {
        return Ok(());
    }
    let failed = |error: rusqlite::Error| store_error(&error.into());
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(failed)?;
    let found = version(&transaction).map_err(|error| store_error(&error))?;
    if found > known {
        return Err(StoreError::TooNew { found, known });
    }
    for migration in MIGRATIONS.iter().skip(usize::try_from(found).unwrap_or(0)) {
        transaction.execute_batch(migration).map_err(failed)?;
    }
    transaction.pragma_update(None, VERSION, known).map_err(failed)?;
    transaction.commit().map_err(failed)
}

const VERSION: &str = "user_version";

/// Where the first builds counted their migrations.
const OLD_COUNT: &str = "_sqlx_migrations";
const OLD_VERSION: &str = "SELECT coalesce(max(version), 0) FROM _sqlx_migrations";

/// 0 for an empty database.
fn version(connection: &Connection) -> Result<i64, Error> {
    let version = connection.pragma_query_value(None, VERSION, |row| row.get(0))?;
    if version == 0 && connection.table_exists(None, OLD_COUNT)? {
        return Ok(connection.query_row(OLD_VERSION, [], |row| row.get(0))?);
    }
    Ok(version)
}
