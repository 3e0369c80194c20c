//! What was acknowledged survives a killed process.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::{
    collections::BTreeSet,
    env,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use domain::{
    id::TaskId,
    store::{Submission, TaskStore},
    time::Clock,
};
use rusqlite::Connection;
use store::{
    StoreSettings,
    contract::{ManualClock, sample},
    sqlite::SqliteStore,
};

/// Names the database to the process that is going to be killed.
const DATABASE: &str = "STORE_CRASH_DATABASE";
const ACKNOWLEDGED: &str = "acknowledged ";
/// The process is killed after this many, in the middle of the next.
const ENOUGH: usize = 200;

async fn open(path: &Path) -> SqliteStore {
    let clock: Arc<dyn Clock> = Arc::new(ManualClock::default());
    let store = SqliteStore::open(path, clock, &StoreSettings::default()).await;
    store.expect("the store opens")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "it never ends; the other test runs it in a process of its own"]
async fn submits_until_it_is_killed() {
    let path = env::var_os(DATABASE).expect("the other test names the database");
    let store = Arc::new(open(Path::new(&path)).await);
    let key = sample::key(&*store, "laptop").await.expect("a key");
    let numbers = Arc::new(AtomicU32::new(0));
    let mut submitters = tokio::task::JoinSet::new();
    for _ in 0..16 {
        let (store, numbers) = (Arc::clone(&store), Arc::clone(&numbers));
        submitters.spawn(async move {
            loop {
                let mut task = sample::task(key, numbers.fetch_add(1, Ordering::Relaxed));
                task.queue_limit = u32::MAX;
                let submission = store.submit(task).await.expect("an answer");
                let Submission::Created(task) = submission else {
                    panic!("{submission:?}")
                };
                writeln!(std::io::stdout(), "{ACKNOWLEDGED}{}", task.id).expect("somebody listens");
            }
        });
    }
    submitters.join_all().await;
}

#[tokio::test]
async fn every_acknowledged_task_survives_a_kill() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("tasks.db");
    let acknowledged = submit_and_kill(&path);
    assert!(acknowledged.len() >= ENOUGH, "it died after {}", acknowledged.len());
    let store = open(&path).await;
    let existing = store.existing(&acknowledged).await.expect("an answer");
    let lost: Vec<_> = BTreeSet::from_iter(acknowledged)
        .difference(&BTreeSet::from_iter(existing))
        .copied()
        .collect();
    assert_eq!(lost, [], "acknowledged, but gone");
    let key = store.keys().await.expect("the keys")[0].id;
    let task = sample::claim(&store).await.expect("a claim").task;
    assert_eq!((task.key, task.request), (key, sample::request()));
    store.close().await;
    let connection = Connection::open(&path).expect("a connection");
    let check: String = connection
        .pragma_query_value(None, "integrity_check", |row| row.get(0))
        .expect("an answer");
    assert_eq!(check, "ok");
}

/// The ids that a process acknowledged before it was killed.
fn submit_and_kill(path: &Path) -> Vec<TaskId> {
    let mut child = Command::new(env::current_exe().expect("this program"))
        .args(["submits_until_it_is_killed", "--exact", "--ignored", "--nocapture"])
        .env(DATABASE, path)
        .stdout(Stdio::piped())
        .spawn()
        .expect("another process");
    let output = child.stdout.take().expect("its output");
    let mut acknowledged = Vec::new();
    for line in BufReader::new(output).lines() {
        let line = line.expect("readable output");
        // The test harness prints lines of its own.
        if let Some(id) = line.strip_prefix(ACKNOWLEDGED).and_then(|id| id.parse().ok()) {
            acknowledged.push(id);
        }
        if acknowledged.len() == ENOUGH {
            child.kill().expect("it can be killed");
        }
    }
    let status = child.wait().expect("it ended");
    assert!(!status.success(), "it ended by itself");
    acknowledged
}
