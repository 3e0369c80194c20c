//! Attempts that count and attempts that do not.

use std::time::Duration;

use domain::{
    failure::Code,
    state::{StateName, TaskState},
    store::{Fenced, Outcome, Reach, RetryPolicy},
};

use super::{Harness, Kept, sample};

const POLICY: RetryPolicy = RetryPolicy {
    most_attempts: 2,
    back_off: Duration::ZERO,
};

pub(super) async fn a_retried_attempt_counts(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let task = sample::submit(&*store, sample::task(key, 1)).await?;
    let not_before = task.created_at;
    let first = sample::claim(&*store).await?.claim;
    assert_eq!(store.finish(first, Outcome::Retry { not_before }).await?, Fenced::Done);
    let waiting = sample::get(&*store, key, task.id).await?;
    assert_eq!((waiting.state.name(), waiting.attempts), (StateName::Queued, 1));
    assert_eq!(waiting.started_at, Some(task.created_at));
    let second = sample::claim(&*store).await?;
    assert_eq!((second.claim.attempt(), second.task.attempts), (2, 2));
    let released = store.release_all(&POLICY).await?;
    assert_eq!(released.first().map(|expired| expired.now), Some(StateName::Failed));
    match sample::get(&*store, key, task.id).await?.state {
        TaskState::Failed { failure, .. } => assert_eq!(failure.code, Code::AttemptsExhausted),
        other => sample::broken(format!("the task should have failed, but is {other:?}")),
    }
    Ok(())
}

pub(super) async fn a_returned_attempt_uses_its_number_alone(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let task = sample::submit(&*store, sample::task(key, 1)).await?;
    let not_before = task.created_at;
    for attempt in 1..=5 {
        let claimed = sample::claim(&*store).await?;
        assert_eq!((claimed.claim.attempt(), claimed.task.attempts), (attempt, 1));
        let returned = Outcome::Returned { not_before };
        assert_eq!(store.finish(claimed.claim, returned).await?, Fenced::Done);
        assert_eq!(sample::get(&*store, key, task.id).await?.attempts, 0);
    }
    for (attempt, now) in [(6, StateName::Queued), (7, StateName::Failed)] {
        assert_eq!(sample::claim(&*store).await?.claim.attempt(), attempt);
        let released = store.release_all(&POLICY).await?;
        assert_eq!(released.first().map(|expired| expired.now), Some(now));
    }
    Ok(())
}

pub(super) async fn a_cancel_that_was_asked_for_beats_another_attempt(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let retry: fn(_) -> Outcome = |not_before| Outcome::Retry { not_before };
    let returned: fn(_) -> Outcome = |not_before| Outcome::Returned { not_before };
    for (number, outcome) in [(1, retry), (2, returned)] {
        let claim = sample::submit_and_claim(&*store, sample::task(key, number)).await?;
        let id = claim.task();
        let created_at = sample::get(&*store, key, id).await?.created_at;
        store.cancel(key, id, Reach::Running).await?;
        assert_eq!(store.finish(claim, outcome(created_at)).await?, Fenced::Done);
        let task = sample::get(&*store, key, id).await?;
        assert_eq!(task.state.name(), StateName::Cancelled);
        assert_eq!(store.claim(&sample::TERMS).await?, None);
    }
    Ok(())
}
