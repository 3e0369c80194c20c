//! What becomes of tasks whose worker died.

use std::time::Duration;

use domain::{
    failure::Code,
    state::{Progress, StateName, TaskState},
    store::{Beat, Expired, Reach, RetryPolicy},
};

use super::{Harness, Kept, sample};

const POLICY: RetryPolicy = RetryPolicy {
    most_attempts: 2,
    back_off: Duration::from_secs(5),
};

pub(super) async fn only_leases_that_ran_out_are_taken_back(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let short = sample::submit_and_claim(&*store, sample::task(key, 1)).await?;
    harness.advance(sample::LEASE / 2);
    let long = sample::submit_and_claim(&*store, sample::task(key, 2)).await?;
    harness.advance(sample::LEASE / 2);
    let released = store.release_expired(&POLICY).await?;
    let expired = Expired {
        task: short.task(),
        attempt: 1,
        now: StateName::Queued,
    };
    assert_eq!(released, [expired]);
    assert_eq!(store.beat(&long, Progress::default(), sample::LEASE).await?, Beat::GoOn);
    assert_eq!(store.release_expired(&POLICY).await?, []);
    Ok(())
}

pub(super) async fn a_released_task_backs_off(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let claim = sample::submit_and_claim(&*store, sample::task(key, 1)).await?;
    let created_at = sample::get(&*store, key, claim.task()).await?.created_at;
    store.release_all(&POLICY).await?;
    let waiting = sample::get(&*store, key, claim.task()).await?;
    assert_eq!(sample::not_before(&waiting), created_at + POLICY.back_off);
    assert_eq!(store.claim(&sample::TERMS).await?, None);
    harness.advance(POLICY.back_off);
    assert_eq!(sample::claim(&*store).await?.claim.attempt(), 2);
    Ok(())
}

pub(super) async fn attempts_run_out(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let id = sample::submit(&*store, sample::task(key, 1)).await?.id;
    for attempt in 1..=POLICY.most_attempts {
        let claimed = sample::claim(&*store).await?;
        assert_eq!(claimed.claim.attempt(), attempt);
        harness.advance(sample::LEASE);
        let now = match attempt < POLICY.most_attempts {
            true => StateName::Queued,
            false => StateName::Failed,
        };
        let expired = Expired { task: id, attempt, now };
        assert_eq!(store.release_expired(&POLICY).await?, [expired]);
        harness.advance(POLICY.back_off);
    }
    match sample::get(&*store, key, id).await?.state {
        TaskState::Failed { failure, .. } => assert_eq!(failure.code, Code::AttemptsExhausted),
        other => sample::broken(format!("the task should have failed, but is {other:?}")),
    }
    assert_eq!(store.claim(&sample::TERMS).await?, None);
    Ok(())
}

pub(super) async fn a_cancel_that_was_asked_for_is_done(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let claim = sample::submit_and_claim(&*store, sample::task(key, 1)).await?;
    store.cancel(key, claim.task(), Reach::Running).await?;
    harness.advance(sample::LEASE);
    let expired = Expired {
        task: claim.task(),
        attempt: 1,
        now: StateName::Cancelled,
    };
    assert_eq!(store.release_expired(&POLICY).await?, [expired]);
    let task = sample::get(&*store, key, claim.task()).await?;
    assert_eq!(task.state.name(), StateName::Cancelled);
    assert_eq!(sample::finished_at(&task), task.created_at + sample::LEASE);
    Ok(())
}

pub(super) async fn release_all_asks_no_lease(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let ended = sample::submit_and_claim(&*store, sample::task(key, 1)).await?;
    let outcome = sample::succeeded(&ended);
    store.finish(ended, outcome).await?;
    for number in 2..5 {
        sample::submit(&*store, sample::task(key, number)).await?;
    }
    let mut running = Vec::new();
    for _ in 0..2 {
        running.push(sample::claim(&*store).await?.claim.task());
    }
    let mut released: Vec<_> = store
        .release_all(&POLICY)
        .await?
        .into_iter()
        .map(|expired| expired.task)
        .collect();
    released.sort();
    assert_eq!(released, running);
    let counts = store.counts().await?;
    assert_eq!((counts.queued, counts.running, counts.succeeded), (3, 0, 1));
    Ok(())
}
