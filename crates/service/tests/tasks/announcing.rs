//! Telling the client's own server that a task has ended.

use std::time::Duration;

use domain::{failure::Code, request::Dialect, state::StateName};
use service::Order;
use tokio::time::Instant;

use crate::{
    bench::{Bench, DEADLINE, inline, picture, settings},
    picture_server::PictureServer,
};

fn announced(server: &PictureServer) -> Order {
    let mut order = inline(&picture("chelsea.png"));
    order.draft.webhook = Some(server.url());
    order
}

async fn first_post(server: &PictureServer) -> String {
    let begun = Instant::now();
    loop {
        if let Some(body) = server.posted().first() {
            return body.clone();
        }
        assert!(begun.elapsed() < DEADLINE, "nothing was posted");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn the_end_of_a_task_is_announced_with_its_links() {
    let server = PictureServer::start(Vec::new()).await;
    let mut bench = Bench::new(settings()).await;
    bench.start();
    let task = bench.order(announced(&server)).await.unwrap().task;
    bench.engine.begins().await.succeed();
    let body = first_post(&server).await;
    let expected = format!("{} succeeded http", task.id);
    assert!(body.starts_with(&expected), "{body}");
    bench.stop().await;
    let metrics = bench.service.metrics_text().await;
    assert!(
        metrics.contains("kinora_deliveries_total{outcome=\"delivered\"} 1"),
        "{metrics}"
    );
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn a_cancel_is_announced_too() {
    let server = PictureServer::start(Vec::new()).await;
    let mut bench = Bench::new(settings()).await;
    let task = bench.order(announced(&server)).await.unwrap().task;
    bench.start();
    let begun = bench.engine.begins().await;
    bench
        .service
        .cancel(&bench.caller, task.id, Dialect::Kinora)
        .await
        .unwrap();
    bench.reaches(task.id, StateName::Cancelled).await;
    assert!(begun.watch.is_cancelled());
    assert_eq!(first_post(&server).await, format!("{} cancelled ", task.id));
    let refused = bench.service.cancel(&bench.caller, task.id, Dialect::Kinora).await;
    assert_eq!(refused.unwrap_err().code, Code::CancelTooLate);
}
