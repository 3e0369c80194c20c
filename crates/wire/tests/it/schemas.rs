//! The types' descriptions for the OpenAPI document.

use std::collections::BTreeSet;

use serde_json::Value;
use utoipa::OpenApi;
use wire::{jiekou, kinora, modelverse};

#[derive(OpenApi)]
#[openapi(components(schemas(
    modelverse::submit::Request,
    modelverse::submit::Answer,
    modelverse::status::Answer,
    modelverse::error::Body,
    modelverse::models::Models,
    jiekou::submit::Request,
    jiekou::submit::Answer,
    jiekou::status::Answer,
    jiekou::callback::Event,
    jiekou::error::Body,
    kinora::submit::Request,
    kinora::status::View,
    kinora::list::List,
    kinora::error::Body,
)))]
struct Document;

fn references<'v>(value: &'v Value, found: &mut BTreeSet<&'v str>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| references(value, found)),
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str));
            fields.values().for_each(|value| references(value, found));
        }
        _ => {}
    }
}

#[test]
fn every_schema_that_is_referred_to_is_there_under_its_dialects_name() {
    let document = serde_json::to_value(Document::openapi()).unwrap();
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(found.len() > 15, "{found:?}");
    for reference in found {
        let name = reference.strip_prefix("#/components/schemas/").unwrap();
        assert!(document["components"]["schemas"].get(name).is_some(), "{name}");
    }
    for name in document["components"]["schemas"].as_object().unwrap().keys() {
        assert!(
            ["modelverse.", "jiekou.", "kinora."]
                .iter()
                .any(|dialect| name.starts_with(dialect)),
            "{name}"
        );
    }
}

#[test]
fn the_examples_of_the_answers_are_answers() {
    let document = serde_json::to_value(Document::openapi()).unwrap();
    let example = |name: &str| document["components"]["schemas"][name]["example"].clone();
    let status: modelverse::status::Answer = serde_json::from_value(example("modelverse.StatusAnswer")).unwrap();
    assert_eq!(
        serde_json::to_value(status).unwrap(),
        example("modelverse.StatusAnswer")
    );
    let result: jiekou::status::Answer = serde_json::from_value(example("jiekou.TaskResult")).unwrap();
    assert_eq!(serde_json::to_value(result).unwrap(), example("jiekou.TaskResult"));
    for (name, body) in [
        ("modelverse", example("modelverse.SubmitRequest")),
        ("jiekou", example("jiekou.SubmitRequest")),
        ("kinora", example("kinora.SubmitRequest")),
    ] {
        let resolved = match name {
            "modelverse" => crate::fixture::modelverse(&body),
            "jiekou" => crate::fixture::jiekou("vidu-q2-pro-fast-img2video", &body),
            _ => crate::fixture::kinora(&body),
        };
        assert_eq!(resolved.unwrap().warnings, [], "{name}");
    }
}
