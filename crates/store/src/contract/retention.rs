//! Files go first, rows later.

use std::time::Duration;

use domain::{
    id::{KeyId, TaskId},
    state::{StateName, TaskState},
    store::{Outcome, Reach, StoreError, TaskStore},
    time::Timestamp,
};

use super::{Harness, Kept, sample};

const FAR: Timestamp = Timestamp::from_milliseconds(i64::MAX);

async fn succeed(store: &dyn TaskStore, key: KeyId, number: u32) -> Result<TaskId, StoreError> {
    let claim = sample::submit_and_claim(store, sample::task_with_webhook(key, number)).await?;
    let id = claim.task();
    let outcome = sample::succeeded(&claim);
    store.finish(claim, outcome).await?;
    Ok(id)
}

pub(super) async fn files_of_every_ended_task_become_due(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let succeeded = succeed(&*store, key, 1).await?;
    let claim = sample::submit_and_claim(&*store, sample::task(key, 2)).await?;
    let failed = claim.task();
    store.finish(claim, Outcome::Failed(sample::failure())).await?;
    let cancelled = sample::submit(&*store, sample::task(key, 3)).await?.id;
    store.cancel(key, cancelled, Reach::Running).await?;
    sample::submit_and_claim(&*store, sample::task(key, 4)).await?;
    sample::submit(&*store, sample::task(key, 5)).await?;
    let ended_at = sample::finished_at(&sample::get(&*store, key, succeeded).await?);
    assert_eq!(store.artifacts_due(ended_at, 10).await?, []);
    let later = ended_at + Duration::from_millis(1);
    let mut due = store.artifacts_due(later, 10).await?;
    due.sort();
    assert_eq!(due, [succeeded, failed, cancelled]);
    assert_eq!(store.artifacts_due(later, 2).await?.len(), 2);
    Ok(())
}

pub(super) async fn expired_files_leave_the_state_alone(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let id = succeed(&*store, key, 1).await?;
    let other = succeed(&*store, key, 2).await?;
    let running = sample::submit_and_claim(&*store, sample::task(key, 3)).await?;
    store.mark_artifacts_expired(&[id, running.task()]).await?;
    store.mark_artifacts_expired(&[]).await?;
    match sample::get(&*store, key, id).await?.state {
        TaskState::Succeeded {
            artifacts_expired,
            output,
            ..
        } => assert_eq!((artifacts_expired, output), (true, sample::output(1))),
        state => sample::broken(format!("a success became {state:?}")),
    }
    assert_eq!(store.artifacts_due(FAR, 10).await?, [other]);
    // Files of a task that still ran were not expired: they become due when it has ended.
    let outcome = sample::succeeded(&running);
    let late = running.task();
    store.finish(running, outcome).await?;
    assert_eq!(store.artifacts_due(FAR, 10).await?.len(), 2);
    match sample::get(&*store, key, late).await?.state {
        TaskState::Succeeded { artifacts_expired, .. } => assert!(!artifacts_expired),
        state => sample::broken(format!("a success became {state:?}")),
    }
    Ok(())
}

pub(super) async fn rows_go_after_their_files(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let mut ids = Vec::new();
    for number in 1..=4 {
        ids.push(succeed(&*store, key, number).await?);
    }
    let waiting = sample::submit(&*store, sample::task(key, 5)).await?.id;
    assert_eq!(store.rows_due(FAR, 10).await?, [], "their files are still there");
    store.mark_artifacts_expired(ids.get(..3).unwrap_or_default()).await?;
    let ended_at = sample::finished_at(&sample::get(&*store, key, waiting_for(&ids)).await?);
    assert_eq!(store.rows_due(ended_at, 10).await?, [], "not old enough");
    for expected in [2, 1, 0] {
        let due = store.rows_due(FAR, 2).await?;
        assert_eq!(due.len(), expected);
        assert_eq!(store.delete_rows(&due).await?, due.len() as u64);
    }
    assert_eq!(store.delete_rows(&[waiting]).await?, 0, "it has not ended");
    let mut asked = ids.clone();
    asked.push(waiting);
    let left = [waiting_for(&ids), waiting];
    assert_eq!(store.existing(&asked).await?, left);
    assert_eq!(store.existing(&[]).await?, []);
    for id in ids.get(..3).unwrap_or_default() {
        assert_eq!(store.get(key, *id).await?, None);
    }
    assert_eq!(
        sample::get(&*store, key, waiting).await?.state.name(),
        StateName::Queued
    );
    Ok(())
}

/// The last of them, whose files are never expired here.
fn waiting_for(ids: &[TaskId]) -> TaskId {
    match ids.last() {
        Some(id) => *id,
        None => sample::broken("no task was made"),
    }
}

pub(super) async fn a_deleted_row_takes_its_callback_along(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let id = succeed(&*store, key, 1).await?;
    store.mark_artifacts_expired(&[id]).await?;
    assert_eq!(store.delete_rows(&[id]).await?, 1);
    assert_eq!(store.due_deliveries(&sample::any_due(10)).await?, []);
    Ok(())
}
