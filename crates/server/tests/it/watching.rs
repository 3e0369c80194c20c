//! Waiting for a task without asking again and again.

use std::time::{Duration, Instant};

use futures_util::StreamExt;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    kinora::{SUBMIT, body, submit},
    server::{Kinora, answer, until},
};

/// Events until the stream ends: id, name and data.
async fn events(kinora: &Kinora, id: &str, last: Option<&str>) -> Vec<(String, String, Value)> {
    let mut request = kinora.request(Method::GET, &format!("{SUBMIT}/{id}/events"));
    if let Some(last) = last {
        request = request.header("last-event-id", last);
    }
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let mut text = String::new();
    let mut pieces = response.bytes_stream();
    while let Some(piece) = pieces.next().await {
        text.push_str(std::str::from_utf8(&piece.unwrap()).unwrap());
    }
    let field = |event: &str, name: &str| {
        let found = event.lines().find_map(|line| line.strip_prefix(name));
        found.unwrap_or_default().trim_start().to_owned()
    };
    let events = text.split("\n\n").filter(|event| event.contains("data:"));
    events
        .map(|event| {
            let data = serde_json::from_str(&field(event, "data:")).unwrap();
            (field(event, "id:"), field(event, "event:"), data)
        })
        .collect()
}

/// Id and name of each event that tells of another state, not of progress.
fn states(events: &[(String, String, Value)]) -> Vec<(String, String)> {
    let changes = events.iter().filter(|(id, ..)| id.ends_with(".0"));
    changes.map(|(id, name, _)| (id.clone(), name.clone())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_is_heard_of_by_whoever_was_cut_off() {
    let kinora = Kinora::start_with(|settings| settings.worker.drain = Duration::ZERO).await;
    let mut wish = body();
    wish["duration"] = json!(10);
    wish["resolution"] = json!("1080p");
    let id = submit(&kinora, &wish).await;
    until(async || (kinora.task(&id).await["state"] == "running").then_some(())).await;
    let data_dir = kinora.stop().await;

    let kinora = Kinora::start_in(data_dir, |_| {}).await;
    until(async || (kinora.task(&id).await["state"] == "running").then_some(())).await;
    answer(kinora.request(Method::POST, &format!("{SUBMIT}/{id}/cancel"))).await;
    let all = states(&events(&kinora, &id, None).await);
    let names: Vec<&str> = all.iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!(names, ["queued", "running", "queued", "running", "cancelled"]);
    for (index, (place, _)) in all.iter().enumerate() {
        assert_eq!(
            states(&events(&kinora, &id, Some(place)).await),
            all[index + 1..],
            "{place}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn events_tell_of_progress_to_the_end_and_go_on_where_they_were_left() {
    let kinora = Kinora::start().await;
    let mut wish = body();
    wish["duration"] = json!(3);
    let id = submit(&kinora, &wish).await;
    let seen = events(&kinora, &id, None).await;
    let (last, name, view) = seen.last().unwrap();
    assert_eq!((name.as_str(), &view["state"]), ("succeeded", &json!("succeeded")));
    assert_eq!(view["id"], id.as_str());
    let running = seen.iter().filter(|(_, name, _)| name == "running");
    let done: Vec<u64> = running
        .map(|(_, _, view)| view["progress"]["done"].as_u64().unwrap())
        .collect();
    assert!(done.is_sorted(), "{done:?}");
    // Whoever comes back hears of every state that came later, as those did who stayed.
    for (index, (id_of_event, ..)) in seen.iter().enumerate() {
        assert_eq!(
            states(&events(&kinora, &id, Some(id_of_event)).await),
            states(&seen[index + 1..])
        );
    }
    assert_eq!(
        states(&seen),
        ["queued", "running", "succeeded"]
            .iter()
            .enumerate()
            .map(|(number, name)| (format!("{id}.{number}.0"), (*name).to_owned()))
            .collect::<Vec<_>>()
    );
    let other = submit(&kinora, &body()).await;
    for strange in ["nonsense", "1.1.24", &format!("{id}.9.0"), &format!("{other}.1.0"), ""] {
        assert_eq!(
            states(&events(&kinora, &id, Some(strange)).await),
            states(&seen),
            "{strange}"
        );
    }
    assert_eq!(events(&kinora, &id, Some(last)).await, []);
    let unknown = kinora.get(&format!("{SUBMIT}/9000000000000000000/events")).await;
    assert_eq!(unknown.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_status_query_may_wait_for_the_end() {
    let kinora = Kinora::start().await;
    let id = submit(&kinora, &body()).await;
    let path = format!("{SUBMIT}/{id}");
    let waiting = |wait: &str| answer(kinora.request(Method::GET, &path).header("prefer", wait));
    let ended = loop {
        let ended = waiting("wait=60").await;
        if ended.json()["state"] != "running" && ended.json()["state"] != "queued" {
            break ended;
        }
    };
    assert_eq!(ended.json()["state"], "succeeded");
    assert_eq!(ended.header("preference-applied"), "wait=60");
    assert_eq!(waiting("wait=soon").await.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wait_ends_when_its_time_is_over() {
    let kinora = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    let id = submit(&kinora, &body()).await;
    let begun = Instant::now();
    let request = kinora.request(Method::GET, &format!("{SUBMIT}/{id}"));
    let view = answer(request.header("prefer", "wait=1")).await;
    assert_eq!(view.json()["state"], "queued");
    assert!(begun.elapsed().as_secs_f64() >= 1.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_is_accepted_task_by_task() {
    let kinora = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    let mut bad = body();
    bad["duration"] = json!(99);
    let batch = json!({"tasks": [body(), bad, body(), "no task"]});
    let request = kinora
        .request(Method::POST, "/kinora/v1/batches")
        .header("idempotency-key", "a");
    let request = request.json(&batch);
    let answered = answer(request.try_clone().unwrap()).await;
    assert_eq!(answered.status, 200, "{}", answered.text());
    let data = answered.json()["data"].clone();
    for (index, accepted) in [(0, true), (1, false), (2, true), (3, false)] {
        let item = &data[index];
        assert_eq!(item["index"], json!(index));
        assert_eq!(
            (item["task"].is_object(), item["error"].is_object()),
            (accepted, !accepted),
            "{item}"
        );
    }
    assert_eq!(data[1]["error"]["fields"][0]["field"], "duration");
    let again = answer(request).await.json();
    assert_eq!(again["data"][0]["task"]["id"], data[0]["task"]["id"]);
    let listed = kinora.get(SUBMIT).await.json();
    assert_eq!(listed["data"].as_array().unwrap().len(), 2);
    for wrong in [
        json!([]),
        json!({"tasks": []}),
        json!({"tasks": 5}),
        json!({"tasks": vec![1; 101]}),
    ] {
        assert_eq!(kinora.post("/kinora/v1/batches", &wrong).await.status, 400);
    }
}
