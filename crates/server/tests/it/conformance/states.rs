//! A task in each of its states, and after each kind of failure.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Tongue, cancel, log::Log, own};
use crate::{
    exchange,
    picture_host::PictureHost,
    server::{Kinora, until},
};

pub(super) async fn states(tongue: &Tongue) -> String {
    let mut log = Log::default();
    let kinora = Kinora::start_with(|settings| {
        settings.fetch.tries = 1;
        settings.fetch.allow_private_networks = true;
    })
    .await;
    alive(&kinora, tongue, &mut log).await;
    failures(&kinora, tongue, &mut log).await;
    let done = log.submit(&kinora, tongue, "accepted once more", &tongue.body).await;
    kinora.ended(own(&done)).await;
    log.status(&kinora, tongue, "succeeded", &done).await;
    expired(tongue, &mut log).await;
    log.0
}

async fn alive(kinora: &Kinora, tongue: &Tongue, log: &mut Log) {
    let long = tongue.with(tongue.duration, json!(10));
    let running = log.submit(kinora, tongue, "accepted", &long).await;
    let waiting = tongue.id_of(&kinora.post(tongue.submit, &tongue.body).await.json());
    log.status(kinora, tongue, "waiting", &waiting).await;
    cancel(kinora, &waiting).await;
    log.status(kinora, tongue, "cancelled", &waiting).await;
    until(async || {
        let progress = kinora.task(own(&running)).await["progress"].clone();
        (100 * progress["done"].as_u64()? >= progress["total"].as_u64()?).then_some(())
    })
    .await;
    log.status(kinora, tongue, "running", &running).await;
    cancel(kinora, &running).await;
}

/// What only the worker finds out. Submits are alike; the answers tell.
async fn failures(kinora: &Kinora, tongue: &Tongue, log: &mut Log) {
    let host = PictureHost::start().await;
    for (title, picture) in [
        ("failed: the picture is not there", host.url("/nothing.png")),
        ("failed: its server is broken", host.url("/broken")),
        (
            "failed: its server has no such name",
            "https://pictures.invalid/cat.png".to_owned(),
        ),
        ("failed: it is a page", host.url("/page.png")),
        ("failed: it is cut short", host.url("/truncated.png")),
        ("failed: it is beyond 4:1", host.url("/wide.png")),
        ("failed: it has too many pixels", host.url("/bomb.png")),
        ("failed: it has too many bytes", host.url("/endless.png")),
    ] {
        let submitted = kinora
            .post(tongue.submit, &tongue.with(tongue.picture, json!(picture)))
            .await;
        let id = tongue.id_of(&submitted.json());
        kinora.ended(own(&id)).await;
        log.status(kinora, tongue, title, &id).await;
    }
    let outside = Kinora::start().await;
    let submitted = outside
        .post(tongue.submit, &tongue.with(tongue.picture, json!(host.url("/cat.png"))))
        .await;
    let id = tongue.id_of(&submitted.json());
    outside.ended(own(&id)).await;
    log.status(&outside, tongue, "failed: its address is forbidden", &id)
        .await;
}

/// The file goes before the task does.
async fn expired(tongue: &Tongue, log: &mut Log) {
    let kinora = Kinora::start_with(|settings| {
        settings.retention.artifacts = Duration::ZERO;
        settings.retention.interval = Duration::from_millis(100);
    })
    .await;
    let id = tongue.id_of(&kinora.post(tongue.submit, &tongue.body).await.json());
    until(async || {
        let view = kinora.task(own(&id)).await;
        (view["state"] == "succeeded" && view["video"]["url"] == Value::Null).then_some(())
    })
    .await;
    let status = log
        .status(&kinora, tongue, "succeeded, and its file has expired", &id)
        .await;
    if tongue.name == "openai" {
        let path = format!("{}/content", tongue.status(&id));
        log.get(&kinora, "content that has expired", &path).await;
        return;
    }
    let link = status.json().pointer(tongue.link).unwrap().as_str().unwrap().to_owned();
    let (gone, text) = exchange::download(&kinora, &link).await;
    assert_eq!(gone.status, 410);
    log.0
        .push_str(&format!("### a link whose file has expired\n\n{text}\n"));
}
