//! Attempts that fail.

use std::time::Duration;

use domain::{
    failure::{Blame, Code, Failure},
    state::{StateName, TaskState},
    store::{RetryPolicy, TaskStore},
};
use tempfile::TempDir;

use crate::{
    bench::{Bench, failure, settings},
    puppet::Puppet,
};

fn our_fault() -> Failure {
    Failure::internal("a lamp broke")
}

#[tokio::test]
async fn a_fault_of_ours_is_tried_again_after_a_wait() {
    let mut bench = Bench::new(settings()).await;
    bench.start();
    let task = bench.submit().await;
    bench.engine.begins().await.fail(our_fault());
    let view = bench.reaches(task.id, StateName::Queued).await;
    let TaskState::Queued { not_before } = view.task.state else {
        unreachable!("it was just seen to wait");
    };
    assert_eq!(not_before.since(task.created_at), Duration::from_secs(5));
    assert!(!bench.engine.was_called().await);

    bench.clock.advance(Duration::from_secs(5));
    bench.engine.begins().await.panic();
    bench.reaches(task.id, StateName::Queued).await;
    bench.clock.advance(Duration::from_secs(10));
    bench.engine.begins().await.succeed();
    let view = bench.reaches(task.id, StateName::Succeeded).await;
    assert_eq!(view.task.attempts, 3);
    assert!(bench.files("objects/artifacts").iter().all(|file| file.contains("/3/")));
}

#[tokio::test]
async fn when_attempts_run_out_the_task_fails_in_public_words() {
    let mut bench = Bench::new(settings()).await;
    bench.start();
    let task = bench.submit().await;
    for _ in 0..2 {
        bench.engine.begins().await.fail(our_fault());
        bench.reaches(task.id, StateName::Queued).await;
        bench.clock.advance(Duration::from_secs(60));
    }
    bench.engine.begins().await.fail(our_fault());
    let view = bench.reaches(task.id, StateName::Failed).await;
    let failure = failure(&view);
    assert_eq!((failure.code, failure.blame), (Code::AttemptsExhausted, Blame::Us));
    assert!(!failure.public.contains("lamp"), "{}", failure.public);
    assert!(failure.detail.contains("lamp"));
    bench.empties("objects/artifacts").await;
}

#[tokio::test]
async fn a_fault_of_the_request_is_not_tried_again() {
    let mut bench = Bench::new(settings()).await;
    bench.start();
    let task = bench.submit().await;
    let broken = Failure::new(Code::ImageFormat, "the picture ends too early");
    bench.engine.begins().await.fail(broken.clone());
    let view = bench.reaches(task.id, StateName::Failed).await;
    assert_eq!(failure(&view), &broken);
    assert_eq!(view.task.attempts, 1);
}

#[tokio::test]
async fn rendering_that_takes_too_long_fails_the_task() {
    let mut settings = settings();
    settings.worker.render_limit = Duration::from_millis(20);
    let mut bench = Bench::new(settings).await;
    bench.start();
    let task = bench.submit().await;
    let begun = bench.engine.begins().await;
    let view = bench.reaches(task.id, StateName::Failed).await;
    assert_eq!(failure(&view).code, Code::TimedOut);
    assert!(begun.watch.is_cancelled());
}

#[tokio::test]
async fn what_an_attempt_made_after_its_lease_was_lost_is_dropped() {
    let mut settings = settings();
    settings.worker.concurrency = 2;
    let mut bench = Bench::with(TempDir::new().unwrap(), Puppet::new(true), settings).await;
    bench.start();
    let task = bench.submit().await;
    let late = bench.engine.begins().await;

    // The machine slept: the lease ran out, and somebody else took the task back.
    bench.clock.advance(Duration::from_secs(31));
    let policy = RetryPolicy {
        most_attempts: 3,
        back_off: Duration::ZERO,
    };
    let released = bench.store.release_expired(&policy).await.unwrap();
    assert_eq!(released.len(), 1);
    let winner = bench.engine.begins().await;

    late.succeed();
    bench.empties("objects/artifacts").await;
    assert_eq!(bench.poll(task.id).await.task.state.name(), StateName::Running);
    winner.succeed();
    let view = bench.reaches(task.id, StateName::Succeeded).await;
    let TaskState::Succeeded { output, .. } = view.task.state else {
        unreachable!("it was just seen to have succeeded");
    };
    assert_eq!(output.attempt, 2);
    bench.stop().await;
    let results = [format!("{}/2/cover.jpg", task.id), format!("{}/2/video.mp4", task.id)];
    assert_eq!(bench.files("objects/artifacts"), results);
}
