//! Who is let in, and how the others are told.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    pictures,
    server::{Kinora, answer},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_understood_in_every_spelling_on_every_dialect() {
    let kinora = Kinora::start().await;
    let key = &kinora.key;
    let paths = [
        "/v1/tasks/status?task_id=1",
        "/v3/async/task-result?task_id=1",
        "/kinora/v1/tasks/1",
    ];
    for path in paths {
        for value in [
            key.clone(),
            format!("Bearer {key}"),
            format!("bearer {key}"),
            format!("Token {key}"),
            format!("TOKEN {key}"),
        ] {
            let request = kinora
                .http
                .get(format!("{}{path}", kinora.base))
                .header("authorization", &value);
            let status = answer(request).await.status;
            assert!(
                status == 400 || status == 404,
                "{path} says {status}: the key was not understood"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_or_wrong_key_is_refused_in_the_dialects_words() {
    let kinora = Kinora::start().await;
    let submits = [
        "/v1/tasks/submit",
        "/v3/async/vidu-q2-pro-fast-img2video",
        "/kinora/v1/tasks",
    ];
    let reads = [
        "/v1/tasks/status?task_id=1",
        "/v3/async/task-result?task_id=1",
        "/kinora/v1/tasks/1",
    ];
    let requests = submits
        .map(|path| (Method::POST, path))
        .into_iter()
        .chain(reads.map(|path| (Method::GET, path)));
    for (method, path) in requests {
        for key in [
            None,
            Some("kn_00000000000000000000000000000000"),
            Some("Bearer nonsense"),
            Some("Basic Zm9vOmJhcg=="),
        ] {
            let mut request = kinora
                .http
                .request(method.clone(), format!("{}{path}", kinora.base))
                .json(&json!({}));
            if let Some(key) = key {
                request = request.header("authorization", key);
            }
            let refused = answer(request).await;
            let body = refused.json();
            if path.starts_with("/v1") {
                assert_eq!(
                    (refused.status.as_u16(), &body["error"]["code"]),
                    (401, &json!("auth_error")),
                    "{body}"
                );
            } else if path.starts_with("/v3") {
                let expected = (json!(403), json!("INVALID_API_KEY"));
                assert_eq!((&body["code"], &body["reason"]), (&expected.0, &expected.1), "{body}");
                assert_eq!(refused.status, 403);
            } else {
                assert_eq!(refused.status, 401);
                assert!(body["error"]["code"].as_str().unwrap().starts_with("key_"), "{body}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_needs_no_key_needs_none() {
    let kinora = Kinora::start().await;
    for path in [
        "/v1/models",
        "/healthz",
        "/readyz",
        "/metrics",
        "/openapi.json",
        "/docs",
        "/docs.js",
        "/docs.css",
    ] {
        let open = answer(kinora.http.get(format!("{}{path}", kinora.base))).await;
        assert_eq!(open.status, 200, "{path}");
        assert!(!open.header("x-request-id").is_empty(), "{path}");
    }
    let models = kinora.get("/v1/models").await.json();
    let ids: Vec<&Value> = models["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|model| &model["id"])
        .collect();
    assert!(ids.contains(&&json!("viduq2-pro-fast")), "{models}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_key_is_refused() {
    let kinora = Kinora::start().await;
    let other = kinora.other_key("short-lived");
    let list = || {
        kinora
            .http
            .get(format!("{}/kinora/v1/tasks", kinora.base))
            .header("authorization", &other)
    };
    assert_eq!(answer(list()).await.status, 200);
    let revoked = crate::binary::kinora()
        .args(["keys", "revoke", "short-lived", "--data-dir"])
        .arg(kinora.data_dir.path())
        .status()
        .unwrap();
    assert!(revoked.success());
    assert_eq!(answer(list()).await.status, 401);
}

/// A client that sends tens of megabytes must get to see that its key is wrong.
#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_key_is_answered_before_the_body_is_taken_in() {
    let kinora = Kinora::start().await;
    let body = json!({"images": [pictures::data_uri("image/png", &vec![7; 20 << 20])]});
    let request = kinora
        .http
        .post(format!("{}/kinora/v1/tasks", kinora.base))
        .header("authorization", "wrong")
        .json(&body);
    assert_eq!(answer(request).await.status, 401);
    let uploads = std::fs::read_dir(kinora.data_dir.path().join("uploads"))
        .unwrap()
        .count();
    assert_eq!(uploads, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_requests_of_one_key_are_told_to_come_back() {
    let kinora = Kinora::start_with(|settings| settings.server.requests_per_second = 1).await;
    for _ in 0..10 {
        assert_eq!(kinora.get("/kinora/v1/tasks").await.status, 200);
    }
    let paths = [
        "/v1/tasks/status?task_id=1",
        "/v3/async/task-result?task_id=1",
        "/kinora/v1/tasks",
    ];
    let codes = ["/error/code", "/reason", "/error/code"];
    let words = ["rate_limit", "RATE_LIMIT_EXCEEDED", "rate_limited"];
    for ((path, code), word) in paths.iter().zip(codes).zip(words) {
        let refused = kinora.get(path).await;
        assert_eq!(refused.status, 429);
        assert_eq!(refused.json().pointer(code), Some(&json!(word)));
        assert_eq!(refused.header("retry-after"), "1");
    }
}

/// A client that is cut off while it sends sees a broken connection, and no answer.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_without_a_look_at_its_body_is_answered_all_the_same() {
    let kinora = Kinora::start().await;
    let body = vec![b' '; 8 << 20];
    let paths = [
        ("/nothing", 404),
        ("/v1/videos/edits", 404),
        ("/v1/videos/video_1/remix", 401),
        ("/ent/v2/lip-sync", 404),
        ("/ent/v2/img2video", 401),
        ("/ent/v2/tasks/1/cancel", 401),
        ("/tools/v2/files/uploads", 401),
        ("/v3/async/nothing", 404),
        ("/v3/video/create", 403),
        ("/kinora/v1/batches", 401),
        ("/kinora/v1/tasks/1/retry", 401),
        ("/v1/models", 405),
    ];
    for _ in 0..3 {
        for (path, status) in paths {
            let request = kinora.http.post(format!("{}{path}", kinora.base));
            let refused = answer(request.header("authorization", "wrong").body(body.clone())).await;
            assert_eq!(refused.status, status, "{path}: {}", refused.text());
        }
    }
}
