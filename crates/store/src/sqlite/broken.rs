//! A write that panics.

use std::sync::Arc;

use domain::{
    store::{StoreError, Submission, TaskStore},
    time::Clock,
};

use super::{
    SqliteStore,
    operation::{Operation, Writing},
    queries,
};
use crate::{
    StoreSettings,
    contract::{ManualClock, sample},
    error::Error,
};

/// Does half of its work.
struct Broken;

impl Operation for Broken {
    type Answer = ();

    fn apply(&self, writing: &mut Writing<'_>) -> Result<(), Error> {
        writing.execute(queries::REVOKE_KEY, ("laptop", 1))?;
        panic!("a bug")
    }
}

#[tokio::test]
async fn it_fails_alone_leaves_nothing_behind_and_the_writer_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let clock: Arc<dyn Clock> = Arc::new(ManualClock::default());
    let store = SqliteStore::open(&folder.path().join("tasks.db"), clock, &StoreSettings::default()).await;
    let store = store.unwrap();
    let key = sample::key(&store, "laptop").await.unwrap();
    // All three wait before the writer takes them: they share a transaction.
    let (first, broken, last) = tokio::join!(
        store.submit(sample::task(key, 1)),
        store.write(Broken),
        store.submit(sample::task(key, 2))
    );
    assert!(
        matches!(
            (&first, &last),
            (Ok(Submission::Created(_)), Ok(Submission::Created(_)))
        ),
        "{first:?} {last:?}"
    );
    assert!(
        matches!(&broken, Err(StoreError::Unavailable(words)) if words.contains("a bug")),
        "{broken:?}"
    );
    assert_eq!(store.keys().await.unwrap()[0].revoked_at, None);
    assert_eq!(store.counts().await.unwrap().queued, 2);
    store.close().await;
}
