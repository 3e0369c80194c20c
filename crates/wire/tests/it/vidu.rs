//! Vidu's bodies, whole.

use domain::{
    callback::{CallbackBody, Posting},
    draft::{Fault, Faults, Field},
    failure::Code,
    state::StateName,
    time::Timestamp,
};
use insta::assert_json_snapshot;
use serde_json::{Value, json};
use wire::{
    inline::References,
    vidu::{callback::Callback, credits, endpoint, error, list, status, submit},
};

use crate::fixture::{CODES, REQUEST_ID, every_state, failure, queued, resolve, succeeded};

#[test]
fn every_state_has_its_body() {
    for (name, view) in every_state() {
        assert_json_snapshot!(format!("vidu-status-{name}"), status::answer(&view));
    }
}

#[test]
fn the_submit_answer_and_the_list_are_what_clients_read() {
    assert_json_snapshot!("vidu-submit", submit::answer(&queued().task));
    assert_json_snapshot!("vidu-list", list::answer(&[succeeded(), queued()], true));
}

#[test]
fn every_code_has_its_status_and_body() {
    let answers: Vec<_> = CODES
        .map(|code| (code, error::failure(&failure(code), REQUEST_ID)))
        .to_vec();
    assert_json_snapshot!("vidu-errors", answers);
    for (_, (status, body)) in answers {
        assert_eq!(status, body.code);
    }
}

#[test]
fn lacking_fields_are_listed_and_others_explained() {
    let lacking = Faults(vec![Fault::missing(Field::Model), Fault::missing(Field::Images)]);
    let (_, body) = error::faults(&lacking, REQUEST_ID);
    assert_eq!(
        (body.reason.as_str(), body.message.as_str()),
        ("FieldLacking", "field is missing or empty: model,images")
    );
    let both = Faults(vec![
        Fault::missing(Field::Model),
        Fault::invalid(Field::Seed, "must be a whole number"),
    ]);
    let (_, body) = error::faults(&both, REQUEST_ID);
    assert_eq!(
        body.message,
        "invalid field: model is required; seed must be a whole number"
    );
    assert_eq!(
        (body.reason.as_str(), body.metadata.fields.as_str()),
        ("FieldInvalid", "model,seed")
    );
}

/// The example of the manual's page, whose query is signed as it stands.
#[test]
fn the_signed_text_has_the_manuals_lines() {
    let url = "https://client.example/v1/hook?name=james&age=36".parse().unwrap();
    let posting = Posting {
        url: &url,
        date: "Tue, 19 Jan 2021 11:33:20 GMT",
        nonce: "abc",
    };
    let signing = Callback.signing(&posting).unwrap();
    assert_eq!(
        signing.text,
        "POST\n/v1/hook\nname=james&age=36\nvidu\nTue, 19 Jan 2021 11:33:20 GMT\nDate:Tue, 19 Jan 2021 11:33:20 GMT\n\
         x-request-nonce:abc\n"
    );
    let bare = "https://client.example".parse().unwrap();
    let signing = Callback.signing(&Posting { url: &bare, ..posting }).unwrap();
    assert!(signing.text.starts_with("POST\n/\n\nvidu\n"));
}

#[test]
fn the_recommended_prompt_is_the_pictures_own() {
    let body = json!({"model": "viduq2-pro", "images": ["https://a.example/b.png"], "prompt": "dance", "is_rec": "true",
        "wm_position": "top-left"});
    let draft = submit::draft(
        body.to_string().as_bytes(),
        endpoint::Endpoint::Img2Video,
        &References::none(),
    );
    let resolved = resolve(draft.unwrap()).unwrap();
    assert_eq!(resolved.request.prompt, "");
    assert_eq!(resolved.request.extras.corner, domain::request::Corner::TopLeft);
    assert_eq!(resolved.warnings[0].field, "prompt");
    assert_eq!(credits::price(&resolved.request), 40);
}

#[test]
fn a_query_is_read_in_all_its_spellings() {
    let now = Timestamp::from_milliseconds(1_795_160_405_120);
    let read = |pairs: &[(&str, &str)]| list::Query::read(pairs.iter().copied(), now);
    let week = read(&[]).unwrap();
    assert_eq!(
        (week.from.milliseconds(), week.size, week.skip),
        (1_795_160_405_120 - 7 * 86_400_000, 10, 0)
    );
    let query = read(&[
        ("states[]", "failed"),
        ("paper.page", "2"),
        ("pager.pagesz", "5"),
        ("model_versions", "q2,2.0"),
    ]);
    let query = query.unwrap();
    assert_eq!(query.states, [StateName::Failed, StateName::Cancelled]);
    assert_eq!(
        (query.skip, query.models),
        (10, vec!["viduq2".to_owned(), "vidu2.0".to_owned()])
    );
    let wrong = read(&[("pager.pagesz", "0")]).unwrap_err();
    assert_eq!(
        (wrong.code, wrong.parameter.as_deref()),
        (Code::FieldInvalid, Some("pager.pagesz"))
    );
    let (_, body) = error::failure(&wrong, REQUEST_ID);
    assert_eq!(body.metadata.fields, "pager.pagesz");
    assert_eq!(read(&[("states", "done")]).unwrap_err().code, Code::FieldInvalid);
}

#[test]
fn callbacks_are_the_creations() {
    let body = Callback.body(&succeeded());
    let body: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(body, serde_json::to_value(status::answer(&succeeded())).unwrap());
}
