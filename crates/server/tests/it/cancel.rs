//! Cancelling.

use serde_json::json;

use crate::{
    kinora::{body, submit},
    pictures,
    server::{Kinora, until},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_waiting_task_is_cancelled_at_once_and_only_once() {
    let kinora = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    let id = submit(&kinora, &body()).await;
    let cancelled = kinora.post(&format!("/kinora/v1/tasks/{id}/cancel"), &json!({})).await;
    assert_eq!(
        (cancelled.status.as_u16(), &cancelled.json()["state"]),
        (200, &json!("cancelled"))
    );
    let again = kinora.post(&format!("/kinora/v1/tasks/{id}/cancel"), &json!({})).await;
    assert_eq!(
        (again.status.as_u16(), &again.json()["error"]["code"]),
        (409, &json!("cancel_too_late"))
    );
    // The other dialects have no word for it but the one for failure.
    let modelverse = kinora.get(&format!("/v1/tasks/status?task_id={id}")).await.json();
    assert_eq!(modelverse["output"]["task_status"], "Failure");
    let jiekou = kinora.get(&format!("/v3/async/task-result?task_id={id}")).await.json();
    assert_eq!(jiekou["task"]["status"], "TASK_STATUS_FAILED");
    assert!(!jiekou["task"]["reason"].as_str().unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_task_stops_long_before_its_end() {
    let kinora = Kinora::start().await;
    let long = json!({"model": "viduq3-pro", "images": [pictures::cat()], "duration": 16, "resolution": "1080p"});
    let id = submit(&kinora, &long).await;
    until(async || (kinora.task(&id).await["progress"]["done"].as_u64()? > 0).then_some(())).await;
    let asked = kinora.post(&format!("/kinora/v1/tasks/{id}/cancel"), &json!({})).await;
    assert_eq!(asked.status, 200, "{}", asked.text());
    assert_eq!(kinora.ended(&id).await["state"], "cancelled");
}
