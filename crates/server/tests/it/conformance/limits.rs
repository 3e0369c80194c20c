//! Who may ask, how often and how much.

use reqwest::Method;
use serde_json::json;

use super::{Tongue, cancel, log::Log};
use crate::{
    exchange::Body,
    server::{Kinora, answer},
    tenants::limit,
};

pub(super) async fn limits(tongue: &Tongue) -> String {
    let mut log = Log::default();
    let mut kinora = Kinora::start_with(|settings| {
        settings.worker.concurrency = 0;
        settings.server.body_limit = 400_000;
        settings.limits.queue_per_key = 2;
    })
    .await;
    keys(&mut kinora, tongue, &mut log).await;
    let long = format!("{{\"prompt\": \"{}", "long ".repeat(100_000));
    log.add(
        &kinora,
        "a body that is too large",
        Method::POST,
        tongue.submit,
        &[],
        Some(Body::Text("application/json", &long)),
    )
    .await;
    idempotency(&kinora, tongue, &mut log).await;
    let second = tongue.id_of(&kinora.post(tongue.submit, &tongue.body).await.json());
    log.submit(&kinora, tongue, "more than may wait", &tongue.body).await;
    cancel(&kinora, &second).await;
    limit(&kinora, &["first", "--daily-seconds", "1"]);
    log.submit(&kinora, tongue, "more seconds than a day has", &tongue.body)
        .await;
    limit(&kinora, &["first", "--rate", "1"]);
    while kinora.get(&tongue.status("12345")).await.status != 429 {}
    log.status(&kinora, tongue, "too many requests", "12345").await;
    log.0
}

async fn keys(kinora: &mut Kinora, tongue: &Tongue, log: &mut Log) {
    let key = std::mem::replace(&mut kinora.key, "kn_wrong".to_owned());
    log.submit(kinora, tongue, "a wrong key", &json!({})).await;
    log.status(kinora, tongue, "a wrong key, asking", "12345").await;
    kinora.key = String::new();
    log.submit(kinora, tongue, "no key", &json!({})).await;
    for spelling in ["", "Bearer", "bearer", "Token", "TOKEN"] {
        let request = kinora.http.get(format!("{}{}", kinora.base, tongue.status("12345")));
        let asked = answer(request.header("authorization", format!("{spelling} {key}"))).await;
        assert!(
            ![401, 403].contains(&asked.status.as_u16()),
            "{} {spelling}: {}",
            tongue.name,
            asked.text()
        );
    }
    kinora.key = key;
}

async fn idempotency(kinora: &Kinora, tongue: &Tongue, log: &mut Log) {
    let header = [("idempotency-key", "order 7")];
    for (title, body) in [
        ("a submit with an idempotency key", &tongue.body),
        ("the same once more", &tongue.body),
        (
            "another one with that key",
            &tongue.with(tongue.prompt, json!("now it snows.")),
        ),
    ] {
        log.add(
            kinora,
            title,
            Method::POST,
            tongue.submit,
            &header,
            Some(Body::Json(body)),
        )
        .await;
    }
}
