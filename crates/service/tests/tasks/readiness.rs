//! Whether a task would be taken.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use domain::{failure::Code, time::Clock};
use store::{StoreSettings, sqlite::SqliteStore};

use crate::bench::{Bench, build, settings};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_can_only_be_read_is_not_ready() {
    let bench = Bench::new(settings()).await;
    let stuck = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&stuck);
    let store_settings = StoreSettings {
        commit_observer: Some(Arc::new(move |_, _| {
            while seen.load(Ordering::SeqCst) {
                std::thread::sleep(Duration::from_millis(5));
            }
        })),
        ..StoreSettings::default()
    };
    let folder = tempfile::tempdir().unwrap();
    let clock: Arc<dyn Clock> = Arc::clone(&bench.clock) as _;
    let store = SqliteStore::open(&folder.path().join("kinora.db"), clock, &store_settings).await;
    let store = Arc::new(store.unwrap());
    let service = build(
        folder.path(),
        &bench.clock,
        &store,
        &bench.secret,
        &bench.engine,
        settings(),
    );
    assert_eq!(service.ready().await, Ok(()));
    stuck.store(true, Ordering::SeqCst);
    assert_eq!(service.ready().await.unwrap_err().code, Code::Internal);
    stuck.store(false, Ordering::SeqCst);
    assert_eq!(service.ready().await, Ok(()));
    store.close().await;
}
