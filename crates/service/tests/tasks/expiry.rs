//! Growing old.

use std::time::Duration;

use domain::{
    failure::Code,
    id::TaskId,
    request::Dialect,
    state::{StateName, TaskState},
    time::Clock,
};
use service::LinkRefused;

use crate::{
    bench::{Bench, settings},
    success::video_link,
};

const DAY: Duration = Duration::from_secs(24 * 3600);

#[tokio::test]
async fn results_go_after_a_week_and_rows_after_a_month() {
    let mut bench = Bench::new(settings()).await;
    bench.start();
    let task = bench.submit().await;
    bench.engine.begins().await.succeed();
    bench.reaches(task.id, StateName::Succeeded).await;

    bench.clock.advance(6 * DAY);
    let link = video_link(&bench.poll(task.id).await);
    bench.service.expire().await.unwrap();
    assert!(bench.service.open(&link).await.is_ok());

    bench.clock.advance(DAY + Duration::from_secs(1));
    let link = video_link(&bench.poll(task.id).await);
    bench.service.expire().await.unwrap();
    assert_eq!(bench.service.open(&link).await.err(), Some(LinkRefused::Gone));
    let view = bench.poll(task.id).await;
    assert!(matches!(
        view.task.state,
        TaskState::Succeeded {
            artifacts_expired: true,
            ..
        }
    ));
    let ours = bench.service.poll(&bench.caller, task.id, Dialect::Kinora).await;
    assert_eq!(ours.unwrap().links, domain::task::Links::default());
    for dialect in [Dialect::Modelverse, Dialect::Jiekou, Dialect::Vidu, Dialect::OpenAi] {
        let theirs = bench.service.poll(&bench.caller, task.id, dialect).await.unwrap();
        let link = video_link(&theirs);
        assert_eq!(
            bench.service.open(&link).await.err(),
            Some(LinkRefused::Gone),
            "{dialect:?}"
        );
    }
    let inputs = [format!("inputs/{}/0", task.id)];
    assert_eq!(bench.files("objects"), inputs, "a retry is still possible");

    bench.clock.advance(23 * DAY);
    bench.service.expire().await.unwrap();
    let gone = bench.service.poll(&bench.caller, task.id, Dialect::Kinora).await;
    assert_eq!(gone.unwrap_err().code, Code::TaskUnknown);
    assert!(bench.files("objects").is_empty());
}

#[tokio::test]
async fn files_without_a_task_are_swept_after_an_hour() {
    let bench = Bench::new(settings()).await;
    let kept = bench.submit().await;
    let orphan = TaskId::new(bench.clock.now(), 5);
    let objects = bench.folder.path().join("objects");
    for folder in ["inputs", "artifacts"] {
        let folder = objects.join(folder).join(orphan.to_string());
        std::fs::create_dir_all(folder.join("1")).unwrap();
        std::fs::write(folder.join("1/video.mp4"), "of nobody").unwrap();
        std::fs::write(folder.join("0#1"), "half written").unwrap();
    }
    bench.service.expire().await.unwrap();
    assert_eq!(bench.files("objects").len(), 5);
    bench.clock.advance(Duration::from_secs(3700));
    bench.service.expire().await.unwrap();
    assert_eq!(bench.files("objects"), [format!("inputs/{}/0", kept.id)]);
}
