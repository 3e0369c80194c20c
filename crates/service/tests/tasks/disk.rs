//! A disk that runs full.

use std::time::Duration;

use domain::{failure::Code, state::StateName};
use service::Rejected;
use tempfile::TempDir;

use crate::{
    bench::{Bench, inline, picture, settings},
    puppet::Puppet,
};

#[tokio::test]
async fn below_the_floor_nothing_is_accepted_and_nothing_begun() {
    let mut bench = Bench::new(settings()).await;
    let task = bench.submit().await;
    let mut full = settings();
    full.limits.min_free_disk = u64::MAX;
    bench.restart(full);
    let refused = bench.order(inline(&picture("chelsea.png"))).await.unwrap_err();
    assert!(matches!(refused, Rejected::Failure(failure) if failure.code == Code::DiskFull));
    assert_eq!(bench.service.ready().await.unwrap_err().code, Code::DiskFull);
    bench.stop().await;
    assert!(!bench.engine.was_called().await);

    bench.restart(settings());
    bench.engine.begins().await.succeed();
    bench.reaches(task.id, StateName::Succeeded).await;
}

#[tokio::test]
async fn a_task_that_meets_a_full_disk_waits_and_loses_no_attempt() {
    let mut bench = Bench::new(settings()).await;
    bench.start();
    let task = bench.submit().await;
    let full = domain::failure::Failure::new(Code::DiskFull, "no room");
    bench.engine.begins().await.fail(full);
    let view = bench.reaches(task.id, StateName::Queued).await;
    assert_eq!(view.task.attempts, 0);
    assert!(!bench.engine.was_called().await);
    bench.clock.advance(Duration::from_secs(30));
    bench.engine.begins().await.succeed();
    bench.reaches(task.id, StateName::Succeeded).await;
}

/// On a small file system of its own kind, which others hardly write to.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_disk_that_runs_full_while_rendering_sends_the_task_back() {
    const ROOM: u64 = 8 << 20;
    let folder = TempDir::new_in("/dev/shm").unwrap();
    let mut settings = settings();
    settings.limits.min_free_disk = service::free_bytes(folder.path()).unwrap().saturating_sub(ROOM);
    let mut bench = Bench::with(folder, Puppet::new(false), settings).await;
    bench.start();
    let task = bench.submit().await;
    let begun = bench.engine.begins().await;
    let large = vec![1; 2 * ROOM as usize];
    std::fs::write(begun.scratch.join("frames"), large).unwrap();
    let view = bench.reaches(task.id, StateName::Queued).await;
    assert!(begun.watch.is_cancelled());
    assert_eq!(view.task.attempts, 0);
    bench.empties("scratch").await;

    bench.clock.advance(Duration::from_secs(30));
    bench.engine.begins().await.succeed();
    bench.reaches(task.id, StateName::Succeeded).await;
}
