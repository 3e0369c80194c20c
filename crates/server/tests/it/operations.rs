//! Health, metrics, and the words of every dialect for routes that are not there.

use reqwest::Method;
use serde_json::json;

use crate::{
    kinora::{body, submit},
    server::{Kinora, answer},
};

#[tokio::test(flavor = "multi_thread")]
async fn metrics_tell_tasks_times_and_requests() {
    let kinora = Kinora::start().await;
    let id = submit(&kinora, &body()).await;
    kinora.ended(&id).await;
    let metrics = kinora.get("/metrics").await;
    assert!(
        metrics
            .header("content-type")
            .starts_with("application/openmetrics-text")
    );
    let text = metrics.text();
    assert!(text.contains("state=\"succeeded\"} 1"), "{text}");
    assert!(text.contains("route=\"/kinora/v1/tasks/{id}\""), "{text}");
    assert!(
        text.contains("commit") && text.contains("render") && text.ends_with("# EOF\n"),
        "{text}"
    );
    assert!(!text.contains(&id) && !text.contains(&kinora.key));
}

#[tokio::test(flavor = "multi_thread")]
async fn metrics_ask_for_a_key_when_they_are_told_to() {
    let kinora = Kinora::start_with(|settings| settings.server.metrics_key = true).await;
    assert_eq!(
        answer(kinora.http.get(format!("{}/metrics", kinora.base))).await.status,
        401
    );
    assert_eq!(kinora.get("/metrics").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_routes_and_methods_are_refused_in_the_dialects_words() {
    let kinora = Kinora::start().await;
    let table = [
        (Method::GET, "/v1/tasks/nothing", 400, "/error/code", "param_error"),
        (Method::DELETE, "/v1/tasks/submit", 405, "/error/code", "param_error"),
        (Method::GET, "/v3/nothing", 404, "/reason", "API_NOT_FOUND"),
        (Method::GET, "/v3/async/vidu-q2-pro-img2video", 405, "/code", ""),
        (Method::GET, "/kinora/v1/nothing", 404, "/error/code", "route_unknown"),
        (
            Method::PUT,
            "/kinora/v1/tasks",
            405,
            "/error/code",
            "method_not_allowed",
        ),
        (Method::GET, "/nothing", 404, "/error/code", "route_unknown"),
        (Method::GET, "/kinora/v1/tasks/%ff", 404, "/error/code", "route_unknown"),
    ];
    for (method, path, status, pointer, word) in table {
        let refused = answer(kinora.request(method, path)).await;
        let body = refused.json();
        assert_eq!(refused.status.as_u16(), status, "{path}: {body}");
        let said = body.pointer(pointer).unwrap_or_else(|| panic!("{path}: {body}"));
        assert!(word.is_empty() || said == word, "{path}: {body}");
        assert!(!refused.header("x-request-id").is_empty());
        assert_eq!(refused.header("allow").is_empty(), status != 405, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_submits_in_the_dialects_words_and_readiness() {
    let kinora = Kinora::start_with(|settings| settings.limits.min_free_disk = u64::MAX).await;
    let refused = kinora
        .post("/v1/tasks/submit", &crate::modelverse::body(&crate::pictures::cat()))
        .await;
    assert_eq!(
        (refused.status.as_u16(), &refused.json()["error"]["code"]),
        (503, &json!("internal_error"))
    );
    assert_eq!(refused.header("retry-after"), "1");
    let refused = kinora
        .post(crate::jiekou::SUBMIT, &crate::jiekou::body(&crate::pictures::cat()))
        .await;
    assert_eq!(refused.status, 503);
    assert!(refused.json()["reason"].is_string());
    assert_eq!(kinora.get("/readyz").await.status, 503);
    assert_eq!(kinora.get("/healthz").await.status, 200);
}
