//! The API's description.

use serde_json::Value;

use crate::server::Kinora;

const METHODS: [&str; 6] = ["get", "post", "put", "delete", "head", "patch"];

fn operations(document: &Value) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if METHODS.contains(&method.as_str()) {
                found.push((format!("{method} {path}"), operation.clone()));
            }
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn the_served_description_is_the_one_that_was_reviewed() {
    let kinora = Kinora::start().await;
    let served = kinora.get("/openapi.json").await.json();
    assert_eq!(served, server::http::document());
    insta::assert_json_snapshot!("openapi", served);
}

#[test]
fn every_operation_says_what_it_does_and_what_each_answer_means() {
    let document = server::http::document();
    let operations = operations(&document);
    assert!(operations.len() >= 12);
    let ids: std::collections::BTreeSet<&str> = operations
        .iter()
        .map(|(_, operation)| operation["operationId"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), operations.len(), "every operation has an id of its own");
    for (name, operation) in operations {
        assert!(
            operation["summary"].as_str().is_some_and(|text| !text.is_empty()),
            "{name} has no summary"
        );
        assert_eq!(
            operation["tags"].as_array().map(Vec::len),
            Some(1),
            "{name} belongs to one tag"
        );
        let responses = operation["responses"].as_object().unwrap();
        assert!(responses.contains_key("200"), "{name} cannot succeed");
        for (status, response) in responses {
            assert!(
                response["description"].as_str().is_some_and(|text| !text.is_empty()),
                "{name} {status}"
            );
            for (kind, media) in response["content"].as_object().into_iter().flatten() {
                let is_text = kind.contains("json") || kind.contains("text");
                assert!(
                    !is_text || !media["example"].is_null(),
                    "{name} {status} has no example"
                );
            }
        }
    }
}

#[test]
fn every_json_answer_has_an_example() {
    let document = serde_json::to_value(server::http::document()).unwrap();
    let mut seen = 0;
    for (name, operation) in operations(&document) {
        for (status, response) in operation["responses"].as_object().unwrap() {
            if let Some(content) = response.pointer("/content/application~1json") {
                assert!(content["example"].is_object(), "{name} {status}");
                seen += 1;
            }
        }
    }
    assert!(seen > 80, "{seen}");
}

/// No refusal is shown in the words of another one.
#[test]
fn the_example_of_a_refusal_fits_its_status() {
    let document = server::http::document();
    let mut of_example = std::collections::HashMap::new();
    for (name, operation) in operations(&document) {
        for (status, response) in operation["responses"].as_object().unwrap() {
            let example = response.pointer("/content/application~1json/example");
            if let Some(example) = example.filter(|_| status.as_str() >= "400") {
                let tag = operation["tags"][0].as_str().unwrap().to_owned();
                let before = of_example.insert((tag, example.to_string()), status.clone());
                assert!(
                    before.is_none_or(|before| before == *status),
                    "{name} {status}: {example}"
                );
            }
        }
    }
    assert!(of_example.len() > 25, "{}", of_example.len());
}

#[test]
fn every_parameter_of_a_path_stands_in_it() {
    let document = server::http::document();
    for (name, operation) in operations(&document) {
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let word = format!("{{{}}}", parameter["name"].as_str().unwrap());
            assert_eq!(parameter["in"] == "path", name.contains(&word), "{name} {word}");
        }
    }
}

#[test]
fn every_reference_points_somewhere() {
    let document = server::http::document();
    let mut waiting = vec![&document];
    let mut references = 0;
    while let Some(value) = waiting.pop() {
        match value {
            Value::Array(values) => waiting.extend(values),
            Value::Object(fields) => {
                if let Some(Value::String(reference)) = fields.get("$ref") {
                    let pointer = reference.strip_prefix('#').unwrap();
                    assert!(document.pointer(pointer).is_some(), "{reference}");
                    references += 1;
                }
                waiting.extend(fields.values());
            }
            _ => {}
        }
    }
    assert!(references > 10);
}

/// The page that shows the description loads nothing from anywhere else.
#[tokio::test(flavor = "multi_thread")]
async fn the_docs_page_is_self_contained() {
    let kinora = Kinora::start().await;
    for path in ["/docs", "/docs.js", "/docs.css"] {
        let page = kinora.get(path).await;
        assert!(
            !page.text().contains("http://") && !page.text().contains("https://"),
            "{path}"
        );
        assert!(
            page.header("content-security-policy").contains("default-src 'none'"),
            "{path}"
        );
    }
}

/// What the description shows as a body can be sent as it stands.
#[tokio::test(flavor = "multi_thread")]
async fn every_example_of_a_submit_is_accepted() {
    let kinora = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    let document = server::http::document();
    let mut accepted = 0;
    for (name, operation) in operations(&document) {
        let Some(path) = name.strip_prefix("post ").filter(|path| !path.contains("{id}")) else {
            continue;
        };
        let Some(media) = operation.pointer("/requestBody/content/application~1json") else {
            continue;
        };
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let path = parameters
            .filter(|parameter| parameter["in"] == "path")
            .fold(path.to_owned(), |path, parameter| {
                let word = format!("{{{}}}", parameter["name"].as_str().unwrap());
                path.replace(&word, parameter["example"].as_str().unwrap())
            });
        let answer = kinora.post(&path, &media["example"]).await;
        assert_eq!(answer.status, 200, "{name}: {}", answer.text());
        accepted += 1;
    }
    assert!(accepted >= 7, "{accepted}");
}
