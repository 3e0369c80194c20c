//! What only one dialect has, and what its hosted service offers and this server does not.

use reqwest::Method;
use serde_json::json;

use super::{Tongue, log::Log};
use crate::{
    exchange::Body,
    server::{Kinora, until},
};

pub(super) async fn peculiar(tongue: &Tongue) -> String {
    let mut log = Log::default();
    let kinora = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    match tongue.name {
        "modelverse" => modelverse(&kinora, tongue, &mut log).await,
        "jiekou" => {
            jiekou(&kinora, tongue, &mut log).await;
            unified(&kinora, tongue, &mut log).await;
        }
        "vidu" => {
            vidu(&kinora, tongue, &mut log).await;
            vidu_cancels(tongue, &mut log).await;
        }
        _ => openai(&kinora, tongue, &mut log).await,
    }
    log.0
}

/// The picture of a body.
fn picture(tongue: &Tongue) -> serde_json::Value {
    tongue.body.pointer(tongue.picture).unwrap().clone()
}

async fn modelverse(kinora: &Kinora, tongue: &Tongue, log: &mut Log) {
    let id = tongue.id_of(&kinora.post(tongue.submit, &tongue.body).await.json());
    log.add(
        kinora,
        "a status query by POST",
        Method::POST,
        &tongue.status(&id),
        &[],
        None,
    )
    .await;
    log.get(kinora, "a status query without an id", "/v1/tasks/status")
        .await;
    let cat = picture(tongue);
    let submit = |input: serde_json::Value, kind: &str| json!({"model": "viduq2-turbo", "input": input, "parameters": {"vidu_type": kind, "duration": 1, "seed": 7}});
    let reference = json!({"prompt": "@1 dances", "subjects": [{"id": "1", "images": [&cat]}]});
    let mut q2 = submit(reference, "reference2video");
    q2["model"] = json!("viduq2");
    for (title, body) in [
        (
            "first and last frame",
            submit(
                json!({"first_frame_url": &cat, "last_frame_url": &cat}),
                "start-end2video",
            ),
        ),
        (
            "a last frame that is missing",
            submit(json!({"first_frame_url": &cat}), "start-end2video"),
        ),
        ("a reference", q2),
        ("text alone", submit(json!({"prompt": "a cat"}), "text2video")),
        (
            "an extension",
            submit(json!({"video_url": "https://example.com/a.mp4"}), "extend"),
        ),
        (
            "lip sync",
            submit(json!({"video_url": "https://example.com/a.mp4"}), "lip-sync"),
        ),
        (
            "a body that is flat",
            json!({"model": "viduq2-turbo", "first_frame_url": &cat, "vidu_type": "img2video"}),
        ),
    ] {
        log.submit(kinora, tongue, title, &body).await;
    }
    log.get(kinora, "the models", "/v1/models").await;
}

async fn jiekou(kinora: &Kinora, tongue: &Tongue, log: &mut Log) {
    let cat = picture(tongue);
    log.get(kinora, "a result query without an id", "/v3/async/task-result")
        .await;
    let subjects = json!([{"name": "cat", "images": [&cat], "voice_id": "English_Aussie_Bloke"}]);
    for (title, slug, body) in [
        (
            "first and last frame",
            "vidu-q2-pro-startend2video",
            json!({"images": [&cat, &cat], "duration": 1}),
        ),
        (
            "a last frame that is missing",
            "vidu-q2-pro-startend2video",
            json!({"images": [&cat], "duration": 1}),
        ),
        (
            "named subjects",
            "viduq2-pro-fast",
            json!({"prompt": "@cat dances", "subjects": subjects, "duration": 1}),
        ),
        (
            "a keyframe too few",
            "vidu-q2-pro-multiframe",
            json!({"start_image": &cat, "image_settings": [{"key_image": &cat}]}),
        ),
        ("text alone", "vidu-q2-text2video", json!({"prompt": "a cat"})),
        (
            "a template",
            "vidu-q2-template2video",
            json!({"images": [&cat], "template": "hug"}),
        ),
        (
            "the oldest path without its picture",
            "img2video",
            json!({"model_name": "SVD-XT"}),
        ),
        (
            "a video in place of pictures",
            "vidu-q2-pro-fast-img2video",
            json!({"videos": ["https://example.com/a.mp4"], "prompt": ""}),
        ),
    ] {
        log.post(kinora, title, &format!("/v3/async/{slug}"), &body).await;
    }
}

/// One path for all models.
async fn unified(kinora: &Kinora, tongue: &Tongue, log: &mut Log) {
    let cat = picture(tongue);
    for (title, body) in [
        (
            "a path's name in the body",
            json!({"model": "vidu-q2-pro-fast-img2video", "images": [&cat], "prompt": ""}),
        ),
        (
            "a model's name",
            json!({"model": "viduq2-pro", "image": &cat, "duration": "2", "add_audio": true}),
        ),
        (
            "a model's name, and two frames",
            json!({"model": "viduq2-pro-fast", "image": &cat, "end_image": &cat}),
        ),
        ("no model and no picture", json!({"prompt": "a cat"})),
        (
            "a model of somebody else",
            json!({"model": "wan2.6-i2v", "image": &cat}),
        ),
    ] {
        log.post(kinora, title, "/v3/video/create", &body).await;
    }
    log.get(kinora, "the models' schemas", "/v3/admin/video-unify-api/config")
        .await;
    log.get(kinora, "the balance", "/openapi/v1/billing/balance/detail")
        .await;
}

async fn vidu(kinora: &Kinora, tongue: &Tongue, log: &mut Log) {
    let cat = picture(tongue);
    log.submit(kinora, tongue, "two pictures", &{
        let mut body = tongue.body.clone();
        body["images"] = json!([&cat, &cat]);
        body
    })
    .await;
    let setting = json!({"key_image": &cat, "duration": 9});
    for (title, endpoint, body) in [
        (
            "first and last frame",
            "start-end2video",
            json!({"model": "viduq2-pro", "images": [&cat, &cat], "duration": 1, "seed": 7}),
        ),
        (
            "references",
            "reference2video",
            json!({"model": "viduq2", "images": [&cat], "prompt": "it dances", "duration": 1, "seed": 7}),
        ),
        (
            "seconds that a keyframe cannot have",
            "multiframe",
            json!({"model": "viduq2-pro", "start_image": &cat, "image_settings": [&setting, &setting]}),
        ),
        (
            "text alone",
            "text2video",
            json!({"model": "viduq2", "prompt": "a cat"}),
        ),
        (
            "an extension",
            "extend",
            json!({"model": "viduq2-pro", "video_url": "https://example.com/a.mp4"}),
        ),
        (
            "lip sync",
            "lip-sync",
            json!({"video_url": "https://example.com/a.mp4"}),
        ),
        ("a template", "template", json!({"template": "hug", "images": [&cat]})),
        ("a film", "one-click/mv", json!({"images": [&cat]})),
        (
            "a prompt for a picture",
            "img2video-prompt-recommendation",
            json!({"images": [&cat]}),
        ),
        ("an endpoint that nobody knows", "img3video", json!({})),
    ] {
        log.post(kinora, title, &format!("/ent/v2/{endpoint}"), &body).await;
    }
    log.post(
        kinora,
        "the first version",
        "/ent/v1/tasks",
        &json!({"type": "img2video"}),
    )
    .await;
    log.get(kinora, "a probe of the key", "/ent/v2/tasks/0/creations").await;
    log.get(kinora, "the account", "/ent/v2/credits?show_detail=true").await;
    log.get(kinora, "the list", "/ent/v2/tasks?pager.pagesz=1").await;
    log.get(kinora, "a page that is too long", "/ent/v2/tasks?pager.pagesz=101")
        .await;
    log.post(
        kinora,
        "an upload begins",
        "/tools/v2/files/uploads",
        &json!({"scene": "vidu"}),
    )
    .await;
    let etag = json!({"etag": "7"});
    let body = Some(Body::Json(&etag));
    log.add(
        kinora,
        "an upload that never began",
        Method::PUT,
        "/tools/v2/files/uploads/7/finish",
        &[],
        body,
    )
    .await;
}

async fn vidu_cancels(tongue: &Tongue, log: &mut Log) {
    let kinora = Kinora::start().await;
    let long = tongue.with(tongue.duration, json!(10));
    let running = tongue.id_of(&kinora.post(tongue.submit, &long).await.json());
    until(async || {
        let status = kinora.get(&tongue.status(&running)).await.json();
        (status["state"] == "processing").then_some(())
    })
    .await;
    let waiting = tongue.id_of(&kinora.post(tongue.submit, &tongue.body).await.json());
    for (title, id) in [
        ("cancelled while it waits", waiting.as_str()),
        ("cancelled twice", &waiting),
        ("cancelled while it runs", &running),
        ("cancelled, and never there", "12345"),
    ] {
        log.post(
            &kinora,
            title,
            &format!("/ent/v2/tasks/{id}/cancel"),
            &json!({"id": id}),
        )
        .await;
    }
}

async fn openai(kinora: &Kinora, tongue: &Tongue, log: &mut Log) {
    let cat = picture(tongue);
    let id = tongue.id_of(&kinora.post(tongue.submit, &tongue.body).await.json());
    let path = tongue.status(&id);
    log.get(kinora, "content that comes too early", &format!("{path}/content"))
        .await;
    log.get(
        kinora,
        "content that nobody has",
        &format!("{path}/content?variant=gif"),
    )
    .await;
    log.get(kinora, "content of an unknown video", "/v1/videos/video_12345/content")
        .await;
    log.get(kinora, "the list", "/v1/videos?limit=1").await;
    log.get(kinora, "a page that is too long", "/v1/videos?limit=101").await;
    log.get(kinora, "a page after nothing", "/v1/videos?after=seven").await;
    log.post(
        kinora,
        "a remix",
        &format!("{path}/remix"),
        &json!({"prompt": "now it snows."}),
    )
    .await;
    log.post(kinora, "a remix without a prompt", &format!("{path}/remix"), &json!({}))
        .await;
    log.post(
        kinora,
        "a remix of an unknown video",
        "/v1/videos/video_12345/remix",
        &json!({"prompt": "a"}),
    )
    .await;
    let again = |change: serde_json::Value| {
        let mut body = tongue.body.clone();
        body.as_object_mut()
            .unwrap()
            .extend(change.as_object().unwrap().clone());
        body
    };
    for (title, body) in [
        (
            "a size that is not the picture's",
            again(json!({"model": "sora-2", "size": "720x1280", "seconds": "4"})),
        ),
        ("a size that is none", again(json!({"size": "large"}))),
        (
            "a file of somebody else's store",
            again(json!({"input_reference": {"file_id": "file-7"}})),
        ),
        (
            "a reference that is two",
            again(json!({"input_reference": {"file_id": "file-7", "image_url": &cat}})),
        ),
        ("characters", again(json!({"characters": [{"id": "char_7"}]}))),
    ] {
        log.submit(kinora, tongue, title, &body).await;
    }
    let video = json!({"id": &id});
    for (title, what, body) in [
        ("an edit", "edits", json!({"prompt": "a", "video": &video})),
        (
            "an extension",
            "extensions",
            json!({"prompt": "a", "seconds": "4", "video": &video}),
        ),
        ("a character", "characters", json!({"name": "cat"})),
    ] {
        log.post(kinora, title, &format!("/v1/videos/{what}"), &body).await;
    }
    log.get(kinora, "a character that is asked for", "/v1/videos/characters/char_7")
        .await;
    for title in ["deleted", "deleted twice"] {
        log.add(kinora, title, Method::DELETE, &path, &[], None).await;
    }
}
