//! Work is handed out in order.

use std::time::Duration;

use domain::{
    state::{Progress, TaskState},
    store::{ClaimTerms, Outcome},
};

use super::{Harness, Kept, sample};

pub(super) async fn first_in_is_first_out(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    // The order is that of the submits, not of the ids.
    let mut submitted = Vec::new();
    for number in [5, 3, 9, 1, 7] {
        submitted.push(sample::submit(&*store, sample::task(key, number)).await?.id);
    }
    for id in submitted {
        assert_eq!(sample::claim(&*store).await?.task.id, id);
    }
    assert_eq!(store.claim(&sample::TERMS).await?, None);
    Ok(())
}

pub(super) async fn an_empty_queue_gives_nothing(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    assert_eq!(store.claim(&sample::TERMS).await?, None);
    let always = ClaimTerms {
        off_peak_now: true,
        ..sample::TERMS
    };
    assert_eq!(store.claim(&always).await?, None);
    Ok(())
}

pub(super) async fn a_claimed_task_runs(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let submitted = sample::submit(&*store, sample::task(key, 1)).await?;
    harness.advance(Duration::from_secs(3));
    let claimed = sample::claim(&*store).await?;
    let started_at = submitted.created_at + Duration::from_secs(3);
    assert_eq!((claimed.claim.task(), claimed.claim.attempt()), (submitted.id, 1));
    assert_eq!((claimed.task.attempts, claimed.task.started_at), (1, Some(started_at)));
    let running = TaskState::Running {
        attempt: 1,
        started_at,
        progress: Progress::default(),
    };
    assert_eq!(claimed.task.state, running);
    assert_eq!(claimed.task.request, submitted.request);
    assert_eq!(sample::get(&*store, key, submitted.id).await?, claimed.task);
    Ok(())
}

pub(super) async fn a_task_that_comes_back_stands_where_it_stood(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let first = sample::submit(&*store, sample::task(key, 2)).await?;
    let second = sample::submit(&*store, sample::task(key, 1)).await?;
    let claim = sample::claim(&*store).await?.claim;
    let not_before = first.created_at;
    store.finish(claim, Outcome::Returned { not_before }).await?;
    assert_eq!(sample::claim(&*store).await?.task.id, first.id);
    assert_eq!(sample::claim(&*store).await?.task.id, second.id);
    Ok(())
}

pub(super) async fn back_off_lets_others_go_first(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let first = sample::submit(&*store, sample::task(key, 1)).await?;
    let second = sample::submit(&*store, sample::task(key, 2)).await?;
    let claim = sample::claim(&*store).await?.claim;
    let not_before = first.created_at + Duration::from_secs(10);
    store.finish(claim, Outcome::Retry { not_before }).await?;
    let waiting = sample::get(&*store, key, first.id).await?;
    assert_eq!(sample::not_before(&waiting), not_before);
    assert_eq!(sample::claim(&*store).await?.task.id, second.id);
    harness.advance(Duration::from_millis(9_999));
    assert_eq!(store.claim(&sample::TERMS).await?, None);
    harness.advance(Duration::from_millis(1));
    let again = sample::claim(&*store).await?;
    assert_eq!((again.task.id, again.claim.attempt()), (first.id, 2));
    Ok(())
}
