//! The second manual's exchange, whole.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    exchange::exchange,
    pictures,
    probe::probe_bytes,
    server::{Kinora, answer, until},
};

pub(crate) const SUBMIT: &str = "/v3/async/vidu-q2-pro-fast-img2video";

/// The path for all models.
pub(crate) const CREATE: &str = "/v3/video/create";

pub(crate) fn unified_body(picture: &str) -> Value {
    json!({"model": "vidu-q2-turbo-startend2video", "image": picture, "end_image": picture, "duration": "1", "seed": 42,
        "add_audio": "false", "resolution": "540P"})
}

pub(crate) fn body(picture: &str) -> Value {
    json!({
        "images": [picture], "prompt": "The camera slowly pushes in while snow falls", "duration": 1, "resolution": "720p",
        "movement_amplitude": "high", "seed": 42, "bgm": true, "audio": true, "voice_id": "English_Aussie_Bloke",
        "off_peak": false, "watermark": true
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn every_field_of_the_manual_is_taken_and_the_video_arrives() {
    let kinora = Kinora::start().await;
    let (submitted, submit_text) = exchange(&kinora, Method::POST, SUBMIT, Some(&body(&pictures::cat()))).await;
    assert_eq!(submitted.status, 200, "{}", submitted.text());
    let id = submitted.json()["task_id"].as_str().unwrap().to_owned();

    let path = format!("/v3/async/task-result?task_id={id}");
    until(async || {
        let status = kinora.get(&path).await;
        assert_eq!(status.status, 200);
        let status = status.json();
        for list in ["images", "videos", "audios"] {
            assert!(status[list].is_array(), "{list} in {status}");
        }
        assert!(status["extra"].is_object());
        let word = status["task"]["status"].as_str().unwrap().to_owned();
        let words = ["TASK_STATUS_QUEUED", "TASK_STATUS_PROCESSING", "TASK_STATUS_SUCCEED"];
        assert!(words.contains(&word.as_str()), "{status}");
        (word == "TASK_STATUS_SUCCEED").then_some(())
    })
    .await;
    let (status, status_text) = exchange(&kinora, Method::GET, &path, None).await;
    insta::assert_snapshot!(
        "jiekou_success",
        format!("{submit_text}\n{}\n\n{status_text}", "-".repeat(72))
    );

    let link = status.json()["videos"][0]["video_url"].as_str().unwrap().to_owned();
    let video = answer(kinora.http.get(&link)).await;
    assert_eq!(video.status, 200);
    let clip = probe_bytes(&video.bytes);
    assert_eq!(
        (clip.codec.as_str(), clip.rate.as_str(), clip.frames, clip.has_sound),
        ("h264", "24/1", 24, true)
    );

    // The alias that one client uses, and the words for a task that is not there.
    assert_eq!(
        kinora.get(&format!("/v3/async/task-result?taskId={id}")).await.status,
        200
    );
    let (unknown, text) = exchange(&kinora, Method::GET, "/v3/async/task-result?task_id=12345", None).await;
    assert_eq!(unknown.status, 404);
    insta::assert_snapshot!("jiekou_unknown_task", text);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_path_names_the_model() {
    let kinora = Kinora::start().await;
    let models = [
        ("vidu-q2-pro-img2video", "viduq2-pro"),
        ("vidu-q2-turbo-img2video", "viduq2-turbo"),
        ("vidu-q2-pro-fast-img2video", "viduq2-pro-fast"),
    ];
    for (slug, model) in models {
        let submitted = kinora.post(&format!("/v3/async/{slug}"), &body(&pictures::cat())).await;
        let id = submitted.json()["task_id"].as_str().unwrap().to_owned();
        assert_eq!(kinora.task(&id).await["model"], model);
        kinora.post(&format!("/kinora/v1/tasks/{id}/cancel"), &json!({})).await;
    }
    let unknown = kinora
        .post("/v3/async/vidu-q9-img2video", &body(&pictures::cat()))
        .await;
    assert_eq!(unknown.status, 404);
    assert!(unknown.json()["reason"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_path_takes_every_model_by_either_name() {
    let kinora = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    let cat = pictures::cat();
    let setting = json!({"key_image": &cat, "duration": 2});
    for (fields, model, pictures, duration) in [
        (unified_body(&cat), "viduq2-turbo", 2, 1),
        (json!({"model": "viduq3-pro", "image": &cat}), "viduq3-pro", 1, 5),
        (
            json!({"model": "viduq2-pro-fast", "images": [&cat]}),
            "viduq2-pro-fast",
            1,
            5,
        ),
        (
            json!({"model": "viduq2-pro-fast", "image": &cat, "end_image": &cat}),
            "viduq2-pro-fast",
            2,
            5,
        ),
        (
            json!({"model": "viduq2", "prompt": "@a", "subjects": [{"name": "a", "images": [&cat]}]}),
            "viduq2",
            1,
            5,
        ),
        (
            json!({"model": "viduq2-pro", "start_image": &cat, "image_settings": [&setting, &setting]}),
            "viduq2-pro",
            3,
            4,
        ),
    ] {
        let created = kinora.post(CREATE, &fields).await;
        assert_eq!(created.status, 200, "{}", created.text());
        let view = kinora.task(created.json()["task_id"].as_str().unwrap()).await;
        assert_eq!(
            (&view["model"], &view["request"]["duration"]),
            (&json!(model), &json!(duration)),
            "{view}"
        );
        let taken = view["request"]["images"].as_array().map(Vec::len);
        assert_eq!(taken, Some(pictures), "{view}");
    }
    let hook = json!({"model": "viduq2", "image": &cat, "callback": "nowhere"});
    let refused = kinora.post(CREATE, &hook).await;
    assert_eq!(refused.json()["reason"], "INVALID_REQUEST_BODY");
}
