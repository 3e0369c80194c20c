//! Submits that are sent twice.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    jiekou, kinora,
    kinora::SUBMIT,
    modelverse, openai, pictures,
    server::{Answer, Kinora, answer},
    vidu,
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

/// Every route that makes tasks, with a body for it.
fn routes() -> Vec<(&'static str, Value)> {
    vec![
        (SUBMIT, kinora::body()),
        ("/v1/tasks/submit", modelverse::body(&pictures::cat())),
        (jiekou::SUBMIT, jiekou::body(&pictures::cat())),
        ("/v3/async/vidu-q2-pro-img2video", jiekou::body(&pictures::cat())),
        (jiekou::CREATE, jiekou::unified_body(&pictures::cat())),
        (vidu::SUBMIT, vidu::body(&pictures::cat())),
        (openai::VIDEOS, openai::body()),
    ]
}

fn count(list: &Answer) -> usize {
    list.json()["data"].as_array().unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_and_body_give_the_same_answer_in_every_dialect() {
    let kinora = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    for (number, (path, body)) in routes().iter().enumerate() {
        let key = format!("key of {number}");
        let first = submit(&kinora, path, &key, body).await;
        let second = submit(&kinora, path, &key, body).await;
        assert_eq!((first.status.as_u16(), second.status.as_u16()), (200, 200), "{path}");
        assert_eq!(first.text(), second.text(), "{path}");
        for name in ["idempotency-replayed", "idempotent-replayed"] {
            assert_eq!((first.header(name), second.header(name)), ("", "true"), "{path}");
        }
        assert_eq!(count(&kinora.get(SUBMIT).await), number + 1, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_is_the_same_after_the_task_has_ended() {
    let kinora = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    let first = submit(&kinora, SUBMIT, "a", &kinora::body()).await;
    let id = first.json()["id"].as_str().unwrap().to_owned();
    kinora.post(&format!("{SUBMIT}/{id}/cancel"), &json!({})).await;
    assert_eq!(kinora.task(&id).await["state"], "cancelled");
    let second = submit(&kinora, SUBMIT, "a", &kinora::body()).await;
    assert_eq!(first.text(), second.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_with_another_body_or_path_is_a_conflict_in_every_dialect() {
    let kinora = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    assert_eq!(submit(&kinora, SUBMIT, "a", &kinora::body()).await.status, 200);
    for (path, body) in routes() {
        let mut other = body;
        other["seed"] = json!(4);
        let refused = submit(&kinora, path, "a", &other).await;
        assert_eq!(refused.status, 409, "{path}: {}", refused.text());
        assert!(refused.text().contains("idempotency key"), "{path}: {}", refused.text());
    }
    let refused = submit(&kinora, "/v1/tasks/submit", "a", &modelverse::body(&pictures::cat())).await;
    assert_eq!(refused.json()["error"]["code"], "param_error");
    let refused = submit(&kinora, jiekou::SUBMIT, "a", &jiekou::body(&pictures::cat())).await;
    assert_eq!(refused.json()["code"], 409);
    assert_eq!(count(&kinora.get(SUBMIT).await), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_are_one_task() {
    let kinora = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    let body = kinora::body();
    let submits = (0..12).map(|_| submit(&kinora, SUBMIT, "a", &body));
    let answers = futures_util::future::join_all(submits).await;
    let replayed = answers
        .iter()
        .filter(|answer| answer.header("idempotency-replayed") == "true");
    assert_eq!(replayed.count(), 11);
    assert!(answers.iter().all(|answer| answer.text() == answers[0].text()));
    assert_eq!(count(&kinora.get(SUBMIT).await), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_api_key_may_use_the_same_idempotency_key() {
    let kinora = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    let other = kinora.other_key("other");
    assert_eq!(submit(&kinora, SUBMIT, "a", &kinora::body()).await.status, 200);
    let mut body = kinora::body();
    body["seed"] = json!(5);
    let theirs = kinora
        .http
        .post(format!("{}{SUBMIT}", kinora.base))
        .header("authorization", other)
        .header("idempotency-key", "a");
    assert_eq!(answer(theirs.json(&body)).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_none_is_refused() {
    let kinora = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    let long = "k".repeat(256);
    for unfit in ["", long.as_str()] {
        assert_eq!(submit(&kinora, SUBMIT, unfit, &kinora::body()).await.status, 400);
    }
}
