//! Submits that are sent twice.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    kinora::{SUBMIT, body},
    server::{Answer, Kinora, answer},
};

async fn submit(kinora: &Kinora, path: &str, key: &str, body: &Value) -> Answer {
    answer(
        kinora
            .request(Method::POST, path)
            .header("idempotency-key", key)
            .json(body),
    )
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_and_body_give_the_same_task() {
    let kinora = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    let first = submit(&kinora, SUBMIT, "a", &body()).await;
    let second = submit(&kinora, SUBMIT, "a", &body()).await;
    assert_eq!((first.status.as_u16(), second.status.as_u16()), (200, 200));
    assert_eq!(first.json()["id"], second.json()["id"]);
    assert_eq!(
        (
            first.header("idempotent-replayed"),
            second.header("idempotent-replayed")
        ),
        ("", "true")
    );
    let other = submit(&kinora, SUBMIT, "b", &body()).await;
    assert_ne!(first.json()["id"], other.json()["id"]);
    assert_eq!(kinora.get(SUBMIT).await.json()["data"].as_array().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_with_another_body_or_path_is_refused() {
    let kinora = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    assert_eq!(submit(&kinora, SUBMIT, "a", &body()).await.status, 200);
    let mut other = body();
    other["seed"] = json!(4);
    assert_eq!(submit(&kinora, SUBMIT, "a", &other).await.status, 400);
    let jiekou = crate::jiekou::body(&crate::pictures::cat());
    assert_eq!(
        submit(&kinora, "/v3/async/vidu-q2-pro-img2video", "c", &jiekou)
            .await
            .status,
        200
    );
    assert_eq!(
        submit(&kinora, "/v3/async/vidu-q2-turbo-img2video", "c", &jiekou)
            .await
            .status,
        400
    );
    let long = "k".repeat(256);
    for unfit in ["", long.as_str()] {
        assert_eq!(submit(&kinora, SUBMIT, unfit, &body()).await.status, 400);
    }
}
