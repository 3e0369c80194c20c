//! A deleted task is gone for its owner, and then for good.

use domain::{
    state::{Progress, StateName},
    store::{Beat, Cancellation, Deletion, Fenced, Idempotency, ListQuery, Outcome, Reach, RetryPolicy, Submission},
    time::Timestamp,
};

use super::{Harness, Kept, sample};

const FAR: Timestamp = Timestamp::from_milliseconds(i64::MAX);

pub(super) async fn a_waiting_task_never_runs(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let id = sample::submit(&*store, sample::task_with_webhook(key, 1)).await?.id;
    assert_eq!(store.delete(key, id).await?, Deletion::Deleted);
    assert_eq!(store.claim(&sample::TERMS).await?, None);
    assert_eq!(store.due_deliveries(&sample::any_due(10)).await?, [], "nobody is told");
    assert_eq!(store.delete(key, id).await?, Deletion::Unknown);
    Ok(())
}

pub(super) async fn a_running_task_is_stopped_and_not_announced(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let claim = sample::submit_and_claim(&*store, sample::task_with_webhook(key, 1)).await?;
    let id = claim.task();
    assert_eq!(store.delete(key, id).await?, Deletion::Stopping);
    assert_eq!(store.get(key, id).await?, None);
    assert_eq!(store.rows_due(FAR, 10).await?, [], "its worker still has it");
    let beat = store.beat(&claim, Progress::default(), sample::LEASE).await?;
    assert_eq!(beat, Beat::Cancel);
    assert_eq!(store.finish(claim, Outcome::Cancelled).await?, Fenced::Done);
    assert_eq!(store.due_deliveries(&sample::any_due(10)).await?, []);
    assert_eq!(store.rows_due(FAR, 10).await?, [id]);
    // One whose worker died ends as well.
    let claim = sample::submit_and_claim(&*store, sample::task_with_webhook(key, 2)).await?;
    store.delete(key, claim.task()).await?;
    let policy = RetryPolicy {
        most_attempts: 3,
        back_off: std::time::Duration::ZERO,
    };
    let released = store.release_all(&policy).await?;
    let states: Vec<_> = released.iter().map(|expired| expired.now).collect();
    assert_eq!(states, [StateName::Cancelled]);
    assert_eq!(store.due_deliveries(&sample::any_due(10)).await?, []);
    Ok(())
}

pub(super) async fn its_owner_sees_it_no_more(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let second = harness.second().await;
    let key = sample::key(&*store, "first").await?;
    let other = sample::key(&*store, "other").await?;
    let claim = sample::submit_and_claim(&*store, sample::task(key, 1)).await?;
    let (id, outcome) = (claim.task(), sample::succeeded(&claim));
    store.finish(claim, outcome).await?;
    assert_eq!(store.delete(other, id).await?, Deletion::Unknown);
    assert_eq!(store.delete(key, id).await?, Deletion::Deleted);
    assert_eq!(second.get(key, id).await?, None);
    assert_eq!(second.cancel(key, id, Reach::Running).await?, Cancellation::Unknown);
    let all = ListQuery {
        limit: 10,
        ..ListQuery::default()
    };
    assert_eq!(second.list(key, &all).await?, []);
    Ok(())
}

pub(super) async fn its_callback_is_not_sent_any_more(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let claim = sample::submit_and_claim(&*store, sample::task_with_webhook(key, 1)).await?;
    let id = claim.task();
    store.finish(claim, Outcome::Failed(sample::failure())).await?;
    store.delete(key, id).await?;
    assert_eq!(store.due_deliveries(&sample::any_due(10)).await?, []);
    Ok(())
}

pub(super) async fn its_row_goes_whatever_its_age(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let kept = sample::submit(&*store, sample::task(key, 1)).await?.id;
    let id = sample::submit(&*store, sample::task(key, 2)).await?.id;
    store.delete(key, id).await?;
    let never = Timestamp::from_milliseconds(0);
    assert_eq!(store.existing(&[id]).await?, [id], "its files are looked for by it");
    assert_eq!(store.rows_due(never, 10).await?, [id]);
    assert_eq!(store.delete_rows(&[id]).await?, 1);
    assert_eq!(store.existing(&[kept, id]).await?, [kept]);
    assert_eq!(store.rows_due(never, 10).await?, []);
    Ok(())
}

pub(super) async fn its_idempotency_key_is_free_again(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let marked = |number, body| {
        let mut task = sample::task(key, number);
        task.idempotency = Some(Idempotency {
            key: "a".to_owned(),
            body_hash: [body; 32],
        });
        task
    };
    let id = sample::submit(&*store, marked(1, 1)).await?.id;
    store.delete(key, id).await?;
    match store.submit(marked(2, 2)).await? {
        Submission::Created(task) => assert_ne!(task.id, id),
        other => sample::broken(format!("a deleted task's idempotency key gave {other:?}")),
    }
    Ok(())
}
