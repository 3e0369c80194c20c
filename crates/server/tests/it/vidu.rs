//! Vidu's own exchange, whole, and its edges.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    exchange::exchange,
    pictures,
    probe::probe_bytes,
    server::{Kinora, answer, until},
};

pub(crate) const SUBMIT: &str = "/ent/v2/img2video";

pub(crate) fn body(picture: &str) -> Value {
    json!({
        "model": "viduq2-pro-fast", "images": [picture], "prompt": "make it dance.", "duration": 1, "resolution": "720p", "seed": 7,
        "movement_amplitude": "small", "payload": "order \"7\" 猫", "bgm": true
    })
}

pub(crate) async fn submit(kinora: &Kinora, body: &Value) -> String {
    let submitted = kinora.post(SUBMIT, body).await;
    assert_eq!(submitted.status, 200, "{}", submitted.text());
    submitted.json()["task_id"].as_str().unwrap().to_owned()
}

async fn idle() -> Kinora {
    Kinora::start_with(|settings| settings.worker.concurrency = 0).await
}

async fn success(kinora: &Kinora, path: &str) {
    until(async || {
        let status = kinora.get(path).await;
        assert_eq!(status.status, 200);
        let status = status.json();
        assert!(
            status["creations"].is_array() && status.get("code").is_none(),
            "{status}"
        );
        let word = status["state"].as_str().unwrap().to_owned();
        assert!(
            ["queueing", "processing", "success"].contains(&word.as_str()),
            "{status}"
        );
        (word == "success").then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_becomes_two_videos_when_a_watermark_is_asked_for() {
    let kinora = Kinora::start().await;
    let mut asked = body(&pictures::cat());
    asked["watermark"] = json!(true);
    asked["wm_position"] = json!(1);
    asked["meta_data"] = json!("{\"Label\": \"1\", \"ContentProducer\": \"studio 7\"}");
    let (submitted, submit_text) = exchange(&kinora, Method::POST, SUBMIT, Some(&asked)).await;
    assert_eq!(submitted.status, 200, "{}", submitted.text());
    let id = submitted.json()["task_id"].as_str().unwrap().to_owned();

    let path = format!("/ent/v2/tasks/{id}/creations");
    success(&kinora, &path).await;
    let (status, status_text) = exchange(&kinora, Method::GET, &path, None).await;
    insta::assert_snapshot!(
        "vidu_success",
        format!("{submit_text}\n{}\n\n{status_text}", "-".repeat(72))
    );

    let creation = status.json()["creations"][0].clone();
    let mut files = Vec::new();
    for name in ["url", "watermarked_url"] {
        let link = creation[name].as_str().unwrap();
        assert!(link.split('?').next().unwrap().ends_with(".mp4"), "{link}");
        let video = answer(kinora.http.get(link)).await;
        assert_eq!(
            (video.status.as_u16(), video.header("content-type")),
            (200, "video/mp4")
        );
        let clip = probe_bytes(&video.bytes);
        assert_eq!((clip.codec.as_str(), clip.frames, clip.has_sound), ("h264", 24, true));
        assert!(video.text().contains("studio 7"), "the label of {name}");
        files.push(video.bytes);
    }
    assert_ne!(files[0], files[1]);
    let cover = answer(kinora.http.get(creation["cover_url"].as_str().unwrap())).await;
    assert_eq!(cover.header("content-type"), "image/jpeg");
}

#[tokio::test(flavor = "multi_thread")]
async fn clients_that_probe_find_what_they_expect() {
    let kinora = idle().await;
    for endpoint in [
        "img2video",
        "start-end2video",
        "reference2video",
        "multiframe",
        "text2video",
    ] {
        let empty = kinora.post(&format!("/ent/v2/{endpoint}"), &json!({})).await;
        assert_eq!(empty.status, 400, "{endpoint}: {}", empty.text());
    }
    let (_, lacking) = exchange(&kinora, Method::POST, SUBMIT, Some(&json!({}))).await;
    let (_, missing) = exchange(&kinora, Method::GET, "/ent/v2/tasks/0/creations", None).await;
    let (_, codec) = exchange(&kinora, Method::GET, "/ent/v2/tasks/seven/creations", None).await;
    let (_, unknown) = exchange(&kinora, Method::POST, "/ent/v2/lip-sync", Some(&json!({}))).await;
    let stranger = kinora
        .http
        .get(format!("{}/ent/v2/tasks/0/creations", kinora.base))
        .header("authorization", "Token kn_wrong");
    let stranger = answer(stranger).await;
    assert_eq!(
        (stranger.status.as_u16(), &stranger.json()["reason"]),
        (401, &json!("Unauthorized"))
    );
    insta::assert_snapshot!("vidu_probes", [lacking, missing, codec, unknown].join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_manual_forbids_is_refused_at_submit() {
    let kinora = idle().await;
    let cat = pictures::cat();
    let wide = pictures::data_uri("image/png", &pictures::painted(500, 100));
    let refused = [
        (json!({"images": [&cat, &cat]}), "FieldItemCountOutOfRange"),
        (json!({"images": []}), "FieldItemCountOutOfRange"),
        (json!({"duration": 11}), "FieldInvalid"),
        (json!({"duration": 0}), "FieldInvalid"),
        (json!({"duration": "five"}), "FieldInvalid"),
        (json!({"resolution": "540p"}), "FieldInvalid"),
        (json!({"model": "viduq9"}), "ModelUnavailable"),
        (json!({"model": null}), "FieldLacking"),
        (json!({"images": [&wide]}), "PageSizeOutOfRange"),
        (json!({"images": ["data:image/png;base64,QUJD"]}), "ImageFormatInvalid"),
        (json!({"images": ["ssupload:?id=7"]}), "ImageDownloadFailure"),
        (json!({"images": ["ssupload:nothing"]}), "FieldInvalid"),
        (json!({"wm_position": 5}), "FieldInvalid"),
        (json!({"meta_data": "no json"}), "FieldInvalid"),
        (json!({"callback_url": "ftp://a.example"}), "FieldInvalid"),
    ];
    for (change, reason) in refused {
        let mut asked = body(&cat);
        for (name, value) in change.as_object().unwrap() {
            asked[name] = value.clone();
        }
        let answer = kinora.post(SUBMIT, &asked).await;
        let said = answer.json();
        assert_eq!(
            (answer.status.as_u16(), &said["reason"]),
            (400, &json!(reason)),
            "{change}: {said}"
        );
        assert_eq!(said["code"], 400);
        assert!(said["metadata"]["trace_id"].is_string());
    }
    let asked = json!({"model": "viduq2", "prompt": "a cat"});
    let text_alone = kinora.post("/ent/v2/text2video", &asked).await;
    assert_eq!(
        (text_alone.status.as_u16(), &text_alone.json()["reason"]),
        (400, &json!("ModelUnavailable"))
    );
    assert!(text_alone.text().contains("diffusion engine"), "{}", text_alone.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_waiting_task_can_be_cancelled_once() {
    let kinora = idle().await;
    let id = submit(&kinora, &body(&pictures::cat())).await;
    let path = format!("/ent/v2/tasks/{id}/cancel");
    let cancelled = kinora.post(&path, &json!({"id": id})).await;
    assert_eq!((cancelled.status.as_u16(), cancelled.json()), (200, json!({})));
    let (again, text) = exchange(&kinora, Method::POST, &path, Some(&json!({"id": id}))).await;
    assert_eq!(again.status, 400);
    let (_, status) = exchange(&kinora, Method::GET, &format!("/ent/v2/tasks/{id}/creations"), None).await;
    insta::assert_snapshot!("vidu_cancelled", format!("{text}\n{status}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn several_pictures_become_one_sequence() {
    let kinora = idle().await;
    let cat = pictures::cat();
    let asked = json!({"model": "viduq2", "prompt": "@cat sits, then @dog jumps", "aspect_ratio": "1:1", "duration": 4,
        "subjects": [{"id": "cat", "images": [&cat, &cat]}, {"id": "dog", "images": [&cat], "voice_id": "English_Aussie_Bloke"}]});
    let submitted = kinora.post("/ent/v2/reference2video", &asked).await.json();
    assert_eq!(submitted["aspect_ratio"], "1:1", "{submitted}");
    assert_eq!(submitted["prompt"], "cat sits, then dog jumps");
    assert_eq!(submitted["images"].as_array().unwrap().len(), 3);

    let asked = json!({"model": "viduq2-turbo", "start_image": &cat, "resolution": "540p", "image_settings": [
        {"key_image": &cat, "prompt": "push in", "duration": 2}, {"key_image": &cat, "duration": 3}]});
    let submitted = kinora.post("/ent/v2/multiframe", &asked).await.json();
    assert_eq!(
        (&submitted["duration"], &submitted["prompt"]),
        (&json!(5), &json!("0-2s: push in")),
        "{submitted}"
    );

    let asked = json!({"model": "viduq2-pro", "images": [&cat, &cat], "duration": 9});
    let refused = kinora.post("/ent/v2/start-end2video", &asked).await.json();
    assert_eq!(refused["reason"], "FieldInvalid", "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_found_again_by_its_payload() {
    let kinora = idle().await;
    let mut ids = Vec::new();
    for number in 0..5 {
        let mut asked = body(&pictures::cat());
        asked["payload"] = json!(format!("order {number}"));
        asked["model"] = json!(if number % 2 == 0 { "viduq2-pro" } else { "viduq2-turbo" });
        ids.push(submit(&kinora, &asked).await);
    }
    let list = async |query: &str| {
        let listed = kinora.get(&format!("/ent/v2/tasks?{query}")).await;
        assert_eq!(listed.status, 200, "{query}: {}", listed.text());
        listed.json()
    };
    let all = list("").await;
    let payloads: Vec<&str> = all["tasks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["payload"].as_str().unwrap())
        .collect();
    assert_eq!(payloads, ["order 4", "order 3", "order 2", "order 1", "order 0"]);
    assert_eq!(all["next_page_token"], "");

    let first = list("pager.pagesz=2&model_versions=q2-pro").await;
    assert_eq!(first["tasks"].as_array().unwrap().len(), 2);
    let token = first["next_page_token"].as_str().unwrap();
    let second = list(&format!(
        "pager.pagesz=2&model_versions=q2-pro&pager.page_token={token}"
    ))
    .await;
    assert_eq!(
        (&second["tasks"][0]["id"], second["tasks"].as_array().unwrap().len()),
        (&json!(ids[0]), 1)
    );
    let by_number = list("paper.page=1&paper.pagesz=2&model_versions=q2-pro").await;
    assert_eq!(by_number["tasks"], second["tasks"]);
    let chosen = list(&format!("task_ids={}&task_ids={}", ids[1], ids[3])).await;
    assert_eq!(chosen["tasks"].as_array().unwrap().len(), 2);
    for nothing in [
        "states=success",
        "resolutions=540p",
        "created_at.from=2099-01-01T00:00:00Z",
        "templates=x",
        "task_ids=abc",
    ] {
        assert_eq!(list(nothing).await["tasks"], json!([]), "{nothing}");
    }
    assert_eq!(
        list("states=created,queueing&resolutions=720p").await["tasks"]
            .as_array()
            .unwrap()
            .len(),
        5
    );
    for wrong in [
        "pager.pagesz=101",
        "pager.page=-1",
        "states=done",
        "created_at.from=yesterday",
        "pager.page_token=x",
    ] {
        let refused = kinora.get(&format!("/ent/v2/tasks?{wrong}")).await;
        assert_eq!(
            (refused.status.as_u16(), &refused.json()["reason"]),
            (400, &json!("FieldInvalid")),
            "{wrong}"
        );
    }
    let credits = kinora.get("/ent/v2/credits?show_detail=true").await.json();
    assert_eq!(credits["remains"][0]["queue_count"], 5, "{credits}");
    assert!(credits["packages"].is_array());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_longest_payload_comes_back() {
    let kinora = idle().await;
    let payload: String = "猫\u{1}".chars().cycle().take(1_048_576).collect();
    let mut asked = body(&pictures::cat());
    asked["payload"] = json!(payload);
    let id = submit(&kinora, &asked).await;
    assert_eq!(
        kinora.get(&format!("/ent/v2/tasks/{id}/creations")).await.json()["payload"],
        json!(payload)
    );
    asked["payload"] = json!(format!("{payload}x"));
    assert_eq!(kinora.post(SUBMIT, &asked).await.json()["reason"], "FieldInvalid");
}
