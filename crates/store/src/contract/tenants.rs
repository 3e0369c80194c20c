//! Several keys share the queue, each within its limits, and what each used is written down.

use std::time::Duration;

use domain::{
    id::{KeyId, TaskId},
    store::{ClaimTerms, KeyLimits, NewTask, Outcome, Reach, StoreError, Submission, TaskStore, UsageDay},
    time::Timestamp,
};

use super::{Harness, Kept, sample};

const DAY: Duration = Duration::from_secs(24 * 3600);
const BEGINNING: Timestamp = Timestamp::from_milliseconds(0);
const FAR: Timestamp = Timestamp::from_milliseconds(i64::MAX);

async fn submit(store: &dyn TaskStore, key: KeyId, numbers: std::ops::Range<u32>) -> Result<(), StoreError> {
    for number in numbers {
        sample::submit(store, sample::task(key, number)).await?;
    }
    Ok(())
}

pub(super) async fn a_key_with_many_tasks_starves_nobody(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let busy = sample::key(&*store, "busy").await?;
    let calm = sample::key(&*store, "calm").await?;
    submit(&*store, busy, 0..1000).await?;
    sample::claim(&*store).await?;
    let id = sample::submit(&*store, sample::task(calm, 5000)).await?.id;
    assert_eq!(store.queue_position(id).await?, Some(1));
    assert_eq!(sample::claim(&*store).await?.task.id, id);
    Ok(())
}

pub(super) async fn keys_take_turns_as_the_position_said(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let keys = [
        sample::key(&*store, "first").await?,
        sample::key(&*store, "second").await?,
        sample::key(&*store, "third").await?,
    ];
    let mut tasks: Vec<TaskId> = Vec::new();
    for (key, numbers) in keys.into_iter().zip([0..6, 10..13, 20..21]) {
        for number in numbers {
            tasks.push(sample::submit(&*store, sample::task(key, number)).await?.id);
        }
    }
    let mut expected = Vec::new();
    for id in &tasks {
        expected.push((store.queue_position(*id).await?.unwrap_or(0), *id));
    }
    expected.sort_unstable();
    for (place, (position, id)) in expected.iter().enumerate() {
        assert_eq!(
            usize::try_from(*position).ok(),
            Some(place + 1),
            "no two have the same place"
        );
        assert_eq!(sample::claim(&*store).await?.task.id, *id);
    }
    Ok(())
}

pub(super) async fn off_peak_tasks_of_one_key_wait_for_those_of_all(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let patient = sample::key(&*store, "patient").await?;
    let busy = sample::key(&*store, "busy").await?;
    let off_peak = sample::submit(&*store, sample::off_peak_task(patient, 1)).await?.id;
    submit(&*store, busy, 2..4).await?;
    for _ in 0..2 {
        assert_eq!(sample::claim(&*store).await?.task.key, busy);
    }
    assert_eq!(sample::claim(&*store).await?.task.id, off_peak);
    Ok(())
}

pub(super) async fn only_so_many_of_a_key_run(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let limited = sample::key(&*store, "limited").await?;
    let other = sample::key(&*store, "other").await?;
    let limits = KeyLimits {
        concurrency: Some(1),
        ..KeyLimits::default()
    };
    assert!(store.limit_key("limited", &limits).await?);
    submit(&*store, limited, 0..3).await?;
    let first = sample::claim(&*store).await?;
    assert_eq!(first.task.key, limited);
    assert_eq!(store.claim(&sample::TERMS).await?, None, "one runs already");
    submit(&*store, other, 10..13).await?;
    let two_each = ClaimTerms {
        per_key: 2,
        ..sample::TERMS
    };
    for _ in 0..2 {
        let claimed = store.claim(&two_each).await?.map(|claimed| claimed.task.key);
        assert_eq!(claimed, Some(other));
    }
    assert_eq!(store.claim(&two_each).await?, None, "the general limit is reached too");
    store.finish(first.claim, Outcome::Cancelled).await?;
    assert_eq!(sample::claim(&*store).await?.task.key, limited);
    Ok(())
}

pub(super) async fn limits_are_kept_with_the_key(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let id = sample::key(&*store, "laptop").await?;
    let limits = KeyLimits {
        concurrency: Some(3),
        requests_per_second: Some(0),
        daily_seconds: Some(u64::from(u32::MAX) * 2),
    };
    assert!(store.limit_key("laptop", &limits).await?);
    let kept = harness.second().await.key_by_id(id).await?.map(|key| key.limits);
    assert_eq!(kept, Some(limits));
    assert!(store.limit_key("laptop", &KeyLimits::default()).await?);
    let kept = store.key_by_id(id).await?.map(|key| key.limits);
    assert_eq!(kept, Some(KeyLimits::default()));
    assert!(!store.limit_key("phone", &limits).await?);
    Ok(())
}

/// With a quota of twelve seconds; a sample takes five.
fn with_quota(key: KeyId, number: u32) -> NewTask {
    let mut task = sample::task(key, number);
    task.daily_seconds = Some(12);
    task
}

pub(super) async fn a_day_has_its_quota(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let other = sample::key(&*store, "other").await?;
    let first = sample::submit(&*store, with_quota(key, 1)).await?;
    sample::submit(&*store, with_quota(key, 2)).await?;
    let refused = store.submit(with_quota(key, 3)).await?;
    let Submission::QuotaExceeded { until } = refused else {
        sample::broken(format!("a submit beyond the quota was answered with {refused:?}"))
    };
    let day = i64::try_from(DAY.as_millis()).unwrap_or(i64::MAX);
    let midnight = (first.created_at.milliseconds() / day + 1) * day;
    assert_eq!(until, Timestamp::from_milliseconds(midnight));
    assert_eq!(store.get(key, sample::task(key, 3).id).await?, None);
    sample::submit(&*store, with_quota(other, 4)).await?;
    // What was cancelled does not count.
    store.cancel(key, first.id, Reach::Running).await?;
    sample::submit(&*store, with_quota(key, 5)).await?;
    assert!(matches!(
        store.submit(with_quota(key, 6)).await?,
        Submission::QuotaExceeded { .. }
    ));
    harness.advance(until.since(first.created_at));
    sample::submit(&*store, with_quota(key, 7)).await?;
    Ok(())
}

pub(super) async fn the_ledger_holds_a_charge_for_every_task_and_a_refund_for_every_failure(
    harness: &dyn Harness,
) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let succeeded = sample::submit_and_claim(&*store, sample::task(key, 1)).await?;
    let failed = sample::submit_and_claim(&*store, sample::task(key, 2)).await?;
    let ids = [
        succeeded.task(),
        failed.task(),
        sample::task(key, 3).id,
        sample::task(key, 4).id,
    ];
    let [one, two, three, four] = ids;
    let outcome = sample::succeeded(&succeeded);
    store.finish(succeeded, outcome).await?;
    // Once more first: an attempt that failed is no failed task.
    store.finish(failed, Outcome::Retry { not_before: BEGINNING }).await?;
    let failed = sample::claim(&*store).await?.claim;
    store.finish(failed, Outcome::Failed(sample::failure())).await?;
    submit(&*store, key, 3..5).await?;
    store.cancel(key, three, Reach::Running).await?;
    harness.advance(DAY);
    store.delete(key, four).await?;
    let lines = store.ledger(key, None, 100).await?;
    let seen: Vec<_> = lines.iter().rev().map(|line| (line.task, line.seconds)).collect();
    let expected = [
        (one, 5),
        (two, 5),
        (two, -5),
        (three, 5),
        (four, 5),
        (three, -5),
        (four, -5),
    ];
    assert_eq!(seen, expected);
    let third = lines.get(2).map(|line| line.id);
    assert_eq!(store.ledger(key, third, 2).await?.len(), 2);
    // They outlive the tasks, and the refunds belong to the day of their charges.
    store.delete_rows(&ids).await?;
    assert_eq!(store.ledger(key, None, 100).await?, lines);
    let days = store.usage(key, BEGINNING, FAR).await?;
    let [day] = days.as_slice() else {
        sample::broken(format!("one day was used, not {}", days.len()))
    };
    let expected = UsageDay {
        day: day.day,
        tasks: 4,
        seconds: 20,
        refunded_tasks: 3,
        refunded_seconds: 15,
    };
    assert_eq!(*day, expected);
    let other = sample::key(&*store, "other").await?;
    assert_eq!(store.usage(other, BEGINNING, FAR).await?, []);
    assert_eq!(store.ledger(other, None, 100).await?, []);
    assert_eq!(store.usage(key, day.day + DAY, FAR).await?, []);
    Ok(())
}
