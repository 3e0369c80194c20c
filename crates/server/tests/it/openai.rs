//! OpenAI's videos, whole, and their edges.

use reqwest::{
    Method,
    multipart::{Form, Part},
};
use serde_json::{Value, json};

use crate::{
    exchange::exchange,
    pictures,
    probe::probe_bytes,
    server::{Answer, Kinora, answer, until},
};

pub(crate) const VIDEOS: &str = "/v1/videos";

fn portrait() -> Vec<u8> {
    pictures::painted(720, 1280)
}

pub(crate) fn body() -> Value {
    json!({"model": "viduq2-turbo", "prompt": "make it dance.", "seconds": "1", "size": "640x360", "seed": 7,
        "input_reference": {"image_url": pictures::cat()}})
}

async fn idle() -> Kinora {
    Kinora::start_with(|settings| settings.worker.concurrency = 0).await
}

async fn create(kinora: &Kinora, body: &Value) -> String {
    let created = kinora.post(VIDEOS, body).await;
    assert_eq!(created.status, 200, "{}", created.text());
    created.json()["id"].as_str().unwrap().to_owned()
}

async fn post_form(kinora: &Kinora, form: Form) -> Answer {
    answer(kinora.request(Method::POST, VIDEOS).multipart(form)).await
}

async fn completed(kinora: &Kinora, id: &str) {
    until(async || {
        let video = kinora.get(&format!("{VIDEOS}/{id}")).await;
        assert_eq!(video.status, 200);
        let word = video.json()["status"].as_str().unwrap().to_owned();
        assert!(
            ["queued", "in_progress", "completed"].contains(&word.as_str()),
            "{}",
            video.text()
        );
        assert_eq!(video.header("openai-poll-after-ms").is_empty(), word == "completed");
        (word == "completed").then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prompt_and_a_reference_become_a_video_and_a_remix() {
    let kinora = Kinora::start().await;
    let (created, create_text) = exchange(&kinora, Method::POST, VIDEOS, Some(&body())).await;
    assert_eq!(created.status, 200, "{}", created.text());
    let id = created.json()["id"].as_str().unwrap().to_owned();
    completed(&kinora, &id).await;
    let (_, text) = exchange(&kinora, Method::GET, &format!("{VIDEOS}/{id}"), None).await;
    insta::assert_snapshot!("openai_success", format!("{create_text}\n{}\n\n{text}", "-".repeat(72)));

    let content = async |query: &str| kinora.get(&format!("{VIDEOS}/{id}/content{query}")).await;
    let video = content("?video_id=7").await;
    assert_eq!(video.header("content-type"), "video/mp4");
    let clip = probe_bytes(&video.bytes);
    assert_eq!((clip.width, clip.height, clip.frames), (640, 360, 24));
    for (variant, kind, format) in [
        ("thumbnail", "image/webp", image::ImageFormat::WebP),
        ("spritesheet", "image/jpeg", image::ImageFormat::Jpeg),
    ] {
        let file = content(&format!("?variant={variant}")).await;
        assert_eq!(
            (file.status.as_u16(), file.header("content-type")),
            (200, kind),
            "{variant}"
        );
        let picture = image::load_from_memory_with_format(&file.bytes, format).unwrap();
        assert!(picture.width() > picture.height(), "{variant}");
    }
    assert_eq!(content("?variant=gif").await.status, 400);

    let remix = kinora
        .post(&format!("{VIDEOS}/{id}/remix"), &json!({"prompt": "now it snows."}))
        .await;
    assert_eq!(remix.status, 200, "{}", remix.text());
    let remix = remix.json();
    assert_eq!(
        (&remix["remixed_from_video_id"], &remix["prompt"]),
        (&json!(id), &json!("now it snows."))
    );
    let remixed = remix["id"].as_str().unwrap();
    completed(&kinora, remixed).await;

    let deleted = answer(kinora.request(Method::DELETE, &format!("{VIDEOS}/{id}"))).await;
    assert_eq!(
        deleted.json(),
        json!({"id": id, "deleted": true, "object": "video.deleted"})
    );
    assert_eq!(kinora.get(&format!("{VIDEOS}/{id}")).await.status, 404);
    assert_eq!(kinora.get(&format!("{VIDEOS}/{id}/content")).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn forms_mean_what_the_same_json_means() {
    let kinora = idle().await;
    let text = || {
        Form::new()
            .text("prompt", "say \"hi\"\r\n--it is\u{1}é")
            .text("seconds", "4")
            .text("model", "sora-2")
    };
    let file = || {
        Part::bytes(portrait())
            .file_name("a.png")
            .mime_str("image/png")
            .unwrap()
    };
    let forms = [
        text().part("input_reference", file()).text("size", "720x1280"),
        text().text(
            "input_reference[image_url]",
            pictures::data_uri("image/png", &portrait()),
        ),
        text().text("input_reference", "https://pictures.example/cat.png"),
        text()
            .part("input_reference", Part::bytes(portrait()).file_name(""))
            .text("n", "1"),
    ];
    for (number, form) in forms.into_iter().enumerate() {
        let created = post_form(&kinora, form).await;
        assert_eq!(created.status, 200, "{number}: {}", created.text());
        let video = created.json();
        assert_eq!(video["prompt"], "say \"hi\"\r\n--it is\u{1}é");
        assert_eq!(
            (&video["seconds"], &video["size"], &video["status"]),
            (&json!("4"), &json!("720x1280"), &json!("queued"))
        );
    }
    for (content_type, body) in [
        (
            "multipart/form-data; boundary=x",
            "--x\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\ncut",
        ),
        (
            "multipart/form-data; boundary=x",
            "--x\r\nContent-Disposition: form-data\r\n\r\nno name\r\n--x--",
        ),
        ("multipart/form-data; boundary=x", "--y--"),
        ("multipart/form-data", "--x--"),
        ("multipart/form-data; boundary=x", "--x--"),
    ] {
        let request = kinora
            .request(Method::POST, VIDEOS)
            .header("content-type", content_type)
            .body(body);
        let refused = answer(request).await;
        assert_eq!(refused.status, 400, "{body}");
        assert_eq!(refused.json()["error"]["type"], "invalid_request_error");
    }
}

/// Each form draws a boundary of its own.
#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_sent_twice_is_one_task() {
    let kinora = idle().await;
    let mut ids = Vec::new();
    for _ in 0..2 {
        let form = Form::new()
            .text("prompt", "a")
            .part("input_reference", Part::bytes(portrait()).file_name("a.png"));
        let request = kinora.request(Method::POST, VIDEOS).header("idempotency-key", "k");
        let created = answer(request.multipart(form)).await;
        assert_eq!(created.status, 200, "{}", created.text());
        ids.push(created.json()["id"].clone());
    }
    assert_eq!(ids[0], ids[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_must_have_soras_size() {
    let kinora = idle().await;
    let mut asked = json!({"prompt": "a", "size": "720x1280", "input_reference": pictures::cat()});
    let (refused, wrong_size) = exchange(&kinora, Method::POST, VIDEOS, Some(&asked)).await;
    assert_eq!(
        refused.json()["error"]["message"],
        "Inpaint image must match the requested width and height"
    );
    asked["size"] = json!("999x999");
    let (_, no_size) = exchange(&kinora, Method::POST, VIDEOS, Some(&asked)).await;
    let (_, no_picture) = exchange(
        &kinora,
        Method::POST,
        VIDEOS,
        Some(&json!({"prompt": "a", "seconds": 5})),
    )
    .await;
    let (_, nothing) = exchange(&kinora, Method::POST, VIDEOS, Some(&json!({}))).await;
    let (_, unknown) = exchange(&kinora, Method::GET, "/v1/videos/video_123", None).await;
    insta::assert_snapshot!(
        "openai_refusals",
        [wrong_size, no_size, no_picture, nothing, unknown].join("\n")
    );

    let id = create(&kinora, &body()).await;
    let early = kinora.get(&format!("{VIDEOS}/{id}/content")).await;
    assert_eq!(early.status, 404);
    let said = format!("Video is not ready yet, use GET /v1/videos/{id} to check status.");
    assert_eq!(early.json()["error"]["message"], json!(said));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_self_hosted_servers_take_is_taken() {
    let kinora = idle().await;
    let asked = json!({"prompt": "a", "model": "viduq2-pro", "reference_url": pictures::cat(), "num_frames": 48, "fps": 24,
        "negative_prompt": "blur", "guidance_scale": 7.5, "n": 1, "seed": "42"});
    let id = create(&kinora, &asked).await;
    let task = id.strip_prefix("video_").unwrap();
    let view = kinora.task(task).await;
    assert_eq!((&view["seed"], &view["request"]["duration"]), (&json!(42), &json!(2)));
    assert!(view["warnings"].to_string().contains("negative_prompt"));
    // Either spelling of the id.
    assert_eq!(kinora.get(&format!("{VIDEOS}/{task}")).await.json()["id"], json!(id));
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_read_page_by_page_in_both_orders() {
    let kinora = idle().await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(create(&kinora, &body()).await);
    }
    let list = async |query: &str| kinora.get(&format!("{VIDEOS}?{query}")).await.json();
    let page = list("limit=2&order=asc").await;
    assert_eq!((&page["object"], &page["has_more"]), (&json!("list"), &json!(true)));
    assert_eq!((&page["first_id"], &page["last_id"]), (&json!(ids[0]), &json!(ids[1])));
    let rest = list(&format!("limit=2&order=asc&after={}", ids[1])).await;
    assert_eq!(
        (&rest["data"][0]["id"], &rest["has_more"]),
        (&json!(ids[2]), &json!(false))
    );
    assert_eq!(list("").await["first_id"], json!(ids[2]));
    for wrong in ["limit=0", "limit=101", "order=up", "after=x"] {
        assert_eq!(kinora.get(&format!("{VIDEOS}?{wrong}")).await.status, 400, "{wrong}");
    }
}
