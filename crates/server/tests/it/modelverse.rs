//! The first manual's exchange, whole.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    exchange::exchange,
    pictures,
    probe::{is_fast_start, probe_bytes},
    server::{Kinora, answer, until},
};

pub(crate) fn body(picture: &str) -> Value {
    json!({
        "model": "viduq2-pro",
        "input": {"first_frame_url": picture, "prompt": "make it dance."},
        "parameters": {
            "vidu_type": "img2video", "duration": 1, "resolution": "540p", "movement_amplitude": "auto", "seed": 7, "bgm": true
        }
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_and_a_prompt_become_a_video() {
    let kinora = Kinora::start().await;
    let (submitted, submit_text) =
        exchange(&kinora, Method::POST, "/v1/tasks/submit", Some(&body(&pictures::cat()))).await;
    assert_eq!(submitted.status, 200, "{}", submitted.text());
    let id = submitted.json()["output"]["task_id"].as_str().unwrap().to_owned();

    let path = format!("/v1/tasks/status?task_id={id}");
    until(async || {
        let status = kinora.get(&path).await;
        assert_eq!(status.status, 200);
        let word = status.json()["output"]["task_status"].as_str().unwrap().to_owned();
        assert!(["Pending", "Running", "Success"].contains(&word.as_str()), "{word}");
        (word == "Success").then_some(())
    })
    .await;
    let (status, status_text) = exchange(&kinora, Method::GET, &path, None).await;
    insta::assert_snapshot!(
        "modelverse_success",
        format!("{submit_text}\n{}\n\n{status_text}", "-".repeat(72))
    );

    let link = status.json()["output"]["urls"][0].as_str().unwrap().to_owned();
    assert!(
        link.starts_with(&kinora.base) && link.split('?').next().unwrap().ends_with(".mp4"),
        "{link}"
    );
    let video = answer(kinora.http.get(&link)).await;
    assert_eq!(video.status, 200);
    assert_eq!(video.header("content-type"), "video/mp4");
    let clip = probe_bytes(&video.bytes);
    assert_eq!(
        (clip.codec.as_str(), clip.rate.as_str(), clip.frames, clip.has_sound),
        ("h264", "24/1", 24, true)
    );
    let (area, tier) = (clip.width * clip.height, 960 * 540);
    assert!(
        clip.width.is_multiple_of(2) && clip.height.is_multiple_of(2),
        "{clip:?}"
    );
    assert!(area.abs_diff(tier) < tier / 50, "{clip:?}");
    assert!(is_fast_start(&video.bytes));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_status_can_be_asked_by_post() {
    let kinora = Kinora::start().await;
    let id = kinora.post("/v1/tasks/submit", &body(&pictures::cat())).await.json()["output"]["task_id"].clone();
    let id = id.as_str().unwrap();
    let asked = [
        kinora
            .request(Method::POST, &format!("/v1/tasks/status?task_id={id}"))
            .body(""),
        kinora
            .request(Method::POST, "/v1/tasks/status")
            .json(&json!({"task_id": id})),
    ];
    for request in asked {
        let status = answer(request).await;
        assert_eq!(status.status, 200, "{}", status.text());
        assert_eq!(status.json()["output"]["task_id"], id);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_is_named_at_once_in_the_manuals_words() {
    let kinora = Kinora::start().await;
    let mut wrong = body(&pictures::cat());
    wrong["parameters"]["duration"] = json!(11);
    wrong["parameters"]["resolution"] = json!("4k");
    let (refused, text) = exchange(&kinora, Method::POST, "/v1/tasks/submit", Some(&wrong)).await;
    assert_eq!(refused.status, 400);
    insta::assert_snapshot!("modelverse_refusal", text);
}
