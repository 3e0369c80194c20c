//! A task that may wait for a quiet hour, and does so in vain.

use std::time::Duration;

use serde_json::json;

use super::{Tongue, log::Log, own};
use crate::server::Kinora;

pub(super) async fn off_peak(tongue: &Tongue) -> String {
    let mut log = Log::default();
    let mut body = tongue.body.clone();
    Tongue::set(&mut body, &[(&tongue.beside_duration("off_peak"), json!(true))]);
    let kinora = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    let id = log.submit(&kinora, tongue, "accepted", &body).await;
    log.status(&kinora, tongue, "waiting", &id).await;
    assert_eq!(ledger(&kinora, own(&id)).await, [1]);

    let data_dir = kinora.stop().await;
    // As when two days have passed.
    let kinora = Kinora::start_in(data_dir, |settings| {
        settings.worker.concurrency = 0;
        settings.worker.off_peak_limit = Duration::from_millis(1);
    })
    .await;
    kinora.ended(own(&id)).await;
    log.status(&kinora, tongue, "failed: no quiet hour came", &id).await;
    assert_eq!(ledger(&kinora, own(&id)).await, [1, -1]);
    if tongue.name == "vidu" {
        let path = format!("/ent/v2/tasks/{id}/cancel");
        log.post(&kinora, "cancelled too late", &path, &json!({"id": id})).await;
        log.get(&kinora, "the list", "/ent/v2/tasks?states=failed").await;
    }
    log.0
}

/// The seconds that were charged for a task and given back, the oldest first.
async fn ledger(kinora: &Kinora, id: &str) -> Vec<i64> {
    let usage = kinora.get("/kinora/v1/usage").await.json();
    let entries = usage["entries"].as_array().unwrap().iter().rev();
    let of_task = entries.filter(|entry| entry["task_id"] == id);
    of_task.map(|entry| entry["seconds"].as_i64().unwrap()).collect()
}
