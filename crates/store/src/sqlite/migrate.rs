//! Brings a database to the version that this build knows.

use domain::store::StoreError;
use sqlx::{
    Connection, SqlSafeStr, SqliteConnection,
    migrate::{Migration, MigrationType, Migrator},
};

use crate::error::store_error;

const MIGRATIONS: [(i64, &str, &str); 5] = [
    (1, "tasks", include_str!("../../migrations/sqlite/0001_tasks.sql")),
    (2, "verbs", include_str!("../../migrations/sqlite/0002_verbs.sql")),
    (
        3,
        "deliveries",
        include_str!("../../migrations/sqlite/0003_deliveries.sql"),
    ),
    (4, "tenants", include_str!("../../migrations/sqlite/0004_tenants.sql")),
    (5, "pictures", include_str!("../../migrations/sqlite/0005_pictures.sql")),
];

const TABLE_EXISTS: &str = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '_sqlx_migrations'";
const VERSION: &str = "SELECT coalesce(max(version), 0) FROM _sqlx_migrations";

/// Runs the migrations that this database lacks, all in one transaction.
///
/// # Errors
/// [`StoreError::TooNew`] when it has one that this build does not know.
pub(super) async fn migrate(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let known = MIGRATIONS.iter().map(|(version, ..)| *version).max().unwrap_or(0);
    // Asked before the write lock is taken too, so that opening a current database needs no lock.
    if version(connection).await? == known {
        return Ok(());
    }
    let mut transaction = connection
        .begin_with("BEGIN IMMEDIATE")
        .await
        .map_err(|error| store_error(&error))?;
    let found = version(&mut transaction).await?;
    if found > known {
        return Err(StoreError::TooNew { found, known });
    }
    migrator()
        .run_direct(None, &mut *transaction, false)
        .await
        .map_err(|error| StoreError::Unavailable(error.to_string()))?;
    transaction.commit().await.map_err(|error| store_error(&error))
}

fn migrator() -> Migrator {
    Migrator::with_migrations(
        MIGRATIONS
            .into_iter()
            .map(|(version, description, sql)| {
                Migration::new(
                    version,
                    description.into(),
                    MigrationType::Simple,
                    sql.into_sql_str(),
                    false,
                )
            })
            .collect(),
    )
}

/// 0 for an empty database.
async fn version(connection: &mut SqliteConnection) -> Result<i64, StoreError> {
    let failed = |error: sqlx::Error| store_error(&error);
    let tables: i64 = sqlx::query_scalar(TABLE_EXISTS)
        .fetch_one(&mut *connection)
        .await
        .map_err(failed)?;
    if tables == 0 {
        return Ok(0);
    }
    sqlx::query_scalar(VERSION).fetch_one(connection).await.map_err(failed)
}
