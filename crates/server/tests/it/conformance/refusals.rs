//! What is wrong with a request, whoever sends it.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Tongue, log::Log};
use crate::{exchange::Body, pictures, server::Kinora};

pub(super) async fn refusals(tongue: &Tongue) -> String {
    let mut log = Log::default();
    let mut kinora = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    bodies(&kinora, tongue, &mut log).await;
    for (title, body) in values(tongue) {
        log.submit(&kinora, tongue, title, &body).await;
    }
    paths(&mut kinora, tongue, &mut log).await;
    log.0
}

/// What is no request at all.
async fn bodies(kinora: &Kinora, tongue: &Tongue, log: &mut Log) {
    let text = tongue.body.to_string();
    let half = "{\"prompt\": \"make it";
    for (title, body) in [
        ("no body", None),
        ("an empty object", Some(Body::Json(&json!({})))),
        ("a list", Some(Body::Json(&json!([])))),
        ("broken JSON", Some(Body::Text("application/json", half))),
        (
            "broken JSON that calls itself a form",
            Some(Body::Text("multipart/form-data; boundary=b", half)),
        ),
        (
            "a form without a boundary",
            Some(Body::Text("multipart/form-data", "--b--")),
        ),
    ] {
        log.add(kinora, title, Method::POST, tongue.submit, &[], body).await;
    }
    let compressed = [("content-encoding", "gzip")];
    log.add(
        kinora,
        "a compressed body",
        Method::POST,
        tongue.submit,
        &compressed,
        Some(Body::Text("application/json", "")),
    )
    .await;
    // JSON by any other name is taken: some clients name none.
    let plain = kinora
        .request(Method::POST, tongue.submit)
        .header("content-type", "text/plain")
        .body(text);
    assert_eq!(crate::server::answer(plain).await.status, 200, "{}", tongue.name);
}

fn values(tongue: &Tongue) -> Vec<(&'static str, Value)> {
    let wide = pictures::data_uri("image/png", &pictures::painted(500, 100));
    let mut wrong = vec![
        ("no picture", tongue.without(tongue.picture)),
        (
            "text where a picture belongs",
            tongue.with(tongue.picture, json!("cat")),
        ),
        (
            "an upload that is none",
            tongue.with(tongue.picture, json!("ssupload:?id=7")),
        ),
        (
            "a picture that is none",
            tongue.with(tongue.picture, json!("data:image/png;base64,QUJD")),
        ),
        (
            "a picture that is not in base64",
            tongue.with(tongue.picture, json!("data:image/png;base64,!!")),
        ),
        ("a picture beyond 4:1", tongue.with(tongue.picture, json!(wide))),
        ("a duration of nothing", tongue.with(tongue.duration, json!(0))),
        (
            "a duration that is not offered",
            tongue.with(tongue.duration, json!(99)),
        ),
        ("a duration in words", tongue.with(tongue.duration, json!("five"))),
        ("half a second", tongue.with(tongue.duration, json!(1.5))),
        (
            "a prompt that is too long",
            tongue.with(tongue.prompt, json!("long ".repeat(7000))),
        ),
    ];
    if !tongue.resolution.is_empty() {
        wrong.push((
            "a resolution that is not offered",
            tongue.with(tongue.resolution, json!("360p")),
        ));
        wrong.push((
            "a resolution that is none",
            tongue.with(tongue.resolution, json!("large")),
        ));
        wrong.push((
            "an amplitude that is none",
            tongue.with(tongue.amplitude, json!("huge")),
        ));
    }
    if !tongue.model.is_empty() {
        wrong.push(("an unknown model", tongue.with(tongue.model, json!("viduq9"))));
    }
    wrong
}

async fn paths(kinora: &mut Kinora, tongue: &Tongue, log: &mut Log) {
    log.status(kinora, tongue, "an unknown task", "12345").await;
    log.status(kinora, tongue, "a task's id that is none", "seven").await;
    log.get(kinora, "an unknown path", &format!("{}/nothing/here", tongue.submit))
        .await;
    log.add(kinora, "the wrong method", Method::PATCH, tongue.submit, &[], None)
        .await;
    let foreign = tongue.id_of(&kinora.post(tongue.submit, &tongue.body).await.json());
    let stranger = kinora.other_key("stranger");
    let key = std::mem::replace(&mut kinora.key, stranger);
    let answer = log.status(kinora, tongue, "another key's task", &foreign).await;
    let unknown = kinora.get(&tongue.status("12345")).await;
    assert_eq!(answer.status, unknown.status, "it must not show that it is there");
    kinora.key = key;
}
