//! How attempts end, and that an end is an end.

use std::time::Duration;

use domain::{
    request::Warning,
    state::{Progress, StateName, TaskState},
    store::{Beat, Cancellation, Claim, Fenced, Outcome, Reach, RetryPolicy},
    time::Timestamp,
};

use super::{Harness, Kept, sample};

pub(super) async fn success_keeps_the_output(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let new = sample::task(key, 1);
    let mut warnings = new.warnings.clone();
    let claim = sample::submit_and_claim(&*store, new).await?;
    let id = claim.task();
    harness.advance(Duration::from_secs(9));
    let more = vec![
        Warning::new("images", "the third was left out"),
        Warning::new("bgm", "it was silent"),
    ];
    warnings.extend(more.clone());
    let outcome = Outcome::Succeeded {
        output: Box::new(sample::output(1)),
        warnings: more,
    };
    assert_eq!(store.finish(claim, outcome).await?, Fenced::Done);
    let task = sample::get(&*store, key, id).await?;
    let succeeded = TaskState::Succeeded {
        finished_at: task.created_at + Duration::from_secs(9),
        output: sample::output(1),
        artifacts_expired: false,
    };
    assert_eq!((task.state, task.warnings), (succeeded, warnings));
    Ok(())
}

pub(super) async fn failure_keeps_both_voices(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let claim = sample::submit_and_claim(&*store, sample::task(key, 1)).await?;
    let id = claim.task();
    assert_eq!(
        store.finish(claim, Outcome::Failed(sample::failure())).await?,
        Fenced::Done
    );
    let task = sample::get(&*store, key, id).await?;
    let failed = TaskState::Failed {
        finished_at: task.created_at,
        failure: sample::failure(),
    };
    assert_eq!(task.state, failed);
    assert_eq!(store.claim(&sample::TERMS).await?, None);
    Ok(())
}

pub(super) async fn a_stopped_task_is_cancelled(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let claim = sample::submit_and_claim(&*store, sample::task(key, 1)).await?;
    let id = claim.task();
    store.cancel(key, id, Reach::Running).await?;
    assert_eq!(store.finish(claim, Outcome::Cancelled).await?, Fenced::Done);
    let task = sample::get(&*store, key, id).await?;
    let finished_at = task.created_at;
    assert_eq!(task.state, TaskState::Cancelled { finished_at });
    Ok(())
}

pub(super) async fn a_video_that_was_done_before_the_cancel_is_kept(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let claim = sample::submit_and_claim(&*store, sample::task(key, 1)).await?;
    let id = claim.task();
    assert_eq!(store.cancel(key, id, Reach::Running).await?, Cancellation::Requested);
    let outcome = sample::succeeded(&claim);
    assert_eq!(store.finish(claim, outcome).await?, Fenced::Done);
    assert_eq!(sample::get(&*store, key, id).await?.state.name(), StateName::Succeeded);
    Ok(())
}

pub(super) async fn final_states_stay_final(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let policy = RetryPolicy {
        most_attempts: 1,
        back_off: Duration::ZERO,
    };
    let ends = [
        sample::succeeded(&Claim::new(sample::task(key, 0).id, 1)),
        Outcome::Failed(sample::failure()),
        Outcome::Cancelled,
    ];
    for (number, end) in (0..).zip(ends) {
        let claim = sample::submit_and_claim(&*store, sample::off_peak_task(key, number)).await?;
        let id = claim.task();
        store.finish(claim, end).await?;
        let ended = sample::get(&*store, key, id).await?;
        for again in every_outcome() {
            assert_eq!(store.finish(Claim::new(id, 1), again).await?, Fenced::LeaseLost);
        }
        let beat = store
            .beat(&Claim::new(id, 1), Progress::default(), sample::LEASE)
            .await?;
        assert_eq!(beat, Beat::LeaseLost);
        assert_eq!(
            store.cancel(key, id, Reach::Running).await?,
            Cancellation::TooLate(ended.state.name())
        );
        harness.advance(sample::LEASE * 2);
        assert_eq!(store.release_expired(&policy).await?, []);
        assert_eq!(store.release_all(&policy).await?, []);
        let far = Timestamp::from_milliseconds(i64::MAX);
        assert_eq!(store.fail_overdue_off_peak(far, &sample::failure()).await?, 0);
        assert_eq!(store.claim(&sample::TERMS).await?, None);
        assert_eq!(sample::get(&*store, key, id).await?, ended);
    }
    Ok(())
}

fn every_outcome() -> [Outcome; 5] {
    let not_before = Timestamp::from_milliseconds(0);
    [
        Outcome::Succeeded {
            output: Box::new(sample::output(1)),
            warnings: vec![Warning::new("late", "it should not be kept")],
        },
        Outcome::Failed(sample::failure()),
        Outcome::Cancelled,
        Outcome::Retry { not_before },
        Outcome::Returned { not_before },
    ]
}
