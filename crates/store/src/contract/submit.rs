//! What was taken is kept.

use domain::{
    id::KeyId,
    request::{Dialect, ImageSource, Resolution},
    state::TaskState,
    store::{SmallPicture, StoreError, Submission},
};
use tokio::task::JoinSet;

use super::{Harness, Kept, sample};

pub(super) async fn a_task_is_found_as_it_was_submitted(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let mut new = sample::task_with_webhook(key, 1);
    new.dialect = Dialect::Jiekou;
    new.request.prompt = "很".repeat(2000);
    new.request.resolution = Resolution::P1080;
    new.request.voice = Some("alto".to_owned());
    new.request.images.push(ImageSource::Inline(7));
    new.request.payload = Some("order 66".to_owned());
    new.made_from = Some(sample::task(key, 3).id);
    let task = sample::submit(&*store, new.clone()).await?;
    assert_eq!(
        (
            task.id,
            task.key,
            task.dialect,
            &task.request_id,
            &task.request,
            task.made_from,
            &task.warnings
        ),
        (
            new.id,
            new.key,
            new.dialect,
            &new.request_id,
            &new.request,
            new.made_from,
            &new.warnings
        ),
    );
    assert_eq!((task.attempts, task.started_at), (0, None));
    assert_eq!(
        task.state,
        TaskState::Queued {
            not_before: task.created_at
        }
    );
    assert_eq!(sample::get(&*store, key, task.id).await?, task);
    assert_eq!(sample::get(&*harness.second().await, key, task.id).await?, task);
    Ok(())
}

pub(super) async fn another_key_sees_no_task(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let owner = sample::key(&*store, "owner").await?;
    let other = sample::key(&*store, "other").await?;
    let task = sample::submit(&*store, sample::task(owner, 1)).await?;
    assert_eq!(store.get(other, task.id).await?, None);
    assert_eq!(store.get(owner, sample::task(owner, 2).id).await?, None);
    Ok(())
}

pub(super) async fn the_queue_limit_counts_waiting_tasks_of_one_key(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let other = sample::key(&*store, "other").await?;
    let limited = |key: KeyId, number: u32| {
        let mut task = sample::task(key, number);
        task.queue_limit = 2;
        task
    };
    sample::submit(&*store, limited(key, 1)).await?;
    sample::submit(&*store, limited(key, 2)).await?;
    assert_eq!(store.submit(limited(key, 3)).await?, Submission::QueueFull);
    assert_eq!(store.get(key, sample::task(key, 3).id).await?, None);
    sample::submit(&*store, limited(other, 4)).await?;
    // A task that runs waits no more.
    sample::claim(&*store).await?;
    sample::submit(&*store, limited(key, 5)).await?;
    assert_eq!(store.submit(limited(key, 6)).await?, Submission::QueueFull);
    Ok(())
}

pub(super) async fn the_queue_limit_holds_when_many_submit_at_once(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let mut submits = JoinSet::new();
    for number in 0..40 {
        let store = harness.store();
        let mut task = sample::task(key, number);
        task.queue_limit = 15;
        submits.spawn(async move { store.submit(task).await });
    }
    let mut created = 0;
    for submission in submits.join_all().await {
        match submission? {
            Submission::Created(_) => created += 1,
            Submission::QueueFull => {}
            other => sample::broken(format!("a submit was answered with {other:?}")),
        }
    }
    assert_eq!(created, 15);
    assert_eq!(store.counts().await?.queued, 15);
    Ok(())
}

pub(super) async fn a_bad_row_fails_alone(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let mut submits = JoinSet::new();
    for number in 0..30 {
        let store = harness.store();
        let owner = if number == 13 { KeyId(key.0 + 1000) } else { key };
        submits.spawn(async move { (number, store.submit(sample::task(owner, number)).await) });
    }
    for (number, submission) in submits.join_all().await {
        match submission {
            Ok(Submission::Created(task)) => {
                assert_eq!(sample::get(&*store, key, task.id).await?, task);
                assert_ne!(number, 13, "a task of no key was taken");
            }
            Err(StoreError::Unavailable(_)) => assert_eq!(number, 13, "a good task failed beside a bad one"),
            other => sample::broken(format!("task {number} was answered with {other:?}")),
        }
    }
    assert_eq!(store.counts().await?.queued, 29);
    Ok(())
}

pub(super) async fn small_pictures_live_as_long_as_their_task(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let mut new = sample::task(key, 1);
    let bytes = |byte: u8| vec![byte; 70_000];
    new.pictures = [(0, 7), (2, 9)]
        .map(|(number, byte)| SmallPicture {
            number,
            bytes: bytes(byte),
        })
        .to_vec();
    let id = sample::submit(&*store, new).await?.id;
    assert_eq!(store.picture(id, 0).await?, Some(bytes(7)));
    assert_eq!(store.picture(id, 1).await?, None);
    assert_eq!(store.picture(id, 2).await?, Some(bytes(9)));
    store.delete(key, id).await?;
    assert_eq!(store.delete_rows(&[id]).await?, 1);
    assert_eq!(store.picture(id, 0).await?, None);
    Ok(())
}

pub(super) async fn an_id_is_given_once(harness: &dyn Harness) -> Kept {
    let store = harness.store();
    let key = sample::key(&*store, "first").await?;
    let first = sample::submit(&*store, sample::task(key, 1)).await?;
    let mut second = sample::task(key, 2);
    second.id = first.id;
    second.pictures = vec![SmallPicture {
        number: 0,
        bytes: vec![1],
    }];
    let taken = Submission::IdTaken(Box::new(second.clone()));
    assert_eq!(store.submit(second.clone()).await?, taken);
    assert_eq!(sample::get(&*store, key, first.id).await?, first);
    assert_eq!(store.picture(first.id, 0).await?, None);
    // What a task used stays in the ledger under its id.
    store.delete(key, first.id).await?;
    assert_eq!(store.delete_rows(&[first.id]).await?, 1);
    assert_eq!(store.submit(second).await?, taken);
    assert_eq!(store.existing(&[first.id]).await?, []);
    Ok(())
}
