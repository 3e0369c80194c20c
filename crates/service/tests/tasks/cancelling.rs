//! Cancelling, and whose right that is.

use domain::{
    failure::Code,
    request::Dialect,
    state::StateName,
    store::{Cancellation, ListQuery, Reach, TaskStore},
};

use crate::bench::{Bench, settings};

#[tokio::test]
async fn a_waiting_task_is_cancelled_at_once_and_never_runs() {
    let mut bench = Bench::new(settings()).await;
    let task = bench.submit().await;
    let view = bench
        .service
        .cancel(&bench.caller, task.id, Dialect::Kinora)
        .await
        .unwrap();
    assert_eq!(view.task.state.name(), StateName::Cancelled);
    bench.start();
    let next = bench.submit().await;
    bench.engine.begins().await.succeed();
    bench.reaches(next.id, StateName::Succeeded).await;
    assert_eq!(bench.poll(task.id).await.task.attempts, 0);
}

#[tokio::test]
async fn a_running_task_stops_within_a_frame_and_leaves_nothing() {
    let mut bench = Bench::new(settings()).await;
    bench.start();
    let task = bench.submit().await;
    let begun = bench.engine.begins().await;
    bench
        .service
        .cancel(&bench.caller, task.id, Dialect::Kinora)
        .await
        .unwrap();
    // At once: a beat would have come only after a second.
    assert!(begun.watch.is_cancelled());
    bench.reaches(task.id, StateName::Cancelled).await;
    bench.empties("objects/artifacts").await;
    bench.empties("scratch").await;
}

#[tokio::test]
async fn a_cancel_by_another_process_arrives_with_the_next_beat() {
    let mut bench = Bench::new(settings()).await;
    bench.start();
    let task = bench.submit().await;
    let begun = bench.engine.begins().await;
    // The database alone learns of it.
    let asked = bench
        .store
        .cancel(bench.caller.key, task.id, Reach::Running)
        .await
        .unwrap();
    assert_eq!(asked, Cancellation::Requested);
    assert!(!begun.watch.is_cancelled());
    bench.reaches(task.id, StateName::Cancelled).await;
    assert!(begun.watch.is_cancelled());
}

#[tokio::test]
async fn an_ended_task_cannot_be_cancelled() {
    let mut bench = Bench::new(settings()).await;
    bench.start();
    let task = bench.submit().await;
    bench.engine.begins().await.succeed();
    bench.reaches(task.id, StateName::Succeeded).await;
    let refused = bench.service.cancel(&bench.caller, task.id, Dialect::Kinora).await;
    assert_eq!(refused.unwrap_err().code, Code::CancelTooLate);
}

#[tokio::test]
async fn another_keys_task_is_an_unknown_task() {
    let bench = Bench::new(settings()).await;
    let task = bench.submit().await;
    let stranger = bench.stranger().await;
    let polled = bench.service.poll(&stranger, task.id, Dialect::Kinora).await;
    let cancelled = bench.service.cancel(&stranger, task.id, Dialect::Kinora).await;
    let missing = domain::id::TaskId::from_i64(7).unwrap();
    let unknown = bench.service.poll(&bench.caller, missing, Dialect::Kinora).await;
    let unknown = unknown.unwrap_err();
    assert_eq!(unknown.code, Code::TaskUnknown);
    assert_eq!(polled.unwrap_err(), unknown);
    assert_eq!(cancelled.unwrap_err(), unknown);
    let query = ListQuery {
        limit: 10,
        ..ListQuery::default()
    };
    let theirs = bench.service.list(&stranger, &query, Dialect::Kinora).await.unwrap();
    let mine = bench
        .service
        .list(&bench.caller, &query, Dialect::Kinora)
        .await
        .unwrap();
    assert!(theirs.is_empty());
    assert_eq!(mine.len(), 1);
    assert_eq!(bench.poll(task.id).await.task.state.name(), StateName::Queued);
}

#[tokio::test]
async fn a_wrong_token_is_nobody() {
    let bench = Bench::new(settings()).await;
    let refused = bench.service.authenticate("kn_wrong").await;
    assert_eq!(refused.unwrap_err().code, Code::KeyInvalid);
}
