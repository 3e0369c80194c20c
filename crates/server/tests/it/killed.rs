//! `kill -9` between every two steps of a task's life: it is not lost, has one result, and is announced.

use std::{path::Path, process::Stdio};

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use reqwest::Client;
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::mpsc};

use crate::{
    binary::Process,
    kinora::{SUBMIT, body},
    server::{PATIENCE, answer, until},
};

/// A callback as it arrived: its id, and the task's state.
type Heard = (String, Value);

async fn receiver() -> (String, mpsc::UnboundedReceiver<Heard>) {
    let (sender, heard) = mpsc::unbounded_channel();
    let take =
        async |State(sender): State<mpsc::UnboundedSender<Heard>>, headers: HeaderMap, Json(view): Json<Value>| {
            let id = headers["webhook-id"].to_str().unwrap().to_owned();
            let _ = sender.send((id, view["state"].clone()));
            StatusCode::NO_CONTENT
        };
    let router = Router::new().route("/hook", post(take)).with_state(sender);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, heard)
}

fn serve(data_dir: &Path, failpoint: Option<&str>) -> Process {
    Process::serve_with(data_dir, |command| {
        command
            .env("KINORA_FETCH__ALLOW_PRIVATE_NETWORKS", "true")
            .env("KINORA_NOTIFY__TIMEOUT", "1s")
            .env("KINORA_WORKER__BACK_OFF", "100ms")
            .stderr(Stdio::null());
        if let Some(failpoint) = failpoint {
            command.env("TEST_FAILPOINT", failpoint);
        }
    })
}

/// Submits under one idempotency key; `None`: the server died of it.
async fn submit(process: &Process, key: &str, webhook: &str) -> Option<String> {
    let mut wish = body();
    wish["webhook_url"] = json!(webhook);
    let request = Client::new()
        .post(format!("{}{SUBMIT}", process.base))
        .header("authorization", key)
        .header("idempotency-key", "the only one")
        .json(&wish);
    let answered = request.send().await.ok()?;
    assert_eq!(answered.status(), 200);
    let view: Value = answered.json().await.ok()?;
    Some(view["id"].as_str()?.to_owned())
}

async fn survives(failpoint: &str) {
    service::fetch::tls::install_provider();
    let data_dir = tempfile::tempdir().unwrap();
    let (hook, mut heard) = receiver().await;
    let mut process = serve(data_dir.path(), Some(failpoint));
    let key = std::fs::read_to_string(data_dir.path().join("first-key")).unwrap();
    let key = key.trim();
    let promised = submit(&process, key, &hook).await;
    let died = until(async || process.child.try_wait().unwrap()).await;
    assert_eq!(
        std::os::unix::process::ExitStatusExt::signal(&died),
        Some(9),
        "{failpoint} was not reached"
    );

    let process = serve(data_dir.path(), None);
    let id = submit(&process, key, &hook).await.unwrap();
    if let Some(promised) = promised {
        assert_eq!(id, promised, "what was acknowledged is still there");
    }
    let http = Client::new();
    let get = async |path: &str| {
        let request = http.get(format!("{}{path}", process.base)).header("authorization", key);
        answer(request).await.json()
    };
    let view = until(async || {
        let view = get(&format!("{SUBMIT}/{id}")).await;
        (view["state"] != "queued" && view["state"] != "running").then_some(view)
    })
    .await;
    assert_eq!(view["state"], "succeeded", "{failpoint}: {view}");
    let all = get(SUBMIT).await;
    assert_eq!(
        all["data"].as_array().unwrap().len(),
        1,
        "{failpoint}: one task, not two"
    );
    let attempts = std::fs::read_dir(data_dir.path().join("objects/artifacts").join(&id)).unwrap();
    assert_eq!(attempts.count(), 1, "{failpoint}: one result, not two");
    let delivered = until(async || {
        let webhooks = get(&format!("/kinora/v1/webhooks?task_id={id}")).await;
        (webhooks["data"][0]["state"] == "delivered").then(|| webhooks["data"].clone())
    })
    .await;
    assert_eq!(delivered.as_array().unwrap().len(), 1, "{failpoint}: one callback");
    let first = tokio::time::timeout(PATIENCE, heard.recv()).await.unwrap().unwrap();
    assert_eq!(first.1, "succeeded");
    while let Ok(again) = heard.try_recv() {
        assert_eq!(again, first, "{failpoint}: a repeat is known by its id");
    }
    let usage = get("/kinora/v1/usage").await;
    assert_eq!(
        usage["entries"].as_array().unwrap().len(),
        1,
        "{failpoint}: charged once"
    );
}

macro_rules! survives {
    ($($name:ident: $failpoint:literal,)*) => {
        $(#[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            survives($failpoint).await;
        })*
    };
}

survives! {
    a_kill_after_the_pictures_were_stored: "submit: pictures stored",
    a_kill_after_the_row_was_written: "submit: row written",
    a_kill_after_the_claim: "worker: claimed",
    a_kill_before_rendering: "run: pictures there",
    a_kill_after_rendering: "run: rendered",
    a_kill_between_two_results: "run: first result stored",
    a_kill_after_the_results_were_stored: "run: results stored",
    a_kill_after_the_end_was_written: "finish: written",
    a_kill_before_the_callback_was_sent: "notify: taken",
    a_kill_after_the_callback_was_sent: "notify: sent",
    a_kill_after_the_callback_was_noted: "notify: noted",
}
