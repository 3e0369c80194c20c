//! What the API's description shows for each refusal: the words in which its dialect really says it.

use domain::{
    draft::{Fault, Faults, Field},
    failure::{Code, Failure},
    request::Dialect,
};
use serde_json::{Map, Value};

use super::{envelope, refused::Refused};

const REQUEST_ID: &str = "3f2c1c52-5a2e-4b7e-9b0f-2f6a7f3c9d10";

/// What any operation may refuse.
const OTHERS: [(Code, &str); 7] = [
    (Code::KeyMissing, "an API key is required in the Authorization header"),
    (Code::RouteUnknown, "there is no such route"),
    (
        Code::AddressInvalid,
        "the upload's address was not given out here, or has expired",
    ),
    (
        Code::IdempotencyMismatch,
        "this idempotency key was used before, with another content",
    ),
    (Code::BodyTooLarge, "the request body must have at most 67108864 bytes"),
    (Code::RateLimited, "too many requests, please try again in a moment"),
    (Code::ShuttingDown, "the server is shutting down"),
];

/// Gives every refusal that has no example one.
pub(super) fn fill_in(document: &mut Value) {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    for (path, operations) in paths.into_iter().flatten() {
        for operation in operations.as_object_mut().into_iter().flat_map(Map::values_mut) {
            let usual = usual(path, operation);
            let responses = operation.get_mut("responses").and_then(Value::as_object_mut);
            for (status, response) in responses.into_iter().flatten() {
                let media = response.pointer_mut("/content/application~1json");
                let Some(media) = media.and_then(Value::as_object_mut) else {
                    continue;
                };
                if let Some(example) = said(&usual, path, status) {
                    media.entry("example").or_insert(example);
                }
            }
        }
    }
}

/// The first of `usual` that is said with this status.
fn said(usual: &[Refused], path: &str, status: &str) -> Option<Value> {
    let dialect = envelope::dialect_of(path);
    let mut words = usual
        .iter()
        .map(|refused| envelope::words(refused, dialect, REQUEST_ID));
    let (_, body) = words.find(|(its_status, _)| its_status.to_string() == status)?;
    serde_json::from_str(&body).ok()
}

/// What an operation refuses, the likeliest first.
fn usual(path: &str, operation: &Value) -> Vec<Refused> {
    let is_about_a_task = path.contains("{id}") || path.contains("/task");
    let field = Fault::invalid(Field::Duration, "must be a whole number of seconds: 1 to 10");
    let unknown = match envelope::dialect_of(path) {
        Dialect::OpenAi => wire::openai::status::unknown("video_7530125487000584192"),
        _ => Failure::new(Code::TaskUnknown, "there is no such task"),
    };
    let malformed = Failure::new(Code::TaskIdMalformed, "task_id must be an id that was given out here");
    let mut refusals: Vec<Refused> = Vec::new();
    if operation.get("requestBody").is_some() {
        refusals.push(Faults(vec![field]).into());
    }
    if path.ends_with("/cancel") {
        refusals.push(Refused::new(Code::CancelTooLate, "the task has ended"));
    }
    if is_about_a_task {
        refusals.extend([unknown, malformed].map(Refused::from));
    }
    if let Some(name) = parameter_of_the_query(operation) {
        refusals.push(Failure::of_parameter(name, "is not valid").into());
    }
    refusals.extend(OTHERS.map(|(code, public)| Refused::new(code, public)));
    refusals
}

fn parameter_of_the_query(operation: &Value) -> Option<&str> {
    let parameters = operation.get("parameters")?.as_array()?;
    let of_the_query = parameters
        .iter()
        .find(|parameter| parameter.get("in").and_then(Value::as_str) == Some("query"));
    of_the_query?.get("name")?.as_str()
}
