//! What is left after a restart: everything that was answered.

use reqwest::Method;
use serde_json::json;

use super::{own, tongues};
use crate::{
    pictures,
    server::{Kinora, answer},
};

#[tokio::test(flavor = "multi_thread")]
async fn every_dialect_goes_on_after_a_restart_where_it_was() {
    let cat = pictures::data_uri("image/png", &pictures::painted(320, 240));
    let kinora = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    let submit = async |kinora: &Kinora, number: usize| {
        let tongue = &tongues(&cat)[number];
        let request = kinora
            .request(Method::POST, tongue.submit)
            .header("idempotency-key", tongue.name);
        answer(request.json(&tongue.body)).await
    };
    let mut first = Vec::new();
    for number in 0..4 {
        first.push(submit(&kinora, number).await);
    }
    let data_dir = kinora.stop().await;
    let kinora = Kinora::start_in(data_dir, |_| {}).await;
    for (number, tongue) in tongues(&cat).iter().enumerate() {
        let again = submit(&kinora, number).await;
        assert_eq!(again.header("idempotency-replayed"), "true", "{}", tongue.name);
        assert_eq!(again.text(), first[number].text(), "{}", tongue.name);
        let id = tongue.id_of(&again.json());
        assert_eq!(kinora.get(&tongue.status(&id)).await.status, 200);
        assert_eq!(kinora.ended(own(&id)).await["state"], "succeeded", "{}", tongue.name);
    }
    let listed = kinora.get("/ent/v2/tasks").await.json();
    let by_payload = listed["tasks"].as_array().unwrap().iter();
    let mine: Vec<_> = by_payload
        .filter(|row| row["payload"] == tongues(&cat)[2].body["payload"])
        .collect();
    assert_eq!(mine.len(), 1);
    assert_eq!(
        (&mine[0]["id"], &mine[0]["state"]),
        (&first[2].json()["task_id"], &json!("success"))
    );

    // Results and ids outlive the next restart as well.
    let data_dir = kinora.stop().await;
    let kinora = Kinora::start_in(data_dir, |_| {}).await;
    for (tongue, answered) in tongues(&cat).iter().zip(&first) {
        let id = tongue.id_of(&answered.json());
        let status = kinora.get(&tongue.status(&id)).await.json();
        if tongue.link.is_empty() {
            let content = kinora.get(&format!("{}/content", tongue.status(&id))).await;
            assert_eq!(content.status, 200, "{status}");
            continue;
        }
        let link = status.pointer(tongue.link).unwrap().as_str().unwrap();
        assert_eq!(answer(kinora.http.get(link)).await.status, 200, "{}", tongue.name);
    }
}
