//! OpenAI's bodies, whole.

use std::time::Duration;

use domain::{callback::CallbackBody, draft::Field, failure::Code, request::Shape};
use insta::assert_json_snapshot;
use serde_json::{Value, json};
use wire::{
    inline::References,
    openai::{callback::Callback, error, list, remix, status, submit},
};

use crate::fixture::{CODES, REQUEST_ID, every_state, failure, queued, resolve, succeeded};

const KEPT: Duration = Duration::from_secs(7 * 86_400);

#[test]
fn every_state_has_its_body() {
    for (name, view) in every_state() {
        assert_json_snapshot!(format!("openai-status-{name}"), status::answer(&view, KEPT));
    }
}

#[test]
fn lists_events_and_deletions_are_what_clients_read() {
    assert_json_snapshot!("openai-list", list::answer(&[succeeded(), queued()], true, KEPT));
    let event: Value = serde_json::from_str(&Callback.body(&succeeded())).unwrap();
    assert_json_snapshot!("openai-event", event);
    assert_json_snapshot!("openai-deleted", status::deleted(queued().task.id));
}

#[test]
fn every_code_has_its_status_and_body() {
    let answers: Vec<_> = CODES
        .map(|code| (code, error::failure(&failure(code), REQUEST_ID)))
        .to_vec();
    assert_json_snapshot!("openai-errors", answers);
}

#[test]
fn every_spelling_of_the_reference_is_one_picture() {
    let url = "https://a.example/b.png";
    for (name, value) in [
        ("input_reference", json!({"image_url": url})),
        ("input_reference", json!(url)),
        ("input_reference[image_url]", json!(url)),
        ("reference_url", json!(url)),
        ("image", json!(url)),
        ("images", json!([url])),
        ("input_reference", json!({"file_id": "ssupload:?id=7"})),
        ("input_reference[file_id]", json!("7")),
    ] {
        let mut body = json!({"prompt": "a"});
        body[name] = value;
        let draft = submit::draft(body.to_string().as_bytes(), &References::none()).unwrap();
        let resolved = resolve(draft).unwrap();
        assert_eq!(
            (resolved.request.images.len(), resolved.request.duration),
            (1, 4),
            "{body}"
        );
        assert_eq!(resolved.request.model, "sora-2");
    }
}

#[test]
fn a_reference_is_one_picture_and_unknown_fields_within_it_are_warnings() {
    let read = |body: Value| resolve(submit::draft(body.to_string().as_bytes(), &References::none()).unwrap());
    let url = "https://a.example/b.png";
    for both in [
        json!({"prompt": "a", "input_reference": {"image_url": url, "file_id": "7"}}),
        json!({"prompt": "a", "input_reference[image_url]": url, "input_reference[file_id]": "7"}),
    ] {
        let faults = crate::fixture::refused(read(both));
        assert_eq!(faults, [(Field::Image(0), Code::FieldInvalid)]);
    }
    let more = read(json!({"prompt": "a", "input_reference": {"image_url": url, "detail": "high"}}));
    assert_eq!(more.unwrap().warnings[0].field, "input_reference.detail");
}

#[test]
fn seconds_and_size_are_read_as_clients_write_them() {
    let request = |change: Value| {
        let base = json!({"prompt": "a", "input_reference": "https://a.example/b.png"});
        let body = crate::fixture::changed(&base, &change);
        resolve(submit::draft(body.to_string().as_bytes(), &References::none()).unwrap())
            .map(|resolved| resolved.request)
    };
    for (change, seconds) in [
        (json!({"seconds": "8"}), 8),
        (json!({"seconds": 12}), 12),
        (json!({"duration": "16"}), 16),
        (json!({"num_frames": 97, "fps": 24}), 4),
        (json!({"num_frames": 128, "fps": 16}), 8),
    ] {
        assert_eq!(request(change.clone()).unwrap().duration, seconds, "{change}");
    }
    let exact = request(json!({"size": "1024x1792"})).unwrap();
    assert!(matches!(exact.extras.shape, Shape::Exactly(size) if (size.width, size.height) == (1024, 1792)));
    assert_eq!(exact.resolution.name(), "1080p");
    let free = request(json!({"size": "832X480", "model": "viduq2-pro"})).unwrap();
    assert!(matches!(free.extras.shape, Shape::Pixels(size) if (size.width, size.height) == (832, 480)));
    assert_eq!(free.resolution.name(), "540p");
    for wrong in ["832x480", "", "x", "0x0", "1280x721", "4096x4096", "720x1280x2"] {
        let asked = request(json!({"size": wrong}));
        assert_eq!(asked.is_ok(), wrong.is_empty(), "{wrong}");
        let asked = request(json!({"size": wrong, "model": "viduq2-pro"}));
        assert_eq!(asked.is_ok(), wrong.is_empty() || wrong == "832x480", "{wrong}");
    }
    for wrong in [
        json!({"seconds": "5"}),
        json!({"seconds": 4.5}),
        json!({"seconds": "four"}),
        json!({"prompt": " "}),
    ] {
        assert!(request(wrong.clone()).is_err(), "{wrong}");
    }
}

#[test]
fn a_remix_needs_a_prompt() {
    assert_eq!(
        remix::changes(br#"{"prompt": "snow", "model": "x"}"#)
            .unwrap()
            .prompt
            .as_deref(),
        Some("snow")
    );
    for body in ["", "{}", r#"{"prompt": " "}"#, r#"{"prompt": 7}"#, "[]"] {
        assert!(remix::changes(body.as_bytes()).is_err(), "{body}");
    }
}
