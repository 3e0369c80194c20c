//! Rows that nobody can read hold up nobody else.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::{path::Path, sync::Arc};

use domain::{
    store::{Reach, StoreError, TaskStore},
    time::Clock,
};
use rusqlite::Connection;
use store::{
    StoreSettings,
    contract::{ManualClock, sample},
    sqlite::SqliteStore,
};

async fn open(path: &Path) -> SqliteStore {
    let clock: Arc<dyn Clock> = Arc::new(ManualClock::default());
    let store = SqliteStore::open(path, clock, &StoreSettings::default()).await;
    store.expect("the store opens")
}

fn damage(path: &Path, statement: &str) {
    let connection = Connection::open(path).expect("a connection");
    assert_eq!(connection.execute(statement, []).expect("the statement runs"), 1);
}

#[tokio::test]
async fn an_unreadable_task_is_failed_and_the_next_one_claimed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("tasks.db");
    let store = open(&path).await;
    let key = sample::key(&store, "laptop").await.expect("a key");
    let bad = sample::submit(&store, sample::task_with_webhook(key, 1))
        .await
        .expect("a task")
        .id;
    let good = sample::submit(&store, sample::task(key, 2)).await.expect("a task").id;
    damage(&path, "UPDATE tasks SET request = '{\"model\":1}' WHERE sequence = 1");
    assert_eq!(sample::claim(&store).await.expect("a claim").task.id, good);
    let counts = store.counts().await.expect("counts");
    assert_eq!((counts.queued, counts.running, counts.failed), (0, 1, 1));
    assert!(matches!(store.get(key, bad).await, Err(StoreError::Unavailable(_))));
    assert!(store.get(key, good).await.is_ok());
    store.close().await;
}

#[tokio::test]
async fn a_callback_of_an_unreadable_task_is_given_up() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("tasks.db");
    let store = open(&path).await;
    let key = sample::key(&store, "laptop").await.expect("a key");
    let mut ids = Vec::new();
    for number in 1..=2 {
        let id = sample::submit(&store, sample::task_with_webhook(key, number))
            .await
            .expect("a task")
            .id;
        store.cancel(key, id, Reach::Running).await.expect("a cancel");
        ids.push(id);
    }
    damage(&path, "UPDATE tasks SET dialect = 'unheard of' WHERE sequence = 1");
    let due = store.due_deliveries(&sample::any_due(10)).await.expect("deliveries");
    let due: Vec<_> = due.iter().map(|delivery| delivery.task.id).collect();
    assert_eq!(due, ids[1..]);
    damage(&path, "UPDATE deliveries SET tries = tries WHERE state = 'dead'");
    store.close().await;
}
