//! Deleting tasks.

use domain::{
    failure::Code,
    request::Dialect,
    state::StateName,
    store::{ListQuery, TaskStore},
};
use service::{Order, PictureBytes};

use crate::bench::{Bench, inline, picture, settings};

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

/// A request whose picture the store keeps with the row.
fn small() -> Order {
    let bytes = std::fs::read(picture("mascot.png")).unwrap();
    Order {
        inlines: vec![PictureBytes::Small(bytes.into())],
        ..inline(&picture("mascot.png"))
    }
}

#[tokio::test]
async fn small_pictures_go_with_their_task_at_once() {
    let mut bench = Bench::new(settings()).await;
    let waiting = bench.order(small()).await.unwrap().task;
    assert!(bench.store.picture(waiting.id, 0).await.unwrap().is_some());
    bench.service.delete(&bench.caller, waiting.id).await.unwrap();
    assert_eq!(bench.store.picture(waiting.id, 0).await.unwrap(), None);
    bench.start();
    let ended = bench.order(small()).await.unwrap().task;
    bench.engine.begins().await.succeed();
    bench.reaches(ended.id, StateName::Succeeded).await;
    bench.service.delete(&bench.caller, ended.id).await.unwrap();
    assert_eq!(bench.store.picture(ended.id, 0).await.unwrap(), None);
    assert_eq!(bench.store.existing(&[waiting.id, ended.id]).await.unwrap(), []);
}

#[tokio::test]
async fn a_running_task_is_stopped_and_goes_then() {
    let mut bench = Bench::new(settings()).await;
    bench.start();
    let task = bench.order(small()).await.unwrap().task;
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
    assert_eq!(bench.store.picture(task.id, 0).await.unwrap(), None);
    assert!(bench.files("objects").is_empty());
    assert_eq!(bench.store.existing(&[task.id]).await.unwrap(), []);
}
