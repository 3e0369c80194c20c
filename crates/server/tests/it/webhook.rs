//! Announcing the end of a task.

use axum::{Json, Router, extract::State, routing::post};
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::mpsc};

use crate::{
    jiekou, pictures,
    server::{Kinora, PATIENCE},
};

async fn receiver() -> (String, mpsc::UnboundedReceiver<Value>) {
    let (sender, received) = mpsc::unbounded_channel();
    let take = async |State(sender): State<mpsc::UnboundedSender<Value>>, Json(body): Json<Value>| {
        let _ = sender.send(body);
    };
    let router = Router::new().route("/hook", post(take)).with_state(sender);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, received)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_a_task_is_announced_in_the_dialect_that_made_it() {
    let kinora = Kinora::start_with(|settings| settings.fetch.allow_private_networks = true).await;
    let (url, mut received) = receiver().await;
    let mut body = jiekou::body(&pictures::cat());
    body["extra"] = json!({"webhook": {"url": url}});
    let id = kinora.post(jiekou::SUBMIT, &body).await.json()["task_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let event = tokio::time::timeout(PATIENCE, received.recv()).await.unwrap().unwrap();
    assert_eq!(event["event_type"], "ASYNC_TASK_RESULT");
    assert_eq!(event["payload"]["task"]["task_id"], id.as_str());
    assert_eq!(event["payload"]["task"]["status"], "TASK_STATUS_SUCCEED");
    assert_eq!(event["payload"]["extra"]["webhook"]["url"], url.as_str());

    let mut body = crate::kinora::body();
    body["webhook_url"] = json!(url);
    let id = crate::kinora::submit(&kinora, &body).await;
    let view = tokio::time::timeout(PATIENCE, received.recv()).await.unwrap().unwrap();
    assert_eq!((&view["id"], &view["state"]), (&json!(id), &json!("succeeded")));
}

#[tokio::test(flavor = "multi_thread")]
async fn jiekous_end_is_told_six_times_at_most() {
    let kinora = Kinora::start_with(|settings| {
        settings.fetch.allow_private_networks = true;
        assert_eq!(settings.notify.timeout, std::time::Duration::from_secs(5));
        settings.notify.retry_after = vec![service::notify::Wait(std::time::Duration::from_millis(1)); 9];
        settings.worker.concurrency = 0;
    })
    .await;
    // Nobody listens there any more.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    drop(listener);
    let mut body = jiekou::body(&pictures::cat());
    body["extra"] = json!({"webhook": {"url": url}});
    let id = kinora.post(jiekou::SUBMIT, &body).await.json()["task_id"].clone();
    let id = id.as_str().unwrap();
    kinora.post(&format!("/kinora/v1/tasks/{id}/cancel"), &json!({})).await;
    let dead = crate::server::until(async || {
        let page = kinora.get("/kinora/v1/webhooks?state=dead").await.json();
        page["data"].get(0).cloned()
    })
    .await;
    assert_eq!(dead["tries"].as_array().unwrap().len(), 6, "{dead}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_webhook_is_seen_with_its_tries_and_can_be_sent_again() {
    let kinora = Kinora::start_with(|settings| {
        settings.fetch.allow_private_networks = true;
        settings.notify.retry_after = Vec::new();
        settings.worker.concurrency = 0;
    })
    .await;
    // Nobody listens there yet.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let mut body = crate::kinora::body();
    body["webhook_url"] = json!(format!("http://{address}/hook"));
    let id = crate::kinora::submit(&kinora, &body).await;
    kinora.post(&format!("/kinora/v1/tasks/{id}/cancel"), &json!({})).await;
    let dead = crate::server::until(async || {
        let page = kinora.get("/kinora/v1/webhooks?state=dead").await.json();
        page["data"].get(0).cloned()
    })
    .await;
    assert_eq!((&dead["task_id"], &dead["event"]), (&json!(id), &json!("ended")));
    assert_eq!(dead["tries"].as_array().unwrap().len(), 1, "{dead}");
    let problem = dead["tries"][0]["problem"].as_str().unwrap();
    assert!(
        problem.contains("not reached") && !problem.contains("127.0.0.1"),
        "{problem}"
    );

    let (sender, mut received) = mpsc::unbounded_channel();
    let take = async |State(sender): State<mpsc::UnboundedSender<(String, String)>>, headers: axum::http::HeaderMap| {
        let header = |name| headers.get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
        let _ = sender.send((header("webhook-id"), header("webhook-signature")));
    };
    let router = Router::new().route("/hook", post(take)).with_state(sender);
    let listener = TcpListener::bind(address).await.unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    let path = format!("/kinora/v1/webhooks/{}", dead["id"].as_str().unwrap());
    let other = kinora.other_key("other");
    let theirs = kinora
        .http
        .post(format!("{}{path}/resend", kinora.base))
        .header("authorization", other);
    assert_eq!(crate::server::answer(theirs).await.status, 404);
    let again = kinora.post(&format!("{path}/resend"), &json!({})).await;
    assert_eq!(again.status, 200, "{}", again.text());
    let (event, signature) = tokio::time::timeout(PATIENCE, received.recv()).await.unwrap().unwrap();
    assert_eq!(dead["event_id"], event.as_str());
    assert!(signature.starts_with("v1,"), "{signature}");
    let delivered = crate::server::until(async || {
        let shown = kinora.get(&path).await.json();
        (shown["state"] == "delivered").then_some(shown)
    })
    .await;
    assert_eq!(delivered["tries"][1]["status"], 200);
    let secret = kinora.get("/kinora/v1/webhooks/secret").await.json();
    assert!(secret["secret"].as_str().unwrap().starts_with("whsec_"));
    for (path, status) in [
        ("/kinora/v1/webhooks/0", 404),
        ("/kinora/v1/webhooks/x", 404),
        ("/kinora/v1/webhooks?state=lost", 400),
        ("/kinora/v1/webhooks?after=x", 400),
        ("/kinora/v1/webhooks?task_id=x", 400),
    ] {
        assert_eq!(kinora.get(path).await.status, status, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_can_be_tried_without_a_task() {
    let kinora = Kinora::start_with(|settings| {
        settings.fetch.allow_private_networks = true;
        settings.worker.concurrency = 0;
    })
    .await;
    let (url, mut received) = receiver().await;
    for status in ["TASK_STATUS_SUCCEED", "TASK_STATUS_FAILED"] {
        let mut body = jiekou::body(&pictures::cat());
        body["extra"] = json!({"webhook": {"url": url, "test_mode": {"enabled": true, "return_task_status": status}}});
        let submitted = kinora.post(jiekou::SUBMIT, &body).await.json();
        let id = submitted["task_id"].as_str().unwrap();
        let event = tokio::time::timeout(PATIENCE, received.recv()).await.unwrap().unwrap();
        assert_eq!(event["event_type"], "ASYNC_TASK_RESULT");
        assert_eq!(
            (
                &event["payload"]["task"]["task_id"],
                &event["payload"]["task"]["status"]
            ),
            (&json!(id), &json!(status))
        );
        assert_eq!(
            event["payload"]["videos"].as_array().unwrap().len(),
            usize::from(status == "TASK_STATUS_SUCCEED")
        );
        assert_eq!(
            kinora.get(&format!("/v3/async/task-result?task_id={id}")).await.status,
            404
        );
    }
}
