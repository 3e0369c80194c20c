//! Modelverse's bodies, whole.

use std::collections::BTreeMap;

use domain::{
    draft::{Fault, Faults, Field},
    failure::Code,
};
use insta::assert_json_snapshot;
use wire::modelverse::{error, models, status, submit};

use crate::fixture::{CODES, REQUEST_ID, every_state, failure, queued};

#[test]
fn every_state_has_its_body() {
    for (name, view) in every_state() {
        assert_json_snapshot!(format!("modelverse-status-{name}"), status::answer(&view));
    }
}

#[test]
fn the_submit_answer_holds_the_id_and_the_request_id() {
    assert_json_snapshot!("modelverse-submit", submit::answer(&queued().task));
}

#[test]
fn every_code_has_its_status_and_body() {
    let answers: Vec<_> = CODES
        .map(|code| (code, error::failure(&failure(code), REQUEST_ID)))
        .to_vec();
    assert_json_snapshot!("modelverse-errors", answers);
}

#[test]
fn faults_are_joined_under_the_names_that_the_client_knows() {
    let faults = Faults(vec![
        Fault::missing(Field::FirstImage),
        Fault::invalid(Field::Duration, "must be a whole number of seconds: 1 to 10"),
    ]);
    let (status, body) = error::faults(&faults, REQUEST_ID);
    assert_eq!(status, 400);
    assert_eq!(
        body.error.message,
        "Invalid param: input.first_frame_url is required; parameters.duration must be a whole number of seconds: 1 to 10"
    );
    let unknown = Faults(vec![Fault::new(
        Field::Model,
        Code::ModelUnknown,
        "is not a model of this service",
    )]);
    assert_eq!(error::faults(&unknown, REQUEST_ID).1.error.code, "model_error");
}

#[test]
fn the_models_are_the_catalogs() {
    let catalog = domain::catalog::Catalog::builtin().unwrap();
    let models = models::answer(&catalog);
    let names: BTreeMap<_, _> = models
        .data
        .iter()
        .map(|model| (model.id.as_str(), model.object.as_str()))
        .collect();
    assert_eq!(names.len(), catalog.models.len());
    assert_eq!(names.get("viduq2-pro"), Some(&"model"));
    assert_eq!(models.object, "list");
}
