//! Shutting down, and coming back.

use std::time::Duration;

use domain::{failure::Code, state::StateName};
use service::Rejected;

use crate::bench::{Bench, inline, picture, settings};

#[tokio::test]
async fn a_shutdown_hands_the_running_task_back_and_the_next_start_completes_it() {
    let mut bench = Bench::new(settings()).await;
    bench.start();
    let task = bench.submit().await;
    let waiting = bench.submit().await;
    let begun = bench.engine.begins().await;
    bench.stop().await;
    assert!(begun.watch.is_cancelled(), "the drain time was over");
    let view = bench.poll(task.id).await;
    assert_eq!((view.task.state.name(), view.task.attempts), (StateName::Queued, 0));
    assert!(bench.files("scratch").is_empty());

    let refused = bench.order(inline(&picture("chelsea.png"))).await.unwrap_err();
    assert!(matches!(refused, Rejected::Failure(failure) if failure.code == Code::ShuttingDown));
    assert_eq!(bench.service.ready().await.unwrap_err().code, Code::ShuttingDown);

    bench.restart(settings());
    for id in [task.id, waiting.id] {
        bench.engine.begins().await.succeed();
        bench.reaches(id, StateName::Succeeded).await;
    }
    assert!(bench.service.ready().await.is_ok());
}

#[tokio::test]
async fn a_shutdown_lets_a_task_end_that_is_nearly_done() {
    let mut settings = settings();
    settings.worker.drain = Duration::from_secs(20);
    let mut bench = Bench::new(settings).await;
    bench.start();
    let task = bench.submit().await;
    let waiting = bench.submit().await;
    let begun = bench.engine.begins().await;
    let (_, ()) = tokio::join!(bench.stop(), async { begun.succeed() });
    assert_eq!(bench.poll(task.id).await.task.state.name(), StateName::Succeeded);
    assert_eq!(bench.poll(waiting.id).await.task.state.name(), StateName::Queued);
}

#[tokio::test]
async fn tasks_that_a_dead_process_was_running_run_again() {
    let mut bench = Bench::new(settings()).await;
    bench.start();
    let task = bench.submit().await;
    let lost = bench.engine.begins().await;
    bench.desert();
    std::fs::create_dir_all(bench.folder.path().join("scratch/left-over")).unwrap();
    std::fs::write(bench.folder.path().join("uploads/left-over"), "half a picture").unwrap();

    bench.restart(settings());
    assert!(bench.files("uploads").is_empty());
    bench.reaches(task.id, StateName::Queued).await;
    bench.clock.advance(Duration::from_secs(5));
    let second = bench.engine.begins().await;
    // The old process was not dead after all, only slow. What it makes now is dropped.
    lost.succeed();
    second.succeed();
    let view = bench.reaches(task.id, StateName::Succeeded).await;
    assert_eq!(view.task.attempts, 2);
    bench.empties("scratch").await;
    let results = [format!("{}/2/cover.jpg", task.id), format!("{}/2/video.mp4", task.id)];
    assert_eq!(bench.files("objects/artifacts"), results);
}

#[tokio::test]
async fn settings_that_nobody_can_work_with_are_refused_by_name() {
    let mut no_attempts = settings();
    no_attempts.worker.most_attempts = 0;
    let mut no_callbacks = settings();
    no_callbacks.notify.at_once = 0;
    for (unfit, name) in [(no_attempts, "worker.most_attempts"), (no_callbacks, "notify.at_once")] {
        let refused = unfit.check().unwrap_err().to_string();
        assert!(refused.contains(name), "{refused}");
    }
    assert!(settings().check().is_ok());
}

#[tokio::test]
async fn a_worker_that_breaks_down_ends_the_service_instead_of_leaving_tasks_alone() {
    let mut bench = Bench::new(settings()).await;
    bench.submit().await;
    bench.start();
    let begun = bench.engine.begins().await;
    bench.clock.break_down();
    begun.succeed();
    assert!(matches!(bench.gives_up().await, service::StartError::Broken));
    assert_eq!(bench.service.ready().await.unwrap_err().code, Code::ShuttingDown);
}
