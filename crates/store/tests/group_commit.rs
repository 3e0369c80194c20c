//! Writes share commits, and too many of them are refused at once.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::{
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use domain::{
    id::KeyId,
    store::{StoreError, Submission, TaskStore},
    time::Clock,
};
use rusqlite::Connection;
use store::{
    StoreSettings,
    contract::{ManualClock, sample},
    sqlite::SqliteStore,
};
use tempfile::TempDir;
use tokio::{task::JoinSet, time::timeout};

const DEADLINE: Duration = Duration::from_secs(30);

type Commits = Arc<Mutex<Vec<(Duration, usize)>>>;

struct Watched {
    folder: TempDir,
    store: Arc<SqliteStore>,
    key: KeyId,
    commits: Commits,
}

impl Watched {
    async fn new(mut settings: StoreSettings) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let commits = Commits::default();
        let seen = Arc::clone(&commits);
        settings.commit_observer = Some(Arc::new(move |took, writes| {
            seen.lock().expect("no panic while it was held").push((took, writes));
        }));
        let clock: Arc<dyn Clock> = Arc::new(ManualClock::default());
        let store = SqliteStore::open(&folder.path().join("tasks.db"), clock, &settings).await;
        let store = Arc::new(store.expect("the store opens"));
        let key = sample::key(&*store, "laptop").await.expect("a key");
        commits.lock().expect("no panic while it was held").clear();
        Self {
            folder,
            store,
            key,
            commits,
        }
    }

    fn submit_all(&self, count: u32) -> JoinSet<Result<Submission, StoreError>> {
        let mut submits = JoinSet::new();
        for number in 0..count {
            let (store, task) = (Arc::clone(&self.store), sample::task(self.key, number));
            submits.spawn(async move { store.submit(task).await });
        }
        submits
    }
}

/// Keeps everybody else from writing, as another process in the middle of a write does.
fn lock(folder: &Path) -> Connection {
    let connection = Connection::open(folder.join("tasks.db")).expect("a connection");
    run(&connection, "BEGIN IMMEDIATE");
    connection
}

fn run(connection: &Connection, statement: &str) {
    connection.execute_batch(statement).expect("the statement runs");
}

// On a single thread, so that yielding lets every submit reach the queue.
#[tokio::test]
async fn what_waits_is_committed_together() {
    let watched = Watched::new(StoreSettings::default()).await;
    let other = lock(watched.folder.path());
    let submits = watched.submit_all(100);
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    run(&other, "COMMIT");
    let answers = timeout(DEADLINE, submits.join_all()).await.expect("answers in time");
    assert!(
        answers
            .iter()
            .all(|answer| matches!(answer, Ok(Submission::Created(_))))
    );
    let commits = watched.commits.lock().expect("no panic while it was held").clone();
    assert_eq!(commits.iter().map(|(_, writes)| writes).sum::<usize>(), 100);
    // The first may already have gone into the commit that waited for the lock.
    assert!(
        commits.len() <= 3,
        "{} commits for 100 writes that waited together",
        commits.len()
    );
    assert!(commits.iter().all(|(took, _)| *took > Duration::ZERO));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn too_many_writes_are_refused_at_once() {
    let watched = Watched::new(StoreSettings {
        waiting_writes: 2,
        largest_commit: 1,
        busy_timeout_ms: 60_000,
        ..StoreSettings::default()
    })
    .await;
    let other = lock(watched.folder.path());
    // Two wait, and one more once the writer has taken the first: at most three of ten have room.
    let mut submits = watched.submit_all(10);
    for _ in 0..7 {
        let refused = timeout(DEADLINE, submits.join_next()).await.expect("an answer at once");
        let refused = refused.expect("ten submits").expect("no panic");
        assert!(matches!(refused, Err(StoreError::Busy)), "{refused:?}");
    }
    // Reading goes on, and a worker waits for room instead of losing what it has to say.
    assert_eq!(watched.store.counts().await.expect("counts").queued, 0);
    let store = Arc::clone(&watched.store);
    let claim = tokio::spawn(async move { store.claim(&sample::TERMS).await });
    run(&other, "COMMIT");
    let answers = timeout(DEADLINE, submits.join_all()).await.expect("answers in time");
    let created = answers
        .iter()
        .filter(|answer| matches!(answer, Ok(Submission::Created(_))))
        .count();
    let refused = answers
        .iter()
        .filter(|answer| matches!(answer, Err(StoreError::Busy)))
        .count();
    assert!(created >= 2 && created + refused == answers.len(), "{answers:?}");
    let claimed = timeout(DEADLINE, claim)
        .await
        .expect("an answer in time")
        .expect("no panic");
    assert!(claimed.is_ok(), "{claimed:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lock_that_is_held_too_long_fails_the_writes_and_no_later_ones() {
    let watched = Watched::new(StoreSettings {
        busy_timeout_ms: 50,
        ..StoreSettings::default()
    })
    .await;
    let other = lock(watched.folder.path());
    for answer in timeout(DEADLINE, watched.submit_all(5).join_all())
        .await
        .expect("answers in time")
    {
        assert!(matches!(answer, Err(StoreError::Busy)), "{answer:?}");
    }
    run(&other, "ROLLBACK");
    assert_eq!(watched.store.counts().await.expect("counts").queued, 0);
    for answer in timeout(DEADLINE, watched.submit_all(5).join_all())
        .await
        .expect("answers in time")
    {
        assert!(matches!(answer, Ok(Submission::Created(_))), "{answer:?}");
    }
}
