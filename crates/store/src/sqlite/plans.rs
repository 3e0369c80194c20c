//! What SQLite makes of the statements that must stay fast when a million tasks have ended.

use sqlx::{AssertSqlSafe, ConnectOptions, Row, SqliteConnection};

use super::{connect, migrate, queries};
use crate::StoreSettings;

/// The steps of a statement's plan that read a table, as SQLite words them.
async fn plan(connection: &mut SqliteConnection, query: &str) -> Vec<String> {
    let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {query}"));
    let rows = sqlx::query(explain).fetch_all(connection).await.unwrap();
    let steps: Vec<String> = rows.iter().map(|row| row.get("detail")).collect();
    steps
        .into_iter()
        .filter(|step| step.contains("tasks") || step.contains("other") || step.contains("deliveries"))
        .collect()
}

async fn assert_uses(query: &str, allowed: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let options = connect::options(&folder.path().join("tasks.db"), &StoreSettings::default()).create_if_missing(true);
    let mut connection = options.connect().await.unwrap();
    migrate::migrate(&mut connection).await.unwrap();
    let steps = plan(&mut connection, query).await;
    assert!(!steps.is_empty(), "no step reads tasks");
    for step in &steps {
        assert!(step.starts_with("SEARCH "), "it reads everything: {step}");
        assert!(allowed.iter().any(|index| step.contains(index)), "{step} in {steps:?}");
    }
    for index in allowed {
        assert!(
            steps.iter().any(|step| step.contains(index)),
            "nothing uses {index}: {steps:?}"
        );
    }
}

#[tokio::test]
async fn claiming_reads_the_queue_alone() {
    assert_uses(
        queries::CLAIM_TASK,
        &[
            "COVERING INDEX tasks_queue_by_key",
            "COVERING INDEX tasks_by_key_and_state",
            "INTEGER PRIMARY KEY",
        ],
    )
    .await;
}

#[tokio::test]
async fn the_position_reads_the_queue_alone() {
    let own_row = "sqlite_autoindex_tasks_1 (id=?)";
    assert_uses(queries::QUEUE_POSITION, &["COVERING INDEX tasks_queue", own_row]).await;
}

#[tokio::test]
async fn releasing_reads_running_tasks_alone() {
    assert_uses(queries::RELEASE_TASKS, &["tasks_leases"]).await;
}

#[tokio::test]
async fn overdue_off_peak_tasks_are_found_in_the_queue() {
    assert_uses(queries::FAIL_OVERDUE, &["tasks_queue"]).await;
}

#[tokio::test]
async fn a_keys_waiting_tasks_are_counted_in_an_index() {
    assert_uses(queries::COUNT_WAITING, &["COVERING INDEX tasks_by_key_and_state"]).await;
}

#[tokio::test]
async fn lists_are_read_in_order() {
    assert_uses(queries::LIST_TASKS, &["tasks_by_key"]).await;
    assert_uses(queries::LIST_OLDEST_TASKS, &["tasks_by_key"]).await;
    assert_uses(queries::LIST_TASKS_IN_STATE, &["tasks_by_key_and_state"]).await;
    assert_uses(queries::LIST_TASKS_OF_PAYLOAD, &["tasks_by_payload"]).await;
}

#[tokio::test]
async fn retention_reads_what_is_due_alone() {
    assert_uses(queries::ARTIFACTS_DUE, &["tasks_ended"]).await;
    assert_uses(queries::ROWS_DUE, &["tasks_ended", "tasks_deleted"]).await;
    let callbacks = "sqlite_autoindex_deliveries_1";
    assert_uses(queries::DELETE_TASKS, &["sqlite_autoindex_tasks_1", callbacks]).await;
}

#[tokio::test]
async fn deliveries_that_are_over_cost_nothing() {
    assert_uses(queries::DUE_DELIVERIES, &["deliveries_due", "sqlite_autoindex_tasks_1"]).await;
}

#[tokio::test]
async fn a_keys_callbacks_are_read_in_order() {
    let of_task = "sqlite_autoindex_tasks_1";
    assert_uses(queries::LIST_DELIVERIES, &["deliveries_by_key", of_task]).await;
    assert_uses(
        queries::LIST_DELIVERIES_IN_STATE,
        &["deliveries_by_key_and_state", of_task],
    )
    .await;
}
