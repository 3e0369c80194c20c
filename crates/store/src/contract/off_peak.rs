//! Tasks that run when nothing else waits.

use std::time::Duration;

use domain::{
    failure::{Code, Failure},
    state::{StateName, TaskState},
    store::{ClaimTerms, Outcome},
};

use super::{Harness, Kept, sample};

pub(super) async fn they_come_last(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let patient = sample::submit(&*store, sample::off_peak_task(key, 1)).await?.id;
    let more_patient = sample::submit(&*store, sample::off_peak_task(key, 2)).await?.id;
    let usual = sample::submit(&*store, sample::task(key, 3)).await?.id;
    for id in [usual, patient, more_patient] {
        assert_eq!(sample::claim(&*store).await?.task.id, id);
    }
    Ok(())
}

pub(super) async fn they_run_while_others_back_off(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let usual = sample::submit(&*store, sample::task(key, 1)).await?;
    let patient = sample::submit(&*store, sample::off_peak_task(key, 2)).await?.id;
    let claim = sample::claim(&*store).await?.claim;
    let not_before = usual.created_at + Duration::from_secs(1);
    store.finish(claim, Outcome::Retry { not_before }).await?;
    assert_eq!(sample::claim(&*store).await?.task.id, patient);
    Ok(())
}

pub(super) async fn they_count_like_others_inside_the_window(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let window = ClaimTerms {
        off_peak_now: true,
        ..sample::TERMS
    };
    let mut submitted = Vec::new();
    for number in 1..=4 {
        let task = match number % 2 {
            0 => sample::task(key, number),
            _ => sample::off_peak_task(key, number),
        };
        submitted.push(sample::submit(&*store, task).await?.id);
    }
    for id in submitted {
        let claimed = store.claim(&window).await?;
        assert_eq!(claimed.map(|claimed| claimed.task.id), Some(id));
    }
    Ok(())
}

pub(super) async fn overdue_ones_fail(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let failure = Failure::new(Code::OffPeakExpired, "no quiet hour came");
    let running = sample::submit_and_claim(&*store, sample::off_peak_task(key, 1)).await?;
    let old = sample::submit(&*store, sample::off_peak_task(key, 2)).await?;
    let usual = sample::submit(&*store, sample::task(key, 3)).await?;
    harness.advance(Duration::from_secs(1));
    let young = sample::submit(&*store, sample::off_peak_task(key, 4)).await?;
    assert_eq!(store.fail_overdue_off_peak(old.created_at, &failure).await?, 0);
    assert_eq!(store.fail_overdue_off_peak(young.created_at, &failure).await?, 1);
    let finished_at = young.created_at;
    let failed = TaskState::Failed { finished_at, failure };
    assert_eq!(sample::get(&*store, key, old.id).await?.state, failed);
    for (id, state) in [
        (running.task(), StateName::Running),
        (usual.id, StateName::Queued),
        (young.id, StateName::Queued),
    ] {
        assert_eq!(sample::get(&*store, key, id).await?.state.name(), state);
    }
    Ok(())
}
