//! The client commands against a running server.

use std::process::Output;

use serde_json::Value;

use crate::{
    binary::{kinora, stderr, stdout},
    pictures::example,
    probe::probe,
    server::Kinora,
};

/// Runs a command off the async threads, with the first key of the server's data directory.
async fn client(server: &Kinora, arguments: &[&str]) -> Output {
    let mut command = kinora();
    command
        .args(arguments)
        .arg("--data-dir")
        .arg(server.data_dir.path())
        .env("KINORA_URL", &server.base);
    tokio::task::spawn_blocking(move || command.output().unwrap())
        .await
        .unwrap()
}

async fn json(server: &Kinora, arguments: &[&str]) -> Value {
    let shown = client(server, arguments).await;
    assert!(shown.status.success(), "{}", stderr(&shown));
    serde_json::from_str(&stdout(&shown)).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn submit_status_wait_and_fetch_bring_the_clip() {
    let server = Kinora::start().await;
    let folder = tempfile::tempdir().unwrap();
    let cat = example("chelsea.png");
    let wish = [
        "submit",
        cat.to_str().unwrap(),
        "-p",
        "dance",
        "--model",
        "viduq3-turbo",
        "--duration",
        "1",
        "--resolution",
        "360p",
    ];
    let submitted = client(&server, &wish).await;
    assert!(submitted.status.success(), "{}", stderr(&submitted));
    let id = stdout(&submitted).trim().to_owned();
    assert!(id.bytes().all(|byte| byte.is_ascii_digit()), "the id alone: {id}");

    let clip = folder.path().join("waited.mp4");
    let waited = client(&server, &["wait", &id, "-o", clip.to_str().unwrap()]).await;
    assert!(waited.status.success(), "{}", stderr(&waited));
    assert_eq!(stdout(&waited).trim(), clip.to_str().unwrap());
    assert_eq!(probe(&clip).frames, 24);

    let again = folder.path().join("fetched.mp4");
    let fetched = client(&server, &["fetch", &id, "-o", again.to_str().unwrap()]).await;
    assert!(fetched.status.success(), "{}", stderr(&fetched));
    assert_eq!(std::fs::read(&clip).unwrap(), std::fs::read(&again).unwrap());

    let shown = client(&server, &["status", &id]).await;
    assert!(
        stdout(&shown).contains("succeeded") && stdout(&shown).contains("24 of 24"),
        "{}",
        stdout(&shown)
    );
    assert_eq!(json(&server, &["status", &id, "--json"]).await["state"], "succeeded");
    let listed = client(&server, &["list", "--state", "succeeded"]).await;
    assert!(stdout(&listed).contains(&id));
    assert_eq!(json(&server, &["list", "--json"]).await["data"][0]["id"], id.as_str());
}

#[tokio::test(flavor = "multi_thread")]
async fn cancel_ends_a_waiting_task_and_waiting_for_it_fails() {
    let server = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    let cat = example("chelsea.png");
    let id = stdout(&client(&server, &["submit", cat.to_str().unwrap()]).await)
        .trim()
        .to_owned();
    let cancelled = client(&server, &["cancel", &id]).await;
    assert_eq!(
        (cancelled.status.code(), stdout(&cancelled).trim()),
        (Some(0), "cancelled")
    );
    let again = client(&server, &["cancel", &id]).await;
    assert_eq!(again.status.code(), Some(1), "{}", stderr(&again));
    let waited = client(&server, &["wait", &id]).await;
    assert_eq!(waited.status.code(), Some(1));
    assert!(stderr(&waited).contains("cancelled"), "{}", stderr(&waited));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_refuses_is_said_in_its_words() {
    let server = Kinora::start().await;
    let cat = example("chelsea.png");
    let refused = client(&server, &["submit", cat.to_str().unwrap(), "--duration", "11"]).await;
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("duration must be"), "{}", stderr(&refused));
    for (arguments, code) in [(["status", "12345"], 1), (["status", "cat"], 2), (["wait", "12345"], 1)] {
        assert_eq!(
            client(&server, &arguments).await.status.code(),
            Some(code),
            "{arguments:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn webhooks_are_listed_shown_and_sent_again_and_usage_adds_up() {
    let server = Kinora::start_with(|settings| {
        settings.fetch.allow_private_networks = true;
        settings.notify.retry_after = Vec::new();
        settings.worker.concurrency = 0;
    })
    .await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let mut body = crate::kinora::body();
    body["webhook_url"] = format!("http://{address}/hook").into();
    let mut tasks = Vec::new();
    for _ in 0..2 {
        let id = crate::kinora::submit(&server, &body).await;
        assert!(client(&server, &["cancel", &id]).await.status.success());
        tasks.push(id);
    }
    let dead = crate::server::until(async || {
        let page = json(&server, &["webhooks", "list", "--state", "dead", "--json"]).await;
        (page["data"].as_array().unwrap().len() == 2).then(|| page["data"].clone())
    })
    .await;
    let id = dead[1]["id"].as_str().unwrap();
    assert_eq!(dead[1]["task_id"], tasks[0].as_str());
    let listed = stdout(&client(&server, &["webhooks", "list", "--task", &tasks[0]]).await);
    assert!(
        listed.contains("dead") && listed.contains("not reached") && listed.lines().count() == 2,
        "{listed}"
    );
    let shown = stdout(&client(&server, &["webhooks", "show", id]).await);
    assert!(
        shown.contains(dead[1]["event_id"].as_str().unwrap()) && shown.contains("not reached"),
        "{shown}"
    );
    assert!(stdout(&client(&server, &["webhooks", "secret"]).await).starts_with("whsec_"));

    let router = axum::Router::new().route("/hook", axum::routing::post(async || "thanks"));
    let listener = tokio::net::TcpListener::bind(address).await.unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    let again = client(&server, &["webhooks", "resend", "--dead"]).await;
    assert_eq!(stdout(&again).lines().count(), 2, "{}", stderr(&again));
    crate::server::until(async || {
        let page = json(&server, &["webhooks", "list", "--state", "delivered", "--json"]).await;
        (page["data"].as_array().unwrap().len() == 2).then_some(())
    })
    .await;
    assert_eq!(stdout(&client(&server, &["webhooks", "resend", "--dead"]).await), "");
    for (arguments, code) in [
        (vec!["webhooks", "show", "x"], 2),
        (vec!["webhooks", "show", "12345"], 1),
        (vec!["webhooks", "resend"], 2),
        (vec!["webhooks", "list", "--state", "lost"], 2),
        (vec!["usage", "--since", "yesterday"], 2),
    ] {
        let failed = client(&server, &arguments).await;
        assert_eq!(failed.status.code(), Some(code), "{arguments:?}: {}", stderr(&failed));
    }

    let days = stdout(&client(&server, &["usage"]).await);
    assert!(days.contains("used") && days.contains("10000 tasks waiting"), "{days}");
    let usage = json(&server, &["usage", "--json"]).await;
    let ledger: i64 = usage["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["seconds"].as_i64().unwrap())
        .sum();
    assert_eq!((ledger, &usage["days"][0]["refunded_tasks"]), (0, &Value::from(2)));
    let page = stdout(&client(&server, &["usage", "--ledger", "--limit", "3"]).await);
    assert!(page.lines().count() == 5 && page.contains("--after"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_made_listed_and_revoked_while_the_server_runs() {
    let server = Kinora::start().await;
    let key = server.other_key("second");
    assert!(
        key.starts_with("kn_") && key.lines().count() == 1,
        "the key alone: {key}"
    );
    let twice = client(&server, &["keys", "create", "second"]).await;
    assert_eq!(twice.status.code(), Some(1));
    let keys = json(&server, &["keys", "list", "--json"]).await;
    let names: Vec<&str> = keys
        .as_array()
        .unwrap()
        .iter()
        .map(|key| key["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["first", "second"]);
    assert!(!keys.to_string().contains(&key));
    assert!(client(&server, &["keys", "revoke", "second"]).await.status.success());
    assert_eq!(
        client(&server, &["keys", "revoke", "second"]).await.status.code(),
        Some(1)
    );
}

#[test]
fn models_are_a_table_or_json() {
    let table = kinora().arg("models").output().unwrap();
    assert!(stdout(&table).contains("viduq2-pro-fast"));
    let json: Value = serde_json::from_str(&stdout(&kinora().args(["models", "--json"]).output().unwrap())).unwrap();
    assert!(json["model"].as_array().unwrap().len() >= 6);
}

#[test]
fn without_a_server_the_client_says_so() {
    let failed = kinora()
        .args(["list", "--url", "http://127.0.0.1:1"])
        .env("KINORA_API_KEY", "kn_0")
        .output()
        .unwrap();
    assert_eq!(failed.status.code(), Some(1));
    assert!(stderr(&failed).contains("could not be reached"), "{}", stderr(&failed));
}
