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
