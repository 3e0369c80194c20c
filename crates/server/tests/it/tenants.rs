//! Several keys on one server.

use serde_json::json;

use crate::{
    binary::kinora,
    kinora::{SUBMIT, body, submit},
    server::{Kinora, answer},
};

pub(crate) fn limit(kinora_server: &Kinora, arguments: &[&str]) {
    let done = kinora()
        .args(["keys", "limit"])
        .args(arguments)
        .arg("--data-dir")
        .arg(kinora_server.data_dir.path())
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rate_is_told_in_headers_and_a_request_too_many_in_the_dialects_words() {
    let server = Kinora::start_with(|settings| settings.server.requests_per_second = 1).await;
    let first = server.get(SUBMIT).await;
    assert_eq!(
        (first.header("ratelimit-limit"), first.header("ratelimit-remaining")),
        ("10", "9")
    );
    assert_eq!(first.header("ratelimit-reset"), "1");
    let mut refused = None;
    for _ in 0..12 {
        let answer = server.get("/v1/tasks/status?task_id=1").await;
        if answer.status == 429 {
            refused = Some(answer);
        }
    }
    let refused = refused.expect("twelve at once are too many");
    assert_eq!(refused.json()["error"]["code"], "rate_limit");
    assert_eq!(refused.header("ratelimit-remaining"), "0");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
    // A key of its own rate, from the command line, without a restart.
    let quick = server.other_key("quick");
    limit(&server, &["quick", "--rate", "500"]);
    let theirs = server
        .http
        .get(format!("{}{SUBMIT}", server.base))
        .header("authorization", quick);
    assert_eq!(answer(theirs).await.header("ratelimit-limit"), "5000");
}

#[tokio::test(flavor = "multi_thread")]
async fn usage_is_charged_refunded_and_limited_by_the_day() {
    let server = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    limit(&server, &["first", "--daily-seconds", "2", "--concurrency", "1"]);
    let first = submit(&server, &body()).await;
    submit(&server, &body()).await;
    for (path, wish, status, word) in [
        (SUBMIT, body(), 429, "quota_exceeded"),
        (
            "/v1/tasks/submit",
            crate::modelverse::body(&crate::pictures::cat()),
            403,
            "forbidden",
        ),
        (
            crate::jiekou::SUBMIT,
            crate::jiekou::body(&crate::pictures::cat()),
            403,
            "NOT_ENOUGH_BALANCE",
        ),
    ] {
        let refused = server.post(path, &wish).await;
        assert_eq!(refused.status, status, "{path}: {}", refused.text());
        assert!(refused.text().contains(word), "{path}: {}", refused.text());
    }
    server.post(&format!("{SUBMIT}/{first}/cancel"), &json!({})).await;
    submit(&server, &body()).await;
    let usage = server.get("/kinora/v1/usage?limit=2").await.json();
    assert_eq!(
        usage["limits"],
        json!({"queued": 10_000, "running": 1, "daily_seconds": 2})
    );
    let day = &usage["days"][0];
    assert_eq!((&day["tasks"], &day["seconds"]), (&json!(3), &json!(3)));
    assert_eq!(
        (&day["refunded_tasks"], &day["refunded_seconds"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(
        (&usage["entries"][0]["seconds"], &usage["entries"][1]["seconds"]),
        (&json!(1), &json!(-1))
    );
    let next = usage["next"].as_str().unwrap();
    let older = server.get(&format!("/kinora/v1/usage?after={next}")).await.json();
    assert_eq!(older["entries"].as_array().unwrap().len(), 2);
    assert_eq!(older["next"], json!(null));
    let other = server.other_key("other");
    let theirs = server
        .http
        .get(format!("{}/kinora/v1/usage", server.base))
        .header("authorization", other);
    assert_eq!(answer(theirs).await.json()["days"], json!([]));
    for query in ["from=never", "to=x", "after=x", "limit=0"] {
        assert_eq!(
            server.get(&format!("/kinora/v1/usage?{query}")).await.status,
            400,
            "{query}"
        );
    }
}
