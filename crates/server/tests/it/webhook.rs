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
