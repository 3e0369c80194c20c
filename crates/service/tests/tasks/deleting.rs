//! Deleting tasks.

use domain::{
    failure::Code,
    request::Dialect,
    state::StateName,
    store::{ListQuery, TaskStore},
    time::Timestamp,
};

use crate::bench::{Bench, settings};

#[tokio::test]
async fn an_ended_task_goes_with_its_files_at_once() {
    let mut bench = Bench::new(settings()).await;
    bench.start();
    let task = bench.submit().await;
    bench.engine.begins().await.succeed();
    bench.reaches(task.id, StateName::Succeeded).await;
    let stranger = bench.stranger().await;
    let theirs = bench.service.delete(&stranger, task.id).await;
    assert_eq!(theirs.unwrap_err().code, Code::TaskUnknown);
    bench.service.delete(&bench.caller, task.id).await.unwrap();
    assert!(bench.files("objects").is_empty());
    assert_eq!(bench.store.existing(&[task.id]).await.unwrap(), []);
    let polled = bench.service.poll(&bench.caller, task.id, Dialect::Kinora).await;
    assert_eq!(polled.unwrap_err().code, Code::TaskUnknown);
    let again = bench.service.delete(&bench.caller, task.id).await;
    assert_eq!(again.unwrap_err().code, Code::TaskUnknown);
}

#[tokio::test]
async fn a_running_task_is_stopped_and_goes_with_the_next_round() {
    let mut bench = Bench::new(settings()).await;
    bench.start();
    let task = bench.submit().await;
    let begun = bench.engine.begins().await;
    bench.service.delete(&bench.caller, task.id).await.unwrap();
    assert!(begun.watch.is_cancelled());
    let all = ListQuery {
        limit: 10,
        ..ListQuery::default()
    };
    let listed = bench.service.list(&bench.caller, &all, Dialect::Kinora).await.unwrap();
    assert!(listed.is_empty());
    bench.stop().await;
    let never = Timestamp::from_milliseconds(0);
    assert_eq!(bench.store.rows_due(never, 10).await.unwrap(), [task.id]);
    bench.service.expire().await.unwrap();
    assert!(bench.files("objects").is_empty());
    assert_eq!(bench.store.existing(&[task.id]).await.unwrap(), []);
}
