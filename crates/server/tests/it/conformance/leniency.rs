//! What every dialect forgives, clause by clause.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Tongue, own, tongues};
use crate::{
    picture_host::PictureHost,
    pictures,
    server::{Kinora, answer},
};

async fn submit(kinora: &Kinora, tongue: &Tongue, fields: &[(&str, Value)]) -> Value {
    let mut body = tongue.body.clone();
    Tongue::set(&mut body, fields);
    let submitted = kinora.post(tongue.submit, &body).await;
    assert_eq!(
        submitted.status,
        200,
        "{} {fields:?}: {}",
        tongue.name,
        submitted.text()
    );
    kinora.task(own(&tongue.id_of(&submitted.json()))).await
}

fn spelled(kind: &str) -> String {
    pictures::cat().replacen("data:image/png", kind, 1)
}

/// A field of the request as Kinora read it, whatever its type was: (how it is spelled, its field there, what it says).
fn spellings(tongue: &Tongue) -> Vec<(String, Value, &'static str, Value)> {
    let beside = |name| tongue.beside_duration(name);
    let amplitude = beside("movement_amplitude");
    let resolution = beside("resolution");
    let mut spellings = vec![
        (tongue.duration.to_owned(), json!("4"), "duration", json!(4)),
        (tongue.duration.to_owned(), json!(4.0), "duration", json!(4)),
        (amplitude.clone(), json!("high"), "movement_amplitude", json!("large")),
        (amplitude.clone(), json!("large"), "movement_amplitude", json!("large")),
        (amplitude, json!("small"), "movement_amplitude", json!("small")),
        (resolution.clone(), json!("720P"), "resolution", json!("720p")),
        (resolution, json!("1080p"), "resolution", json!("1080p")),
        (beside("seed"), json!("41"), "seed", json!(41)),
    ];
    for name in ["bgm", "audio", "watermark", "off_peak"] {
        for truth in [json!(true), json!("true"), json!("True")] {
            spellings.push((beside(name), truth, name, json!(true)));
        }
        spellings.push((beside(name), json!("false"), name, json!(false)));
    }
    spellings
}

#[tokio::test(flavor = "multi_thread")]
async fn every_dialect_forgives_the_spelling_of_a_value() {
    let kinora = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    for tongue in tongues(&pictures::cat()) {
        for (pointer, sent, field, expected) in spellings(&tongue) {
            let view = submit(&kinora, &tongue, &[(&pointer, sent.clone())]).await;
            let read = view["request"].get(field).unwrap_or(&view[field]);
            assert_eq!(read, &expected, "{} {pointer} {sent}", tongue.name);
        }
        for seed in [json!(0), json!(-1), json!("0"), Value::Null] {
            let view = submit(&kinora, &tongue, &[(&tongue.beside_duration("seed"), seed)]).await;
            assert!(view["seed"].as_u64().unwrap() > 0, "{}: 0 draws one", tongue.name);
        }
        for seconds in [9, 10] {
            let music = tongue.beside_duration("bgm");
            let view = submit(
                &kinora,
                &tongue,
                &[(tongue.duration, json!(seconds)), (&music, json!(true))],
            )
            .await;
            assert_eq!(view["request"]["bgm"], true);
            assert!(!view["warnings"].to_string().contains("bgm"), "{}", view["warnings"]);
        }
        let view = submit(&kinora, &tongue, &[("/something_else", json!({"a": [1]}))]).await;
        assert!(
            view["warnings"].to_string().contains("something_else"),
            "{}",
            tongue.name
        );
    }
}

/// Vidu gives back what was sent.
#[tokio::test(flavor = "multi_thread")]
async fn the_amplitude_comes_back_in_the_word_that_was_sent() {
    let kinora = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    let tongue = &tongues(&pictures::cat())[2];
    for word in ["high", "large", "auto"] {
        let created = kinora
            .post(tongue.submit, &tongue.with(tongue.amplitude, json!(word)))
            .await;
        assert_eq!(created.json()["movement_amplitude"], word);
        let listed = kinora.get("/ent/v2/tasks?pager.pagesz=1").await;
        assert_eq!(listed.json()["tasks"][0]["movement_amplitude"], word);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_dialect_takes_a_picture_by_url_and_in_every_spelling_of_a_data_uri() {
    let idle = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    let kinora = Kinora::start_with(|settings| settings.fetch.allow_private_networks = true).await;
    let host = PictureHost::start().await;
    for tongue in tongues(&pictures::cat()) {
        for kind in [
            "data:image/JPEG",
            "DATA:IMAGE/PNG",
            "data:image/jpg",
            "data:image/webp",
            "data:image/png;charset=utf-8",
        ] {
            submit(&idle, &tongue, &[(tongue.picture, json!(spelled(kind)))]).await;
        }
        let submitted = kinora
            .post(tongue.submit, &tongue.with(tongue.picture, json!(host.url("/cat.png"))))
            .await;
        let view = kinora.ended(own(&tongue.id_of(&submitted.json()))).await;
        assert_eq!(view["state"], "succeeded", "{}: {view}", tongue.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_path_takes_a_key_in_every_spelling() {
    let kinora = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    for tongue in tongues(&pictures::cat()) {
        for scheme in ["", "Bearer ", "bearer ", "BEARER ", "Token ", "token "] {
            let request = kinora
                .http
                .request(Method::POST, format!("{}{}", kinora.base, tongue.submit))
                .header("authorization", format!("{scheme}{}", kinora.key));
            let submitted = answer(request.json(&tongue.body)).await;
            assert_eq!(submitted.status, 200, "{} {scheme}", tongue.name);
        }
    }
}

/// A picture is as large as its file: what follows its last chunk counts.
fn padded(megabytes: usize) -> String {
    let mut bytes = pictures::painted(320, 240);
    bytes.resize((megabytes << 20) + 1, 0);
    pictures::data_uri("image/png", &bytes)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_in_the_body_may_be_as_large_as_the_manuals_say_and_no_larger() {
    let kinora = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    for tongue in tongues(&padded(10)) {
        let submitted = kinora.post(tongue.submit, &tongue.body).await;
        match tongue.name {
            "vidu" => assert_eq!(submitted.json()["reason"], "PageSizeOutOfRange"),
            _ => assert_eq!(submitted.status, 200, "{}: {}", tongue.name, submitted.text()),
        }
    }
    for tongue in tongues(&padded(50)) {
        let refused = kinora.post(tongue.submit, &tongue.body).await;
        assert_eq!(refused.status, 400, "{}", tongue.name);
        let said = refused.json();
        match tongue.name {
            "modelverse" => assert_eq!(said["error"]["code"], "param_error"),
            "jiekou" => assert_eq!(said["reason"], "IMAGE_FILE_EXCEEDS_MAX_SIZE"),
            "vidu" => assert_eq!(said["reason"], "PageSizeOutOfRange"),
            _ => assert_eq!(said["error"]["code"], "invalid_image"),
        }
    }
}
