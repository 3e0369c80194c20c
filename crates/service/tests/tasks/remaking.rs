//! Making an old task's video again.

use std::time::Duration;

use domain::{
    failure::{Code, Failure},
    id::TaskId,
    remake::Changes,
    request::Dialect,
    state::StateName,
};
use service::{Rejected, Remake};

use crate::{
    bench::{Bench, linked, picture, settings},
    picture_server::PictureServer,
};

fn again(source: TaskId, changes: Changes) -> Remake {
    Remake {
        source,
        changes,
        dialect: Dialect::Kinora,
        request_id: String::from("22222222-2222-4333-8444-555555555555"),
        idempotency: None,
    }
}

#[tokio::test]
async fn a_failed_task_is_made_again_from_its_inline_picture() {
    let mut bench = Bench::new(settings()).await;
    bench.start();
    let old = bench.submit().await;
    bench.engine.begins().await.fail(Failure::new(Code::ImageFormat, "no"));
    bench.reaches(old.id, StateName::Failed).await;
    let changes = Changes {
        prompt: Some("a cat looks down".to_owned()),
        seed: Some(7),
    };
    let new = bench.service.remake(&bench.caller, again(old.id, changes)).await;
    let new = new.unwrap().task;
    assert_eq!((new.made_from, new.request.seed), (Some(old.id), 7));
    let begun = bench.engine.begins().await;
    assert_eq!(begun.prompt, "a cat looks down");
    assert_eq!(begun.pictures, [std::fs::read(picture("chelsea.png")).unwrap()]);
    begun.succeed();
    bench.reaches(new.id, StateName::Succeeded).await;
    // Each has its own copy: the old one may go.
    bench.service.delete(&bench.caller, old.id).await.unwrap();
    assert_eq!(bench.files("objects/inputs"), [format!("{}/0", new.id)]);
}

#[tokio::test]
async fn a_fetched_picture_is_not_fetched_again() {
    let server = PictureServer::start(std::fs::read(picture("chelsea.png")).unwrap()).await;
    let mut bench = Bench::new(settings()).await;
    bench.start();
    let old = bench.order(linked(&server.url())).await.unwrap().task;
    bench.engine.begins().await.succeed();
    bench.reaches(old.id, StateName::Succeeded).await;
    let remade = bench
        .service
        .remake(&bench.caller, again(old.id, Changes::default()))
        .await;
    bench.engine.begins().await.succeed();
    bench.reaches(remade.unwrap().task.id, StateName::Succeeded).await;
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn what_cannot_be_made_again_is_refused() {
    let bench = Bench::new(settings()).await;
    let old = bench.submit().await;
    let stranger = bench.stranger().await;
    let theirs = bench
        .service
        .remake(&stranger, again(old.id, Changes::default()))
        .await
        .unwrap_err();
    assert!(matches!(theirs, Rejected::Failure(failure) if failure.code == Code::TaskUnknown));
    let long = Changes {
        prompt: Some("x".repeat(5001)),
        seed: Some(i64::MAX),
    };
    match bench
        .service
        .remake(&bench.caller, again(old.id, long))
        .await
        .unwrap_err()
    {
        Rejected::Faults(faults) => assert_eq!(faults.0.len(), 2, "{faults}"),
        Rejected::Failure(failure) => panic!("{failure:?}"),
    }
    std::fs::remove_dir_all(bench.folder.path().join("objects/inputs")).unwrap();
    bench.clock.advance(Duration::from_secs(1));
    let gone = bench.service.remake(&bench.caller, again(old.id, Changes::default()));
    assert!(matches!(gone.await.unwrap_err(), Rejected::Faults(_)));
    assert!(bench.files("objects").is_empty());
}
