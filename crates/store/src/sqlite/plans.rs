//! What SQLite makes of the statements that must stay fast when a million tasks have ended.

use rusqlite::Connection;

use super::{connect, migrate, queries};
use crate::StoreSettings;

/// The steps of a statement's plan that read a table, as SQLite words them.
fn plan(connection: &Connection, query: &str) -> Vec<String> {
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {query}")).unwrap();
    let mut rows = statement.raw_query();
    let mut steps = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        steps.push(row.get::<_, String>("detail").unwrap());
    }
    let reads_table = |step: &String| {
        ["tasks", "other", "deliveries"]
            .iter()
            .any(|table| step.contains(table))
    };
    steps.into_iter().filter(reads_table).collect()
}

fn assert_uses(query: &str, allowed: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tasks.db");
    connect::create_private(&path).unwrap();
    let mut connection = connect::writer(&path, &StoreSettings::default()).unwrap();
    migrate::migrate(&mut connection).unwrap();
    let steps = plan(&connection, query);
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

#[test]
fn claiming_reads_the_queue_alone() {
    assert_uses(
        queries::CLAIM_TASK,
        &[
            "COVERING INDEX tasks_queue_by_key",
            "COVERING INDEX tasks_by_key_and_state",
            "INTEGER PRIMARY KEY",
        ],
    );
}

#[test]
fn the_position_reads_the_queue_alone() {
    let own_row = "sqlite_autoindex_tasks_1 (id=?)";
    assert_uses(queries::QUEUE_POSITION, &["COVERING INDEX tasks_queue", own_row]);
}

#[test]
fn releasing_reads_running_tasks_alone() {
    assert_uses(queries::RELEASE_TASKS, &["tasks_leases"]);
}

#[test]
fn overdue_off_peak_tasks_are_found_in_the_queue() {
    assert_uses(queries::FAIL_OVERDUE, &["tasks_queue"]);
}

#[test]
fn a_keys_waiting_tasks_are_counted_in_an_index() {
    assert_uses(queries::COUNT_WAITING, &["COVERING INDEX tasks_by_key_and_state"]);
}

#[test]
fn lists_are_read_in_order() {
    assert_uses(queries::LIST_TASKS, &["tasks_by_key"]);
    assert_uses(queries::LIST_OLDEST_TASKS, &["tasks_by_key"]);
    assert_uses(queries::LIST_TASKS_IN_STATE, &["tasks_by_key_and_state"]);
    assert_uses(queries::LIST_TASKS_OF_PAYLOAD, &["tasks_by_payload"]);
}

#[test]
fn retention_reads_what_is_due_alone() {
    assert_uses(queries::ARTIFACTS_DUE, &["tasks_ended"]);
    assert_uses(queries::ROWS_DUE, &["tasks_ended", "tasks_deleted"]);
    let callbacks = "sqlite_autoindex_deliveries_1";
    assert_uses(queries::DELETE_TASKS, &["sqlite_autoindex_tasks_1", callbacks]);
}

#[test]
fn deliveries_that_are_over_cost_nothing() {
    assert_uses(queries::KEYS_WITH_DUE, &["COVERING INDEX deliveries_due"]);
    let own_task = "sqlite_autoindex_tasks_1";
    let of_same_task = "sqlite_autoindex_deliveries_1";
    assert_uses(queries::DUE_OF_KEY, &["deliveries_due", of_same_task, own_task]);
    assert_uses(queries::GET_DELIVERIES, &["INTEGER PRIMARY KEY", own_task]);
}

#[test]
fn a_keys_callbacks_are_read_in_order() {
    let of_task = "sqlite_autoindex_tasks_1";
    assert_uses(queries::LIST_DELIVERIES, &["deliveries_by_key", of_task]);
    assert_uses(
        queries::LIST_DELIVERIES_IN_STATE,
        &["deliveries_by_key_and_state", of_task],
    );
}
