//! Jiekou's bodies, whole.

use domain::{
    callback::CallbackBody,
    catalog::Catalog,
    draft::{Fault, Faults, Field},
    failure::Code,
};
use insta::assert_json_snapshot;
use serde_json::Value;
use wire::{
    jiekou::{callback::Callback, error, route, status, submit},
    unserved,
    vidu::endpoint::Endpoint,
};

use crate::fixture::{CODES, REQUEST_ID, every_state, failure, queued, succeeded};

#[test]
fn every_state_has_its_body() {
    for (name, view) in every_state() {
        assert_json_snapshot!(format!("jiekou-status-{name}"), status::answer(&view, 3600));
    }
}

#[test]
fn the_submit_answer_is_the_id_alone() {
    assert_json_snapshot!("jiekou-submit", submit::answer(&queued().task));
}

#[test]
fn every_code_has_its_status_and_body() {
    let answers: Vec<_> = CODES
        .map(|code| (code, error::failure(&failure(code), REQUEST_ID)))
        .to_vec();
    assert_json_snapshot!("jiekou-errors", answers);
    for (_, (status, body)) in answers {
        assert_eq!(status, body.code);
    }
}

#[test]
fn the_callback_is_the_result_in_an_event() {
    let body = Callback { link_seconds: 3600 }.body(&succeeded());
    assert_json_snapshot!("jiekou-callback", serde_json::from_str::<Value>(&body).unwrap());
}

#[test]
fn faults_that_differ_are_an_invalid_body() {
    let format = Fault::new(Field::Image(1), Code::ImageFormat, "must be valid base64");
    let (status, body) = error::faults(&Faults(vec![format.clone()]), REQUEST_ID);
    assert_eq!((status, body.reason.as_str()), (400, "INVALID_IMAGE_FORMAT"));
    assert_eq!(body.message, "images[1] must be valid base64");
    let both = Faults(vec![format, Fault::missing(Field::Prompt)]);
    let (_, body) = error::faults(&both, REQUEST_ID);
    assert_eq!(body.reason, "INVALID_REQUEST_BODY");
    assert_eq!(body.message, "images[1] must be valid base64; prompt is required");
}

#[test]
fn every_path_leads_to_a_model_that_offers_what_it_promises() {
    let catalog = Catalog::builtin().unwrap();
    for route in route::ROUTES {
        let model = catalog.model(route.model).unwrap();
        assert!(!model.limits(route.endpoint.operation()).is_empty(), "{}", route.slug);
        assert_eq!(route::find(route.slug), Ok(route));
    }
}

#[test]
fn an_unknown_path_is_an_unknown_api() {
    for slug in [
        "vidu-q2-template2video",
        "",
        "VIDU-Q2-PRO-IMG2VIDEO",
        "vidu-q2-pro-img2video/",
    ] {
        let (status, body) = error::failure(&route::find(slug).unwrap_err(), REQUEST_ID);
        assert_eq!((status, body.reason.as_str()), (404, "API_NOT_FOUND"), "{slug}");
    }
}

#[test]
fn a_name_is_a_models_before_it_is_a_paths() {
    let slug = |name: &str, endpoint: Endpoint| route::named(name, endpoint).map(|route| route.slug);
    assert_eq!(
        slug("viduq2-pro-fast", Endpoint::Img2Video),
        Some("vidu-q2-pro-fast-img2video")
    );
    assert_eq!(
        slug("viduq2-pro-fast", Endpoint::Reference2Video),
        Some("viduq2-pro-fast")
    );
    assert_eq!(
        slug("viduq2-turbo", Endpoint::Img2Video),
        Some("vidu-q2-turbo-img2video"),
        "not the oldest path"
    );
    assert_eq!(slug("viduq2-pro-fast", Endpoint::MultiFrame), Some("viduq2-pro-fast"));
    for route in route::ROUTES.iter().filter(|route| route.slug != "viduq2-pro-fast") {
        assert_eq!(slug(route.slug, Endpoint::Img2Video), Some(route.slug));
    }
    assert_eq!(slug("viduq9", Endpoint::Img2Video), None);
}

#[test]
fn what_is_known_and_not_served_is_called_by_its_name() {
    let why = unserved::reason("/v1/videos/characters/char_7").unwrap();
    assert!(why.contains("does not offer characters"), "{why}");
    assert_eq!(unserved::reason("/v1/videos/charactersx"), None);
    assert_eq!(unserved::reason("/v1/videos"), None);
}

#[test]
fn every_path_of_the_family_is_known() {
    let families: [(&[&str], &[&str]); 6] = [
        (
            &["vidu-q2-pro-fast", "vidu-q2-pro", "vidu-q2-turbo"],
            &["img2video", "startend2video"],
        ),
        (&["vidu-q2-pro", "vidu-q2-turbo"], &["multiframe"]),
        (&["vidu-q2"], &["reference2video", "text2video"]),
        (&["vidu-q3-pro", "vidu-q3-turbo"], &["i2v", "f2v", "t2v"]),
        (&["vidu-2.0"], &["img2video", "startend2video", "reference2video"]),
        (
            &["vidu-q1"],
            &["img2video", "startend2video", "reference2video", "text2video"],
        ),
    ];
    let mut known = vec!["viduq2-pro-fast".to_owned(), "img2video".to_owned()];
    for (models, kinds) in families {
        known.extend(
            models
                .iter()
                .flat_map(|model| kinds.iter().map(move |kind| format!("{model}-{kind}"))),
        );
    }
    for slug in &known {
        assert!(route::find(slug).is_ok(), "{slug}");
    }
    assert_eq!(known.len(), route::ROUTES.len());
    let template = route::find("vidu-q2-template2video").unwrap_err();
    assert!(
        template.public.contains("does not offer templates"),
        "{}",
        template.public
    );
}
