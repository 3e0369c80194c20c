//! Whole HTTP exchanges as text, for snapshots: what changes from run to run is replaced by its kind.

use reqwest::Method;
use serde_json::Value;

use crate::server::{Answer, Kinora, answer};

/// Sends a request and writes down both sides.
pub(crate) async fn exchange(kinora: &Kinora, method: Method, path: &str, body: Option<&Value>) -> (Answer, String) {
    let mut request = kinora.request(method.clone(), path);
    let mut text = format!("{method} {path}\nauthorization: <key>\n");
    if let Some(body) = body {
        request = request.json(body);
        text.push_str(&format!("content-type: application/json\n\n{}\n", pretty(body)));
    }
    let answer = answer(request).await;
    text.push_str(&format!("\n{}\n", answer.status));
    for name in ["content-type", "x-request-id", "retry-after", "openai-poll-after-ms"] {
        if !answer.header(name).is_empty() {
            text.push_str(&format!("{name}: {}\n", redacted_text(answer.header(name))));
        }
    }
    text.push_str(&format!("\n{}\n", pretty(&answer.json())));
    (answer, redacted_query(&text))
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
    } else if text.starts_with("2026-") && text.ends_with('Z') {
        "<time>".to_owned()
    } else {
        text.to_owned()
    }
}

/// In the first line every number that is long enough is a task's.
fn redacted_query(text: &str) -> String {
    let (line, rest) = text.split_once('\n').unwrap();
    let mut plain = String::new();
    let mut digits = String::new();
    for character in line.chars().chain(['\n']) {
        if character.is_ascii_digit() {
            digits.push(character);
            continue;
        }
        plain.push_str(if digits.len() > 15 { "<task id>" } else { &digits });
        digits.clear();
        plain.push(character);
    }
    format!("{plain}{rest}")
}
