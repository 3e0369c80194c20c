//! Our own dialect's bodies, whole.

use domain::{
    callback::CallbackBody,
    draft::{Fault, Faults, Field},
};
use insta::assert_json_snapshot;
use serde_json::{Value, json};
use wire::kinora::{callback::Callback, error, list, status, submit};

use crate::fixture::{CODES, REQUEST_ID, failure, kinora, own_states, queued, refused, running, succeeded};

#[test]
fn every_state_has_its_body() {
    for (name, view) in own_states() {
        assert_json_snapshot!(format!("kinora-status-{name}"), status::answer(&view));
    }
}

#[test]
fn a_view_reads_back_as_it_was_written() {
    for (name, view) in own_states() {
        let written = serde_json::to_string(&status::answer(&view)).unwrap();
        let read: status::View = serde_json::from_str(&written).unwrap();
        assert_eq!(read, status::answer(&view), "{name}");
    }
}

#[test]
fn secrets_of_urls_are_not_echoed() {
    for (name, view) in own_states() {
        let shown = serde_json::to_string(&status::answer(&view)).unwrap();
        for secret in ["secret", "word", "user:", "only the log"] {
            assert!(!shown.contains(secret), "{name} shows {secret}");
        }
    }
}

#[test]
fn a_querys_parameter_is_named_like_a_field() {
    let wrong = domain::failure::Failure::of_parameter("limit", "must be a whole number from 1 to 100");
    let (status, body) = error::failure(&wrong, REQUEST_ID);
    assert_eq!(
        (status, body.error.message.as_str()),
        (400, "limit must be a whole number from 1 to 100")
    );
    assert_eq!(body.error.fields.len(), 1);
    assert_eq!(
        (
            body.error.fields[0].field.as_str(),
            body.error.fields[0].problem.as_str()
        ),
        ("limit", "must be a whole number from 1 to 100")
    );
}

#[test]
fn the_submit_answer_is_the_task_and_the_callback_too() {
    assert_eq!(submit::answer(&queued().task).id, queued().task.id.to_string());
    let callback: Value = serde_json::from_str(&Callback.body(&succeeded())).unwrap();
    assert_eq!(callback, serde_json::to_value(status::answer(&succeeded())).unwrap());
}

#[test]
fn a_page_names_the_next() {
    let views = [running(), queued()];
    let page = list::answer(&views, Some(views[1].task.id));
    assert_eq!(page.data.len(), 2);
    assert_eq!(page.next.as_deref(), Some("7530125487000584192"));
    let last = serde_json::to_value(list::answer(&[], None)).unwrap();
    assert_eq!(last, json!({"data": [], "next": null}));
}

#[test]
fn every_code_has_its_status_and_body() {
    let answers: Vec<_> = CODES
        .map(|code| (code, error::failure(&failure(code), REQUEST_ID)))
        .to_vec();
    assert_json_snapshot!("kinora-errors", answers);
    for (code, (_, body)) in answers {
        assert_eq!(serde_json::to_value(code).unwrap(), json!(body.error.code));
    }
}

#[test]
fn every_faulty_field_is_named() {
    let faults = Faults(vec![
        Fault::missing(Field::Images),
        Fault::invalid(Field::Seed, "must be a whole number"),
    ]);
    assert_json_snapshot!("kinora-faults", error::faults(&faults, REQUEST_ID));
}

#[test]
fn a_request_needs_nothing_but_a_picture() {
    let resolved = kinora(&json!({"images": ["https://a.example/cat.png"]})).unwrap();
    assert_eq!(resolved.request.model, "viduq2-pro");
    assert_eq!(
        (resolved.request.duration, resolved.request.resolution.name()),
        (5, "720p")
    );
    assert_eq!(refused(kinora(&json!({})))[0].0, Field::Images);
}

#[test]
fn what_the_client_type_writes_the_reader_reads() {
    let request = submit::Request {
        model: Some("viduq2-turbo".to_owned()),
        operation: Some("start_end_to_video".to_owned()),
        images: vec![
            "https://a.example/1.png".to_owned(),
            "https://a.example/2.png".to_owned(),
        ],
        prompt: Some("up".to_owned()),
        duration: Some(8),
        resolution: Some("540p".to_owned()),
        movement_amplitude: Some("high".to_owned()),
        seed: Some(9),
        bgm: Some(true),
        audio: Some(true),
        voice_id: Some("Bloke".to_owned()),
        watermark: Some(true),
        off_peak: Some(true),
        webhook_url: Some("https://a.example/hook".to_owned()),
        payload: Some("order 66".to_owned()),
    };
    let resolved = kinora(&serde_json::to_value(&request).unwrap()).unwrap();
    assert_eq!(resolved.warnings, []);
    assert_json_snapshot!("kinora-resolved", resolved.request);
}

#[test]
fn another_operation_and_a_nameless_model_are_faults() {
    let body = json!({"images": ["https://a.example/1.png"], "operation": "text_to_video", "model": 5});
    let faults = refused(kinora(&body));
    assert!(faults.iter().any(|(field, _)| *field == Field::Operation));
    assert!(faults.iter().any(|(field, _)| *field == Field::Model));
    assert_eq!(faults.len(), 2);
}
