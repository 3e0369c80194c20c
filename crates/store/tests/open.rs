//! Opening and closing.

use std::{path::Path, sync::Arc};

use domain::{
    store::{StoreError, Submission, TaskStore},
    time::Clock,
};
use rusqlite::Connection;
use store::{
    StoreSettings,
    contract::{ManualClock, sample},
    sqlite::SqliteStore,
};
use tokio::task::JoinSet;

async fn open(path: &Path) -> Result<SqliteStore, StoreError> {
    let clock: Arc<dyn Clock> = Arc::new(ManualClock::default());
    SqliteStore::open(path, clock, &StoreSettings::default()).await
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("tasks.db");
    open(&path).await.expect("a new database").close().await;
    let connection = Connection::open(&path).expect("a connection");
    connection
        .pragma_update(None, "user_version", 700)
        .expect("a newer version");
    let Err(StoreError::TooNew { found, known }) = open(&path).await else {
        panic!("a newer database was opened")
    };
    assert!(found == 700 && known < found, "found {found}, known {known}");
}

#[tokio::test]
async fn a_database_of_the_first_builds_keeps_its_tasks() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("tasks.db");
    let store = open(&path).await.expect("a new database");
    let key = sample::key(&store, "laptop").await.expect("a key");
    let ended = sample::submit(&store, sample::task(key, 1)).await.expect("a task");
    let claimed = sample::claim(&store).await.expect("a claim");
    let outcome = sample::succeeded(&claimed.claim);
    store.finish(claimed.claim, outcome).await.expect("an end");
    sample::submit(&store, sample::task(key, 2)).await.expect("a task");
    let changes = store.changes(key, ended.id, 0).await.expect("its changes");
    store.close().await;
    let counted_in_a_table = "DROP TRIGGER state_change;
        DROP TABLE state_changes;
        CREATE TRIGGER usage_charge AFTER INSERT ON tasks BEGIN SELECT 1; END;
        ALTER TABLE deliveries DROP COLUMN receiver;
        PRAGMA user_version = 0;
        CREATE TABLE _sqlx_migrations (version INTEGER PRIMARY KEY);
        INSERT INTO _sqlx_migrations VALUES (1), (2), (3), (4), (5)";
    let connection = Connection::open(&path).expect("a connection");
    connection
        .execute_batch(counted_in_a_table)
        .expect("the old way to count");
    drop(connection);
    let store = open(&path).await.expect("the old database");
    assert_eq!(store.counts().await.expect("its counts").queued, 1);
    assert_eq!(
        (
            changes.len(),
            store.changes(key, ended.id, 0).await.expect("its changes")
        ),
        (2, changes)
    );
    store.close().await;
}

#[tokio::test]
async fn what_is_no_database_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("tasks.db");
    let text = "something that somebody needs. ".repeat(200);
    std::fs::write(&path, &text).expect("a file");
    assert!(matches!(open(&path).await, Err(StoreError::Unavailable(_))));
    assert_eq!(std::fs::read_to_string(&path).expect("the file"), text);
    let nowhere = folder.path().join("missing").join("tasks.db");
    assert!(matches!(open(&nowhere).await, Err(StoreError::Unavailable(_))));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_can_make_the_same_database_at_once() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("tasks.db");
    let mut opening = JoinSet::new();
    for _ in 0..6 {
        let path = path.clone();
        opening.spawn(async move { open(&path).await });
    }
    let stores: Vec<_> = opening
        .join_all()
        .await
        .into_iter()
        .map(|store| store.expect("it opens beside others"))
        .collect();
    for (number, store) in stores.iter().enumerate() {
        sample::key(store, &format!("key {number}")).await.expect("a key");
    }
    let keys = stores[0].keys().await.expect("the keys");
    assert_eq!(keys.len(), 6);
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_can_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = open(&folder.path().join("tasks.db")).await.expect("a new database");
    sample::key(&store, "laptop").await.expect("a key");
    for entry in std::fs::read_dir(folder.path()).expect("the folder") {
        let entry = entry.expect("a readable entry");
        let mode = entry.metadata().expect("its rights").permissions().mode();
        assert_eq!(mode & 0o077, 0, "{:?}", entry.file_name());
    }
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn closing_writes_what_waits() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("tasks.db");
    let store = Arc::new(open(&path).await.expect("a new database"));
    let key = sample::key(&*store, "laptop").await.expect("a key");
    let mut submits = JoinSet::new();
    for number in 0..100 {
        let store = Arc::clone(&store);
        submits.spawn(async move { store.submit(sample::task(key, number)).await });
    }
    let first = submits.join_next().await.expect("a hundred submits").expect("no panic");
    assert!(matches!(first, Ok(Submission::Created(_))));
    store.close().await;
    let answers = submits.join_all().await;
    let created = 1 + answers
        .iter()
        .filter(|answer| matches!(answer, Ok(Submission::Created(_))))
        .count();
    let refused = answers
        .iter()
        .filter(|answer| matches!(answer, Err(StoreError::Unavailable(_))))
        .count();
    assert_eq!(created + refused, 100);
    assert!(matches!(
        store.submit(sample::task(key, 200)).await,
        Err(StoreError::Unavailable(_))
    ));
    assert!(matches!(store.counts().await, Err(StoreError::Unavailable(_))));
    store.close().await;
    let again = open(&path).await.expect("the same database");
    assert_eq!(again.counts().await.expect("its counts").queued, created as u64);
    again.close().await;
}
