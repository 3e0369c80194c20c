//! Pictures that lie at a URL.

use std::time::Duration;

use domain::{
    draft::DraftImage,
    failure::{Code, Failure},
    state::StateName,
};

use crate::{
    bench::{Bench, failure, linked, order, picture, settings},
    picture_server::PictureServer,
};

#[tokio::test]
async fn a_picture_is_fetched_once_however_often_its_task_is_tried() {
    let bytes = std::fs::read(picture("chelsea.png")).unwrap();
    let server = PictureServer::start(bytes.clone()).await;
    let mut bench = Bench::new(settings()).await;
    bench.start();
    let task = bench.order(linked(&server.url())).await.unwrap().task;
    let first = bench.engine.begins().await;
    assert_eq!(first.pictures, std::slice::from_ref(&bytes));
    first.fail(Failure::internal("once more"));
    bench.reaches(task.id, StateName::Queued).await;

    server.replace(b"another picture by now".to_vec());
    bench.clock.advance(Duration::from_secs(5));
    let second = bench.engine.begins().await;
    assert_eq!(second.pictures, [bytes]);
    second.succeed();
    bench.reaches(task.id, StateName::Succeeded).await;
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn what_is_no_picture_fails_the_task_and_is_counted() {
    let server = PictureServer::start(b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec()).await;
    let mut bench = Bench::new(settings()).await;
    bench.start();
    let task = bench.order(linked(&server.url())).await.unwrap().task;
    let view = bench.reaches(task.id, StateName::Failed).await;
    assert_eq!(failure(&view).code, Code::ImageFormat);
    assert!(!bench.engine.was_called().await);
    let metrics = bench.service.metrics_text().await;
    assert!(
        metrics.contains("kinora_fetch_refusals_total{reason=\"picture\"} 1"),
        "{metrics}"
    );
}

#[tokio::test]
async fn without_leave_an_address_of_this_machine_is_not_asked() {
    let server = PictureServer::start(Vec::new()).await;
    let mut settings = settings();
    settings.fetch.allow_private_networks = false;
    let mut bench = Bench::new(settings).await;
    bench.start();
    let task = bench.order(linked(&server.url())).await.unwrap().task;
    let view = bench.reaches(task.id, StateName::Failed).await;
    assert_eq!(failure(&view).code, Code::ImageForbiddenAddress);
    assert_eq!(server.requests(), 0);
}

#[tokio::test]
async fn a_server_that_never_answers_does_not_hold_a_worker_for_long() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut settings = settings();
    settings.worker.fetch_limit = Duration::from_millis(50);
    let mut bench = Bench::new(settings).await;
    bench.start();
    let url = format!("http://{}/cat.png", silent.local_addr().unwrap());
    let task = bench.order(linked(&url)).await.unwrap().task;
    let view = bench.reaches(task.id, StateName::Failed).await;
    assert_eq!(failure(&view).code, Code::ImageUnreachable);
    assert_eq!(view.task.attempts, 1);
}

#[tokio::test]
async fn several_pictures_keep_their_order_whoever_comes_first() {
    let linked_bytes = std::fs::read(picture("coffee.png")).unwrap();
    let server = PictureServer::start(linked_bytes.clone()).await;
    let mut bench = Bench::new(settings()).await;
    bench.start();
    let images = vec![
        DraftImage::Inline(1),
        DraftImage::Url(server.url()),
        DraftImage::Inline(0),
    ];
    let files = vec![picture("chelsea.png"), picture("rocket.jpg")];
    let task = bench.order(order(images, files)).await.unwrap().task;
    let begun = bench.engine.begins().await;
    let read = |name| std::fs::read(picture(name)).unwrap();
    assert_eq!(begun.pictures, [read("rocket.jpg"), linked_bytes, read("chelsea.png")]);
    begun.succeed();
    bench.reaches(task.id, StateName::Succeeded).await;
}
