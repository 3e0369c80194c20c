//! A full disk.

use std::sync::Arc;

use domain::{
    store::{Reach, StoreError, Submission, TaskStore},
    time::{Clock, Timestamp},
};

use super::{SqliteStore, connect};
use crate::{
    StoreSettings,
    contract::{ManualClock, sample},
};

/// The database may grow to so many pages of 4 KiB; more is a full disk to SQLite.
const PAGES: u32 = 100;

#[tokio::test]
async fn a_full_disk_refuses_what_needs_room_and_the_writer_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tasks.db");
    let settings = StoreSettings::default();
    connect::create_private(&path).unwrap();
    let (database, how) = (path.clone(), settings.clone());
    let open = Box::new(move || {
        let connection = connect::writer(&database, &how)?;
        connection.pragma_update(None, "max_page_count", PAGES)?;
        Ok(connection)
    });
    let clock: Arc<dyn Clock> = Arc::new(ManualClock::default());
    let store = Arc::new(SqliteStore::open_with(&path, open, clock, &settings).await.unwrap());
    let key = sample::key(&*store, "laptop").await.unwrap();
    let mut ended = Vec::new();
    for number in 0..50 {
        let id = sample::submit(&*store, sample::task(key, number)).await.unwrap().id;
        store.cancel(key, id, Reach::Running).await.unwrap();
        ended.push(id);
    }
    store.mark_artifacts_expired(&ended).await.unwrap();
    let mut accepted = Vec::new();
    let mut number = 50;
    let refused = loop {
        number += 1;
        match store.submit(sample::task(key, number)).await {
            Ok(Submission::Created(task)) => accepted.push(task.id),
            other => break other,
        }
        assert!(number < 10_000, "the disk never filled up");
    };
    assert!(matches!(refused, Err(StoreError::Full)), "{refused:?}");
    // Everything that was acknowledged is there, and what needs no room still works and makes some.
    assert_eq!(store.existing(&accepted).await.unwrap(), accepted);
    let far = Timestamp::from_milliseconds(i64::MAX);
    let due = store.rows_due(far, 100).await.unwrap();
    assert_eq!(store.delete_rows(&due).await.unwrap(), 50);
    sample::submit(&*store, sample::task(key, number + 1)).await.unwrap();
    store.close().await;
}
