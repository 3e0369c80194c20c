//! Whole HTTP exchanges as text, for snapshots: what changes from run to run is replaced by its kind.

use reqwest::Method;
use serde_json::Value;

use crate::server::{Answer, Kinora, answer};

/// What a request carries.
#[derive(Clone, Copy)]
pub(crate) enum Body<'b> {
    Json(&'b Value),
    /// As it is, with its content type.
    Text(&'b str, &'b str),
}

/// The headers of an answer that clients look at.
const HEADERS: [&str; 11] = [
    "content-type",
    "x-request-id",
    "x-md-trace-id",
    "allow",
    "idempotency-replayed",
    "openai-poll-after-ms",
    "ratelimit-limit",
    "ratelimit-remaining",
    "ratelimit-reset",
    "retry-after",
    "x-should-retry",
];

/// Sends a request and writes down both sides.
pub(crate) async fn exchange(kinora: &Kinora, method: Method, path: &str, body: Option<&Value>) -> (Answer, String) {
    exchange_with(kinora, method, path, &[], body.map(Body::Json)).await
}

/// The same, with headers of its own, and any body.
pub(crate) async fn exchange_with(
    kinora: &Kinora,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: Option<Body<'_>>,
) -> (Answer, String) {
    let mut request = kinora.request(method.clone(), path);
    let key = if kinora.key.is_empty() { "" } else { "<key>" };
    let mut text = format!("{method} {path}\nauthorization: {key}\n");
    for (name, value) in headers {
        request = request.header(*name, *value);
        text.push_str(&format!("{name}: {value}\n"));
    }
    match body {
        Some(Body::Json(body)) => {
            request = request.json(body);
            text.push_str(&format!("content-type: application/json\n\n{}\n", pretty(body)));
        }
        Some(Body::Text(kind, body)) => {
            request = request.header("content-type", kind).body(body.to_owned());
            let shown: String = body.chars().take(200).collect();
            text.push_str(&format!("content-type: {kind}\n\n{shown}\n"));
        }
        None => {}
    }
    let answer = answer(request).await;
    text.push_str(&answered(&answer));
    (answer, without_ids(&text))
}

/// Follows a link without a key, as a client that downloads does, to an answer that is no video.
pub(crate) async fn download(kinora: &Kinora, link: &str) -> (Answer, String) {
    let answer = answer(kinora.http.get(link)).await;
    let text = format!("GET {}\n{}", redacted_text(link), answered(&answer));
    (answer, without_ids(&text))
}

fn answered(answer: &Answer) -> String {
    let mut text = format!("\n{}\n", answer.status);
    for name in HEADERS {
        if !answer.header(name).is_empty() {
            let value = match answer.header(name) {
                long if name == "retry-after" && long != "1" => "<seconds>".to_owned(),
                value => redacted_text(value),
            };
            text.push_str(&format!("{name}: {value}\n"));
        }
    }
    text.push_str(&format!("\n{}\n", pretty(&answer.json())));
    text
}

fn pretty(value: &Value) -> String {
    let mut value = value.clone();
    redact(&mut value);
    serde_json::to_string_pretty(&value).unwrap()
}

fn redact(value: &mut Value) {
    match value {
        Value::String(text) => *text = redacted_text(text),
        Value::Array(values) => values.iter_mut().for_each(redact),
        Value::Object(fields) => {
            fields.values_mut().for_each(redact);
            for name in ["progress", "progress_percent"] {
                // What is neither nothing nor all differs from run to run.
                if let Some(progress) = fields
                    .get_mut(name)
                    .filter(|progress| (1..100).contains(&progress.as_u64().unwrap_or(0)))
                {
                    *progress = Value::from("<percent>");
                }
            }
        }
        // Unix seconds.
        Value::Number(number) if number.as_u64().is_some_and(|number| number > 1_500_000_000) => {
            *value = Value::from("<unix seconds>");
        }
        _ => {}
    }
}

fn redacted_text(text: &str) -> String {
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if text.starts_with("data:") {
        format!("{}…", text.split(',').next().unwrap())
    } else if text.starts_with("http://127.0.0.1:") && text.contains("/files/") {
        "<link>".to_owned()
    } else if uuid::Uuid::parse_str(text).is_ok() {
        "<uuid>".to_owned()
    } else if is_digits(text) && text.len() == 13 {
        "<unix milliseconds>".to_owned()
    } else if is_digits(text) && text.len() > 15 {
        "<task id>".to_owned()
    } else if text.strip_prefix("video_").is_some_and(is_digits) {
        "video_<task id>".to_owned()
    } else if let Some((before, after)) = text.split_once("the day ends in ") {
        let after = after.trim_start_matches(|character: char| character.is_ascii_digit());
        format!("{before}the day ends in <hours>{after}")
    } else if text.starts_with("2026-") && text.ends_with('Z') {
        "<time>".to_owned()
    } else {
        text.to_owned()
    }
}

/// Every number that is long enough is a task's.
fn without_ids(text: &str) -> String {
    let mut plain = String::new();
    let mut digits = String::new();
    for character in text.chars().chain(['\n']) {
        if character.is_ascii_digit() {
            digits.push(character);
            continue;
        }
        plain.push_str(if digits.len() > 15 { "<task id>" } else { &digits });
        digits.clear();
        plain.push(character);
    }
    plain.pop();
    plain
}
