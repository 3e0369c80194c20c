//! How long a task still waits.

use std::time::Duration;

use domain::{store::Outcome, time::Timestamp};
use tokio::task::JoinSet;

use super::{Harness, Kept, sample};

pub(super) async fn it_counts_ready_tasks_ahead(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let other = sample::key(&*store, "other").await?;
    let first = sample::submit(&*store, sample::task(key, 3)).await?.id;
    let second = sample::submit(&*store, sample::task(other, 2)).await?.id;
    let off_peak = sample::submit(&*store, sample::off_peak_task(key, 4)).await?.id;
    let third = sample::submit(&*store, sample::task(key, 1)).await?.id;
    for (id, position) in [(first, 1), (second, 2), (third, 3), (off_peak, 4)] {
        assert_eq!(store.queue_position(id).await?, Some(position), "of task {id}");
    }
    let claim = sample::claim(&*store).await?.claim;
    assert_eq!(store.queue_position(first).await?, None, "of a running task");
    assert_eq!(store.queue_position(second).await?, Some(1));
    // A task that must not be claimed yet is not ahead of anyone.
    let not_before = Timestamp::from_milliseconds(i64::MAX);
    store.finish(claim, Outcome::Returned { not_before }).await?;
    assert_eq!(store.queue_position(second).await?, Some(1));
    // The turn is the other key's, though.
    assert_eq!(store.queue_position(first).await?, Some(2));
    Ok(())
}

pub(super) async fn only_waiting_tasks_have_one(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    assert_eq!(store.queue_position(sample::task(key, 1).id).await?, None);
    let claim = sample::submit_and_claim(&*store, sample::task(key, 1)).await?;
    let id = claim.task();
    let outcome = sample::succeeded(&claim);
    store.finish(claim, outcome).await?;
    assert_eq!(store.queue_position(id).await?, None);
    Ok(())
}

pub(super) async fn it_stops_at_ten_thousand(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let mut last = sample::task(key, 0).id;
    // One more than are counted: 10,001 wait ahead of the last.
    for hundreds in 0..101 {
        let mut submits = JoinSet::new();
        for number in 0..100 {
            let store = harness.store();
            let mut task = sample::task(key, hundreds * 100 + number);
            task.queue_limit = u32::MAX;
            submits.spawn(async move { store.submit(task).await });
        }
        for submission in submits.join_all().await {
            submission?;
        }
        harness.advance(Duration::from_millis(1));
        if hundreds == 99 {
            let mut task = sample::task(key, 20_000);
            task.queue_limit = u32::MAX;
            last = sample::submit(&*store, task).await?.id;
            assert_eq!(store.queue_position(last).await?, Some(10_000));
        }
    }
    for _ in 0..2 {
        sample::claim(&*store).await?;
    }
    assert_eq!(store.queue_position(last).await?, Some(9_999));
    Ok(())
}
