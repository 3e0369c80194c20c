//! Durable submits per second beside the floor that this disk sets, and claiming beside half a million
//! ended tasks. Run with `cargo bench -p store`; a folder as argument measures another disk.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on has failed")]

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU32, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use domain::{
    id::KeyId,
    store::{Submission, TaskStore},
    time::Clock,
};
use rusqlite::Connection;
use store::{
    StoreSettings,
    contract::{ManualClock, sample},
    sqlite::SqliteStore,
};
use tempfile::TempDir;
use tokio::task::JoinSet;

const SUBMITTERS: u32 = 64;
const ROUNDS: u32 = 3;
const ROUND: Duration = Duration::from_secs(2);
const ENDED: u32 = 500_000;
const CLAIMS: u32 = 300;

fn folder() -> TempDir {
    match std::env::args().nth(1).filter(|argument| !argument.starts_with("--")) {
        Some(parent) => tempfile::tempdir_in(parent).unwrap(),
        None => tempfile::tempdir().unwrap(),
    }
}

async fn open(path: &Path, settings: &StoreSettings) -> (Arc<SqliteStore>, KeyId) {
    let clock: Arc<dyn Clock> = Arc::new(ManualClock::default());
    let store = Arc::new(SqliteStore::open(path, clock, settings).await.unwrap());
    let key = sample::key(&*store, "bench").await.unwrap();
    (store, key)
}

fn connect(path: &Path) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection.pragma_update(None, "journal_mode", "wal").unwrap();
    connection.pragma_update(None, "synchronous", "full").unwrap();
    connection
}

/// Durable submits per second by many at once.
async fn submits(store: &Arc<SqliteStore>, key: KeyId, numbers: &Arc<AtomicU32>) -> f64 {
    let begun = Instant::now();
    let mut submitters = JoinSet::new();
    for _ in 0..SUBMITTERS {
        let (store, numbers) = (Arc::clone(store), Arc::clone(numbers));
        submitters.spawn(async move {
            let mut done = 0_u32;
            while begun.elapsed() < ROUND {
                let mut task = sample::task(key, numbers.fetch_add(1, Ordering::Relaxed));
                task.queue_limit = u32::MAX;
                assert!(matches!(store.submit(task).await.unwrap(), Submission::Created(_)));
                done += 1;
            }
            done
        });
    }
    let done: u32 = submitters.join_all().await.into_iter().sum();
    f64::from(done) / begun.elapsed().as_secs_f64()
}

/// Transactions of one small row per second: what the disk's own flush allows.
fn floor(connection: &Connection) -> f64 {
    let begun = Instant::now();
    let mut done = 0_u32;
    while begun.elapsed() < ROUND {
        for statement in ["BEGIN IMMEDIATE", "INSERT INTO plain (text) VALUES ('row')", "COMMIT"] {
            connection.execute(statement, []).unwrap();
        }
        done += 1;
    }
    f64::from(done) / begun.elapsed().as_secs_f64()
}

async fn measure_submits() {
    let folder = folder();
    let (commits, writes) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let (seen_commits, seen_writes) = (Arc::clone(&commits), Arc::clone(&writes));
    let settings = StoreSettings {
        commit_observer: Some(Arc::new(move |_, group| {
            seen_commits.fetch_add(1, Ordering::Relaxed);
            seen_writes.fetch_add(group as u64, Ordering::Relaxed);
        })),
        ..StoreSettings::default()
    };
    let (store, key) = open(&folder.path().join("tasks.db"), &settings).await;
    let plain = connect(&folder.path().join("plain.db"));
    let table = "CREATE TABLE plain (id INTEGER PRIMARY KEY, text TEXT)";
    plain.execute(table, []).unwrap();
    let numbers = Arc::new(AtomicU32::new(0));
    for _ in 0..ROUNDS {
        let floor = floor(&plain);
        let submits = submits(&store, key, &numbers).await;
        println!(
            "submits by {SUBMITTERS} at once: {submits:.0}/s, single-row transactions: {floor:.0}/s, ratio {:.1}",
            submits / floor
        );
    }
    let (commits, writes) = (commits.load(Ordering::Relaxed), writes.load(Ordering::Relaxed));
    println!("writes in one commit: {:.1}", writes as f64 / commits as f64);
    store.close().await;
}

/// The time of one claim, the median of many.
async fn claims(store: &SqliteStore, key: KeyId, numbers: &AtomicU32) -> Duration {
    for _ in 0..CLAIMS {
        let task = sample::task(key, numbers.fetch_add(1, Ordering::Relaxed));
        sample::submit(store, task).await.unwrap();
    }
    let mut times = Vec::new();
    for _ in 0..CLAIMS {
        let begun = Instant::now();
        sample::claim(store).await.unwrap();
        times.push(begun.elapsed());
    }
    times.sort();
    times[times.len() / 2]
}

/// Copies of one ended task, straight into the table.
fn add_ended(path: &Path) {
    let statement = "WITH RECURSIVE numbers (number) AS
            (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < ?1)
        INSERT INTO tasks (id, key_id, dialect, request_id, request, warnings, off_peak, has_webhook, state,
            attempt, counted_attempts, created_at, started_at, finished_at, output)
        SELECT number, key_id, dialect, request_id, request, warnings, off_peak, has_webhook, state,
            attempt, counted_attempts, created_at, started_at, finished_at, output
        FROM numbers, (SELECT * FROM tasks WHERE state = 'succeeded' LIMIT 1)";
    let added = connect(path).execute(statement, [ENDED]).unwrap();
    assert_eq!(added, ENDED as usize);
}

async fn measure_claims() {
    let folder = folder();
    let (empty, empty_key) = open(&folder.path().join("empty.db"), &StoreSettings::default()).await;
    let path = folder.path().join("full.db");
    let (full, full_key) = open(&path, &StoreSettings::default()).await;
    let numbers = AtomicU32::new(0);
    let claim = sample::submit_and_claim(&*full, sample::task(full_key, 1_000_000))
        .await
        .unwrap();
    let outcome = sample::succeeded(&claim);
    full.finish(claim, outcome).await.unwrap();
    add_ended(&path);
    for _ in 0..ROUNDS {
        let without = claims(&empty, empty_key, &numbers).await;
        let with = claims(&full, full_key, &numbers).await;
        let ratio = with.as_secs_f64() / without.as_secs_f64();
        println!("claim: {without:?} with no ended task, {with:?} with {ENDED}, ratio {ratio:.2}");
    }
    let begun = Instant::now();
    full.counts().await.unwrap();
    println!("counts with {ENDED} ended tasks: {:?}", begun.elapsed());
    empty.close().await;
    full.close().await;
}

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        measure_submits().await;
        measure_claims().await;
    });
}
