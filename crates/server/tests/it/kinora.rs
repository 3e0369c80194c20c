//! Kinora's own routes, and reading one dialect's task through another.

use serde_json::{Value, json};

use crate::{
    jiekou, modelverse, pictures,
    server::{Kinora, until},
};

/// A small, quick task in our own words.
pub(crate) fn body() -> Value {
    json!({"model": "viduq3-turbo", "images": [pictures::cat()], "prompt": "slow push in", "duration": 1, "resolution": "360p", "seed": 3})
}

pub(crate) const SUBMIT: &str = "/kinora/v1/tasks";

/// Submits and returns the id.
pub(crate) async fn submit(kinora: &Kinora, body: &Value) -> String {
    let submitted = kinora.post(SUBMIT, body).await;
    assert_eq!(submitted.status, 200, "{}", submitted.text());
    submitted.json()["id"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_made_in_one_dialect_can_be_read_in_every_other() {
    let kinora = Kinora::start().await;
    let made = kinora
        .post("/v1/tasks/submit", &modelverse::body(&pictures::cat()))
        .await
        .json();
    let first = made["output"]["task_id"].as_str().unwrap();
    let made = kinora
        .post(jiekou::SUBMIT, &jiekou::body(&pictures::cat()))
        .await
        .json();
    let second = made["task_id"].as_str().unwrap();
    for id in [first, second] {
        assert_eq!(kinora.ended(id).await["state"], "succeeded");
        let modelverse = kinora.get(&format!("/v1/tasks/status?task_id={id}")).await.json();
        assert_eq!(modelverse["output"]["task_status"], "Success");
        let jiekou = kinora.get(&format!("/v3/async/task-result?task_id={id}")).await.json();
        assert_eq!(jiekou["task"]["status"], "TASK_STATUS_SUCCEED");
        assert_eq!(jiekou["videos"][0]["video_url_ttl"], "3600");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_keys_task_is_answered_like_an_unknown_one() {
    let kinora = Kinora::start().await;
    let id = submit(&kinora, &body()).await;
    let other = kinora.other_key("other");
    let unknown = "9000000000000000000";
    for path in [
        "/v1/tasks/status?task_id=",
        "/v3/async/task-result?task_id=",
        "/kinora/v1/tasks/",
    ] {
        let mut answers = Vec::new();
        for id in [id.as_str(), unknown] {
            let request = kinora
                .http
                .get(format!("{}{path}{id}", kinora.base))
                .header("authorization", &other);
            let answer = crate::server::answer(request).await;
            assert!(answer.status.is_client_error());
            let request_id = answer.header("x-request-id").to_owned();
            answers.push((answer.status, answer.text().replace(&request_id, "")));
        }
        assert_eq!(answers[0], answers[1], "{path}");
    }
    let cancel = kinora
        .http
        .post(format!("{}/kinora/v1/tasks/{id}/cancel", kinora.base))
        .header("authorization", &other);
    assert_eq!(crate::server::answer(cancel).await.status, 404);
    let list = kinora
        .http
        .get(format!("{}/kinora/v1/tasks", kinora.base))
        .header("authorization", &other);
    assert_eq!(crate::server::answer(list).await.json()["data"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_tells_frames_place_timings_warnings_and_recipe() {
    let kinora = Kinora::start().await;
    let mut wish = body();
    wish["colour_of_the_sky"] = json!("green");
    let ids = [
        submit(&kinora, &wish).await,
        submit(&kinora, &body()).await,
        submit(&kinora, &body()).await,
    ];
    let last = kinora.task(&ids[2]).await;
    assert!(
        last["queue_position"].as_u64().is_some_and(|place| place <= 3),
        "{last}"
    );
    until(async || {
        let view = kinora.task(&ids[0]).await;
        let progress = &view["progress"];
        let (done, total) = (progress["done"].as_u64().unwrap(), progress["total"].as_u64().unwrap());
        assert!(done <= total || total == 0);
        (view["state"] == "succeeded").then_some(())
    })
    .await;
    let view = kinora.task(&ids[0]).await;
    assert_eq!(view["progress"], json!({"done": 24, "total": 24, "percent": 100}));
    assert_eq!((&view["seed"], &view["attempts"]), (&json!(3), &json!(1)));
    assert!(view["warnings"].to_string().contains("colour_of_the_sky"), "{view}");
    assert!(
        view["recipe"]["summary"]
            .as_str()
            .is_some_and(|summary| !summary.is_empty()),
        "{view}"
    );
    assert!(view["timings"]["render_ms"].as_u64().is_some());
    assert_eq!(
        (&view["video"]["frames"], &view["video"]["duration"]),
        (&json!(24), &json!(1))
    );
    for link in [&view["cover"]["url"], &view["last_frame"]["url"]] {
        let picture = crate::server::answer(kinora.http.get(link.as_str().unwrap())).await;
        assert_eq!(picture.status, 200);
        assert!(image::load_from_memory(&picture.bytes).is_ok(), "{link}");
    }
    assert!(!view.to_string().contains("base64"), "a picture's bytes are not echoed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_paged_newest_first() {
    let kinora = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(submit(&kinora, &body()).await);
    }
    ids.sort_by_key(|id| std::cmp::Reverse(id.parse::<u64>().unwrap()));
    let page = kinora.get("/kinora/v1/tasks?limit=2&state=queued").await.json();
    let shown: Vec<&str> = page["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|view| view["id"].as_str().unwrap())
        .collect();
    assert_eq!(shown, ids[..2]);
    let next = page["next"].as_str().unwrap();
    let page = kinora
        .get(&format!("/kinora/v1/tasks?limit=2&after={next}"))
        .await
        .json();
    assert_eq!(page["data"][0]["id"], ids[2].as_str());
    assert_eq!(
        (page["data"].as_array().unwrap().len(), &page["next"]),
        (1, &Value::Null)
    );
    for query in [
        "limit=0",
        "limit=many",
        "state=dancing",
        "state=queued,dancing",
        "after=x",
        "order=sideways",
        "dialect=latin",
        "created_from=yesterday",
        "created_until=2026-02-30",
    ] {
        let refused = kinora.get(&format!("/kinora/v1/tasks?{query}")).await;
        assert_eq!(
            (refused.status.as_u16(), &refused.json()["error"]["code"]),
            (400, &json!("field_invalid")),
            "{query}"
        );
    }
}

fn ids(page: &Value) -> Vec<String> {
    let views = page["data"].as_array().unwrap();
    views
        .iter()
        .map(|view| view["id"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_shows_what_meets_every_condition() {
    let kinora = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    let mut marked = body();
    marked["payload"] = json!("order 66 & more");
    let first = submit(&kinora, &marked).await;
    let made = kinora.post(jiekou::SUBMIT, &jiekou::body(&pictures::cat())).await;
    let second = made.json()["task_id"].as_str().unwrap().to_owned();
    let third = submit(&kinora, &body()).await;
    kinora.post(&format!("{SUBMIT}/{third}/cancel"), &json!({})).await;
    let table: [(&str, &[&String]); 8] = [
        ("payload=order+66+%26+more", &[&first]),
        ("dialect=jiekou", &[&second]),
        ("state=queued,cancelled&order=asc", &[&first, &second, &third]),
        ("state=cancelled", &[&third]),
        ("model=viduq3-turbo&state=queued", &[&first]),
        ("created_until=2020-01-01", &[]),
        (
            "created_from=2020-01-01T00:00:00%2B08:00&created_until=2100-01-01",
            &[&third, &second, &first],
        ),
        ("created_from=2020-01-01T00:00:00+08:00&limit=1", &[&third]),
    ];
    for (query, expected) in table {
        let page = kinora.get(&format!("{SUBMIT}?{query}")).await.json();
        assert_eq!(ids(&page).iter().collect::<Vec<_>>(), expected, "{query}");
    }
    assert_eq!(kinora.task(&first).await["request"]["payload"], "order 66 & more");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retry_is_a_new_task_from_the_same_pictures() {
    let kinora = Kinora::start().await;
    let old = submit(&kinora, &body()).await;
    let before = kinora.ended(&old).await;
    let retried = kinora
        .request(reqwest::Method::POST, &format!("{SUBMIT}/{old}/retry"))
        .header("idempotency-key", "again");
    let again = crate::server::answer(retried.try_clone().unwrap()).await;
    assert_eq!(again.status, 200, "{}", again.text());
    let new = again.json()["id"].as_str().unwrap().to_owned();
    assert_ne!(new, old);
    let replay = crate::server::answer(retried).await;
    assert_eq!(replay.json()["id"], new.as_str());
    let view = kinora.ended(&new).await;
    assert_eq!((&view["state"], &view["made_from"]), (&json!("succeeded"), &json!(old)));
    let bytes = async |view: &Value| {
        let link = view["video"]["url"].as_str().unwrap();
        crate::server::answer(kinora.http.get(link)).await.bytes
    };
    assert!(
        bytes(&view).await == bytes(&before).await,
        "same request, same seed, same bytes"
    );

    let changed = json!({"prompt": "slow pull out", "seed": 9});
    let changed = kinora.post(&format!("{SUBMIT}/{new}/retry"), &changed).await.json();
    assert_eq!(
        (&changed["request"]["prompt"], &changed["seed"]),
        (&json!("slow pull out"), &json!(9))
    );
    for (id, wrong, status) in [
        (new.as_str(), json!({"seed": "many"}), 400),
        (new.as_str(), json!({"prompt": "很".repeat(6000)}), 400),
        (new.as_str(), json!([]), 400),
        ("9000000000000000000", json!({}), 404),
        ("x", json!({}), 404),
    ] {
        let refused = kinora.post(&format!("{SUBMIT}/{id}/retry"), &wrong).await;
        assert_eq!(refused.status, status, "{wrong}: {}", refused.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_task_is_unknown_and_leaves_nothing() {
    let kinora = Kinora::start().await;
    let id = submit(&kinora, &body()).await;
    let link = kinora.ended(&id).await["video"]["url"].as_str().unwrap().to_owned();
    let path = format!("{SUBMIT}/{id}");
    let other = kinora.other_key("other");
    let theirs = kinora
        .http
        .delete(format!("{}{path}", kinora.base))
        .header("authorization", &other);
    assert_eq!(crate::server::answer(theirs).await.status, 404);
    let deleted = crate::server::answer(kinora.request(reqwest::Method::DELETE, &path)).await;
    assert_eq!(deleted.json(), json!({"id": id, "deleted": true}));
    let again = crate::server::answer(kinora.request(reqwest::Method::DELETE, &path)).await;
    assert_eq!(again.status, 404);
    assert_eq!(kinora.get(&path).await.status, 404);
    assert_eq!(crate::server::answer(kinora.http.get(link)).await.status, 410);
    assert_eq!(ids(&kinora.get(SUBMIT).await.json()), [""; 0]);
    for folder in ["inputs", "artifacts"] {
        let left = kinora.data_dir.path().join("objects").join(folder).join(&id);
        assert!(!left.exists(), "{folder}");
    }
}
