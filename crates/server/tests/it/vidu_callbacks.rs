//! Vidu's callbacks, signed to the byte.

use std::time::Duration;

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    routing::post,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use ring::hmac;
use serde_json::{Value, json};
use service::notify::Wait;
use tokio::{net::TcpListener, sync::mpsc};

use crate::{
    pictures,
    server::{Kinora, PATIENCE, until},
    vidu,
};

struct Call {
    uri: Uri,
    headers: HeaderMap,
    body: Value,
}

async fn receiver() -> (String, mpsc::UnboundedReceiver<Call>) {
    let (sender, received) = mpsc::unbounded_channel();
    let take = async |State(sender): State<mpsc::UnboundedSender<Call>>, uri: Uri, headers: HeaderMap, body: Bytes| {
        let body = serde_json::from_slice(&body).unwrap();
        let _ = sender.send(Call { uri, headers, body });
    };
    let router = Router::new().route("/hooks/vidu", post(take)).with_state(sender);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hooks/vidu?name=james&age=36", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, received)
}

impl Call {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The manual's own steps.
    fn is_signed_by(&self, token: &str) -> bool {
        assert_eq!(self.header("x-hmac-algorithm"), "hmac-sha256");
        assert_eq!(self.header("x-hmac-access-key"), "vidu");
        assert_eq!(self.header("x-hmac-signed-headers"), "Date;x-request-nonce");
        assert!(!self.header("x-request-nonce").is_empty());
        assert!(self.header("date").ends_with(" GMT"), "{}", self.header("date"));
        httpdate::parse_http_date(self.header("date")).unwrap();
        let mut text = String::new();
        for line in [
            "POST",
            self.uri.path(),
            self.uri.query().unwrap_or(""),
            "vidu",
            self.header("date"),
        ] {
            text += line;
            text += "\n";
        }
        for name in self.header("x-hmac-signed-headers").split(';') {
            text += &format!("{name}:{}\n", self.header(name));
        }
        let key = hmac::Key::new(hmac::HMAC_SHA256, token.as_bytes());
        let signature = STANDARD.decode(self.header("x-hmac-signature")).unwrap();
        hmac::verify(&key, text.as_bytes(), &signature).is_ok()
    }
}

/// A receiver that takes nothing; it notes what it was told.
async fn refusing_receiver() -> (String, mpsc::UnboundedReceiver<Value>) {
    let (sender, received) = mpsc::unbounded_channel();
    let take = async |State(sender): State<mpsc::UnboundedSender<Value>>, body: Bytes| {
        let _ = sender.send(serde_json::from_slice(&body).unwrap());
        StatusCode::INTERNAL_SERVER_ERROR
    };
    let router = Router::new().route("/hook", post(take)).with_state(sender);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, received)
}

async fn next(received: &mut mpsc::UnboundedReceiver<Call>) -> Call {
    tokio::time::timeout(PATIENCE, received.recv()).await.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn beginning_and_end_are_announced_and_signed_with_the_tasks_own_key() {
    let mut kinora = Kinora::start_with(|settings| settings.fetch.allow_private_networks = true).await;
    let other = kinora.other_key("other");
    announced(&kinora, &other).await;
    let first = std::mem::replace(&mut kinora.key, other);
    announced(&kinora, &first).await;
}

async fn announced(kinora: &Kinora, other: &str) {
    let (url, mut received) = receiver().await;
    let mut body = vidu::body(&pictures::cat());
    body["callback_url"] = json!(url);
    let id = vidu::submit(kinora, &body).await;
    for state in ["processing", "success"] {
        let call = next(&mut received).await;
        assert_eq!((&call.body["id"], &call.body["state"]), (&json!(id), &json!(state)));
        assert_eq!(call.body["payload"], body["payload"]);
        assert_eq!(call.uri.query(), Some("name=james&age=36"));
        assert!(call.is_signed_by(&kinora.key));
        assert!(!call.is_signed_by(other));
        assert_eq!(
            call.body["creations"].as_array().unwrap().len(),
            usize::from(state == "success")
        );
        if state == "success" {
            let mut asked = kinora.get(&format!("/ent/v2/tasks/{id}/creations")).await.json();
            let mut told = call.body;
            for body in [&mut asked, &mut told] {
                // Links may have another time in them.
                for name in ["url", "cover_url"] {
                    let link = body["creations"][0][name].as_str().unwrap();
                    body["creations"][0][name] = json!(link.split('?').next().unwrap());
                }
            }
            assert_eq!(told, asked, "nothing but the creations, and all of them");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_is_told_four_times_at_most_and_a_beginning_once() {
    let kinora = Kinora::start_with(|settings| {
        settings.fetch.allow_private_networks = true;
        settings.notify.retry_after = vec![Wait(Duration::from_millis(1)); 9];
    })
    .await;
    let (url, mut received) = refusing_receiver().await;
    let mut body = vidu::body(&format!("{url}/nothing.png"));
    body["callback_url"] = json!(url);
    let id = vidu::submit(&kinora, &body).await;
    let given_up = until(async || {
        let dead = kinora.get("/kinora/v1/webhooks?state=dead").await.json();
        (dead["data"].as_array().unwrap().len() == 2).then_some(dead)
    })
    .await;
    let mut told = Vec::new();
    while let Ok(body) = received.try_recv() {
        assert_eq!(body["id"], id.as_str());
        told.push(body["state"].as_str().unwrap().to_owned());
    }
    told.sort();
    assert_eq!(
        told,
        ["failed", "failed", "failed", "failed", "processing"],
        "{given_up}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_off_peak_task_that_no_quiet_hour_came_for_is_announced_as_failed() {
    let kinora = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    let (url, mut received) = receiver().await;
    let mut body = vidu::body(&pictures::cat());
    body["callback_url"] = json!(url);
    body["off_peak"] = json!(true);
    let id = vidu::submit(&kinora, &body).await;
    let data_dir = kinora.stop().await;
    // As when two days have passed.
    let kinora = Kinora::start_in(data_dir, |settings| {
        settings.fetch.allow_private_networks = true;
        settings.worker.concurrency = 0;
        settings.worker.off_peak_limit = Duration::from_millis(1);
    })
    .await;
    let call = next(&mut received).await;
    assert!(call.is_signed_by(&kinora.key));
    let asked = kinora.get(&format!("/ent/v2/tasks/{id}/creations")).await.json();
    assert_eq!(call.body, asked);
    assert_eq!(
        (&asked["state"], &asked["err_code"], &asked["credits"]),
        (&json!("failed"), &json!("SystemThrottling"), &json!(0))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn beginnings_can_be_switched_off() {
    let kinora = Kinora::start_with(|settings| {
        settings.fetch.allow_private_networks = true;
        settings.notify.beginnings = false;
    })
    .await;
    let (url, mut received) = receiver().await;
    let mut body = vidu::body(&pictures::cat());
    body["callback_url"] = json!(url);
    vidu::submit(&kinora, &body).await;
    assert_eq!(next(&mut received).await.body["state"], "success");
}
