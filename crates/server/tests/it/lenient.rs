//! What real clients send and manuals do not say.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    jiekou, modelverse,
    picture_host::PictureHost,
    pictures,
    server::{Kinora, answer},
};

async fn accepted(kinora: &Kinora, path: &str, body: &Value) -> String {
    let submitted = kinora.post(path, body).await;
    assert_eq!(submitted.status, 200, "{}", submitted.text());
    let body = submitted.json();
    for stray in ["code", "error"] {
        assert!(body.get(stray).is_none(), "{body}");
    }
    let id = body.pointer("/output/task_id").or(body.get("task_id")).unwrap();
    id.as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn spellings_of_the_field_are_understood() {
    let kinora = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    let cat = pictures::cat().replacen("data:image/png", "DATA:image/JPEG", 1);
    let modelverse = json!({
        "model": "viduq2-pro",
        "input": {"first_frame_url": cat},
        "parameters": {
            "vidu_type": "img2video", "duration": "5", "resolution": "720P", "movement_amplitude": "high", "bgm": "true",
            "seed": 0, "aspect_ratio": "16:9"
        },
        "something_else": 1
    });
    let id = accepted(&kinora, "/v1/tasks/submit", &modelverse).await;
    let view = kinora.task(&id).await;
    assert_eq!(view["request"]["movement_amplitude"], "large");
    assert_eq!(
        (&view["request"]["resolution"], &view["request"]["duration"]),
        (&json!("720p"), &json!(5))
    );
    assert!(view["seed"].as_u64().unwrap() > 0, "0 draws one");
    let warnings = view["warnings"].to_string();
    assert!(
        warnings.contains("aspect_ratio") && warnings.contains("something_else"),
        "{warnings}"
    );

    let jiekou = json!({"images": [pictures::cat()], "prompt": "", "bgm": "false", "duration": 10.0, "movement_amplitude": "large"});
    let id = accepted(&kinora, jiekou::SUBMIT, &jiekou).await;
    let view = kinora.task(&id).await;
    assert_eq!(
        (&view["request"]["duration"], &view["request"]["resolution"]),
        (&json!(10), &json!("720p"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_is_json_whatever_its_content_type_says() {
    let kinora = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    let body = modelverse::body(&pictures::cat()).to_string();
    for content_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=utf-8",
    ] {
        let request = kinora
            .request(Method::POST, "/v1/tasks/submit")
            .header("content-type", content_type);
        assert_eq!(answer(request.body(body.clone())).await.status, 200, "{content_type}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_come_from_urls_through_redirects_and_after_a_bad_moment() {
    let kinora = Kinora::start_with(|settings| {
        settings.fetch.allow_private_networks = true;
        settings.fetch.back_off = std::time::Duration::from_millis(10);
    })
    .await;
    let host = PictureHost::start().await;
    for path in ["/moved", "/at-third-try.png"] {
        let id = accepted(&kinora, "/v1/tasks/submit", &modelverse::body(&host.url(path))).await;
        let view = kinora.ended(&id).await;
        assert_eq!(view["state"], "succeeded", "{path}: {}", view["failure"]);
    }
}
