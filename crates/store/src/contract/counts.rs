//! Tasks by state.

use std::time::Duration;

use domain::store::{Counts, Outcome, Reach};

use super::{Harness, Kept, sample};

pub(super) async fn every_state_is_counted(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    assert_eq!(store.counts().await?, Counts::default());
    let key = sample::key(&*store, "first").await?;
    for number in 1..=3 {
        let claim = sample::submit_and_claim(&*store, sample::task(key, number)).await?;
        let outcome = sample::succeeded(&claim);
        store.finish(claim, outcome).await?;
    }
    for number in 4..=5 {
        let claim = sample::submit_and_claim(&*store, sample::task(key, number)).await?;
        store.finish(claim, Outcome::Failed(sample::failure())).await?;
    }
    let cancelled = sample::submit(&*store, sample::task(key, 6)).await?.id;
    store.cancel(key, cancelled, Reach::Running).await?;
    sample::submit_and_claim(&*store, sample::task(key, 7)).await?;
    let oldest = sample::submit(&*store, sample::off_peak_task(key, 8)).await?;
    harness.advance(Duration::from_secs(1));
    let younger = sample::submit(&*store, sample::task(key, 9)).await?;
    let counts = Counts {
        queued: 2,
        running: 1,
        succeeded: 3,
        failed: 2,
        cancelled: 1,
        oldest_queued: Some(oldest.created_at),
    };
    assert_eq!(store.counts().await?, counts);
    store.cancel(key, oldest.id, Reach::Running).await?;
    let counts = store.counts().await?;
    assert_eq!((counts.queued, counts.oldest_queued), (1, Some(younger.created_at)));
    Ok(())
}
