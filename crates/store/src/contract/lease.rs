//! A claim holds as long as nobody took it back.

use std::time::Duration;

use domain::{
    id::TaskId,
    state::{Progress, StateName, TaskState},
    store::{Beat, Claim, Expired, Fenced, RetryPolicy},
};

use super::{Harness, Kept, sample};

const POLICY: RetryPolicy = RetryPolicy {
    most_attempts: 3,
    back_off: Duration::ZERO,
};
const HALF: Progress = Progress { done: 60, total: 120 };

pub(super) async fn a_beat_renews_and_stores_progress(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let claim = sample::submit_and_claim(&*store, sample::task(key, 1)).await?;
    for _ in 0..3 {
        harness.advance(sample::LEASE - Duration::from_millis(1));
        assert_eq!(store.beat(&claim, HALF, sample::LEASE).await?, Beat::GoOn);
        assert_eq!(store.release_expired(&POLICY).await?, []);
    }
    match sample::get(&*store, key, claim.task()).await?.state {
        TaskState::Running { progress, .. } => assert_eq!(progress, HALF),
        other => sample::broken(format!("the task should run, but is {other:?}")),
    }
    Ok(())
}

pub(super) async fn progress_begins_anew_with_each_attempt(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let claim = sample::submit_and_claim(&*store, sample::task(key, 1)).await?;
    store.beat(&claim, HALF, sample::LEASE).await?;
    store.release_all(&POLICY).await?;
    match sample::claim(&*store).await?.task.state {
        TaskState::Running { attempt, progress, .. } => assert_eq!((attempt, progress), (2, Progress::default())),
        other => sample::broken(format!("the task should run, but is {other:?}")),
    }
    Ok(())
}

pub(super) async fn a_worker_that_lost_its_lease_is_shut_out(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let zombie = sample::submit_and_claim(&*store, sample::task(key, 1)).await?;
    let id = zombie.task();
    harness.advance(sample::LEASE);
    let expired = Expired {
        task: id,
        attempt: 1,
        now: StateName::Queued,
    };
    assert_eq!(store.release_expired(&POLICY).await?, [expired]);
    assert_eq!(store.beat(&zombie, HALF, sample::LEASE).await?, Beat::LeaseLost);
    let winner = sample::claim(&*store).await?.claim;
    let running = sample::get(&*store, key, id).await?;
    assert_eq!(store.beat(&zombie, HALF, sample::LEASE).await?, Beat::LeaseLost);
    let outcome = sample::succeeded(&zombie);
    assert_eq!(store.finish(zombie, outcome).await?, Fenced::LeaseLost);
    assert_eq!(
        sample::get(&*store, key, id).await?,
        running,
        "the zombie changed something"
    );
    let outcome = sample::succeeded(&winner);
    assert_eq!(store.finish(winner, outcome).await?, Fenced::Done);
    match sample::get(&*store, key, id).await?.state {
        TaskState::Succeeded { output, .. } => assert_eq!(output.attempt, 2),
        other => sample::broken(format!("the task should have succeeded, but is {other:?}")),
    }
    Ok(())
}

pub(super) async fn a_zombie_cannot_finish_a_waiting_task(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let zombie = sample::submit_and_claim(&*store, sample::task(key, 1)).await?;
    let id = zombie.task();
    store.release_all(&POLICY).await?;
    let outcome = sample::succeeded(&zombie);
    assert_eq!(store.finish(zombie, outcome).await?, Fenced::LeaseLost);
    assert_eq!(sample::get(&*store, key, id).await?.state.name(), StateName::Queued);
    Ok(())
}

pub(super) async fn a_claim_that_was_made_up_is_nothing(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let real = sample::submit_and_claim(&*store, sample::task(key, 1)).await?;
    let nobody = TaskId::from_i64(42).unwrap_or(real.task());
    for (task, attempt) in [(real.task(), 0), (real.task(), 2), (nobody, 1)] {
        let made_up = Claim::new(task, attempt);
        assert_eq!(store.beat(&made_up, HALF, sample::LEASE).await?, Beat::LeaseLost);
        let outcome = sample::succeeded(&made_up);
        assert_eq!(store.finish(made_up, outcome).await?, Fenced::LeaseLost);
    }
    assert_eq!(store.beat(&real, HALF, sample::LEASE).await?, Beat::GoOn);
    Ok(())
}

pub(super) async fn work_that_nobody_took_back_still_counts(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let late = sample::submit_and_claim(&*store, sample::task(key, 1)).await?;
    harness.advance(sample::LEASE * 10);
    assert_eq!(store.beat(&late, HALF, sample::LEASE).await?, Beat::GoOn);
    harness.advance(sample::LEASE * 10);
    let outcome = sample::succeeded(&late);
    assert_eq!(store.finish(late, outcome).await?, Fenced::Done);
    Ok(())
}
