//! Rows that nobody can read hold up nobody else, and what a disk made of the file is an error and no more.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::{
    io::{Seek, SeekFrom, Write},
    path::Path,
    sync::Arc,
    time::Duration,
};

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

const PAGE: u64 = 4096;
const DEADLINE: Duration = Duration::from_secs(30);

/// What a disk that loses its contents leaves: every third page or so is rubbish.
fn scribble(path: &Path, seed: u64) {
    let mut file = std::fs::OpenOptions::new().write(true).open(path).expect("the file");
    let pages = file.metadata().expect("its size").len() / PAGE;
    let mut state = seed;
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    for page in 1..pages {
        if next() % 3 == 0 {
            let rubbish: Vec<u8> = (0..PAGE).map(|_| next() as u8).collect();
            file.seek(SeekFrom::Start(page * PAGE)).expect("the page");
            file.write_all(&rubbish).expect("the page");
        }
    }
}

/// Whether it failed, which must be said as such.
fn is_said<T>(answer: Result<T, StoreError>) -> bool {
    let failed = answer.err();
    if let Some(error) = &failed {
        assert!(matches!(error, StoreError::Unavailable(_)), "{error}");
    }
    failed.is_some()
}

#[tokio::test]
async fn a_file_that_turned_to_rubbish_is_an_error_while_it_is_used_and_when_it_is_opened() {
    for seed in 1..=12 {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("tasks.db");
        let store = open(&path).await;
        let key = sample::key(&store, "laptop").await.expect("a key");
        for number in 0..60 {
            sample::submit(&store, sample::task_with_webhook(key, number))
                .await
                .expect("a task");
        }
        store.close().await;
        let store = open(&path).await;
        scribble(&path, seed);
        let use_it = async {
            let mut failed = Vec::new();
            for number in 0..60 {
                let id = sample::task(key, number).id;
                failed.push(is_said(store.get(key, id).await));
                failed.push(is_said(store.cancel(key, id, Reach::Running).await));
            }
            failed.push(is_said(store.submit(sample::task(key, 100)).await));
            failed.push(is_said(store.claim(&sample::TERMS).await));
            failed.push(is_said(store.counts().await));
            failed.push(is_said(store.due_deliveries(&sample::any_due(100)).await));
            store.close().await;
            failed
        };
        let failed = tokio::time::timeout(DEADLINE, use_it).await.expect("answers in time");
        assert!(failed.contains(&true), "nothing was damaged by seed {seed}");
        let clock: Arc<dyn Clock> = Arc::new(ManualClock::default());
        is_said(SqliteStore::open(&path, clock, &StoreSettings::default()).await);
    }
}
