//! The same request twice is one task.

use domain::{
    id::KeyId,
    state::StateName,
    store::{Idempotency, NewTask, Reach, Submission},
};
use tokio::task::JoinSet;

use super::{Harness, Kept, sample};

fn marked(key: KeyId, number: u32, mark: &str, body: u8) -> NewTask {
    let mut task = sample::task(key, number);
    task.idempotency = Some(Idempotency {
        key: mark.to_owned(),
        body_hash: [body; 32],
    });
    task
}

pub(super) async fn the_same_body_gives_the_same_task(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let task = sample::submit(&*store, marked(key, 1, "a", 1)).await?;
    let replayed = store.submit(marked(key, 2, "a", 1)).await?;
    assert_eq!(replayed, Submission::Replayed(task.clone()));
    assert_eq!(store.get(key, sample::task(key, 2).id).await?, None);
    // It shows how the task stands now, and works from any handle and after the end.
    store.cancel(key, task.id, Reach::Running).await?;
    match harness.second().await.submit(marked(key, 3, "a", 1)).await? {
        Submission::Replayed(now) => assert_eq!((now.id, now.state.name()), (task.id, StateName::Cancelled)),
        other => sample::broken(format!("a replay was answered with {other:?}")),
    }
    Ok(())
}

pub(super) async fn another_body_is_refused(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    sample::submit(&*store, marked(key, 1, "a", 1)).await?;
    assert_eq!(store.submit(marked(key, 2, "a", 2)).await?, Submission::Mismatch);
    assert_eq!(store.get(key, sample::task(key, 2).id).await?, None);
    Ok(())
}

pub(super) async fn marks_belong_to_one_api_key(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let other = sample::key(&*store, "other").await?;
    sample::submit(&*store, marked(key, 1, "a", 1)).await?;
    sample::submit(&*store, marked(other, 2, "a", 2)).await?;
    sample::submit(&*store, marked(key, 3, "b", 1)).await?;
    assert_eq!(store.counts().await?.queued, 3);
    Ok(())
}

pub(super) async fn a_replay_needs_no_room_in_the_queue(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let limited = |number: u32, mark: &str| {
        let mut task = marked(key, number, mark, 1);
        task.queue_limit = 1;
        task
    };
    let task = sample::submit(&*store, limited(1, "a")).await?;
    assert_eq!(store.submit(limited(2, "a")).await?, Submission::Replayed(task));
    assert_eq!(store.submit(limited(3, "b")).await?, Submission::QueueFull);
    Ok(())
}

pub(super) async fn twins_at_once_are_one_task(harness: &dyn Harness) -> Kept {
    let key = sample::key(&*harness.store(), "first").await?;
    let second = harness.second().await;
    let mut submits = JoinSet::new();
    for number in 0..24 {
        let store = match number % 3 {
            0 => second.clone(),
            _ => harness.store(),
        };
        submits.spawn(async move { store.submit(marked(key, number, "a", 1)).await });
    }
    let (mut created, mut ids) = (0, Vec::new());
    for submission in submits.join_all().await {
        match submission? {
            Submission::Created(task) => {
                created += 1;
                ids.push(task.id);
            }
            Submission::Replayed(task) => ids.push(task.id),
            other => sample::broken(format!("a twin was answered with {other:?}")),
        }
    }
    ids.sort();
    ids.dedup();
    assert_eq!((created, ids.len()), (1, 1));
    Ok(())
}

pub(super) async fn a_mark_lives_as_long_as_its_row(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let task = sample::submit(&*store, marked(key, 1, "a", 1)).await?;
    store.cancel(key, task.id, Reach::Running).await?;
    store.mark_artifacts_expired(&[task.id]).await?;
    assert_eq!(store.submit(marked(key, 2, "a", 2)).await?, Submission::Mismatch);
    store.delete_rows(&[task.id]).await?;
    sample::submit(&*store, marked(key, 3, "a", 2)).await?;
    Ok(())
}
