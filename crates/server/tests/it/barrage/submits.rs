//! Good submits with something wrong in them.

use serde_json::{Value, json};

use super::range::Range;
use crate::{jiekou, kinora, modelverse, openai, pictures, vidu};

/// Values of every wrong kind.
fn values() -> Vec<Value> {
    let deep = (0..200).fold(json!(1), |inner, _| json!([inner]));
    vec![
        json!(-1),
        json!(0.5),
        json!(1e308),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(""),
        json!(" "),
        json!("\u{0}"),
        json!("\u{202e}gnp"),
        json!("../../../../etc/passwd"),
        json!("{{7*7}}${jndi:ldap://x}'; DROP TABLE tasks; --"),
        json!("x".repeat(100_000)),
        json!([]),
        json!([null]),
        json!({}),
        json!({"$ref": "#"}),
        json!(true),
        deep,
    ]
}

/// Every field of every submit, with every value.
pub(super) fn wrong_fields(range: &mut Range) {
    let picture = pictures::cat();
    let bodies = [
        (kinora::SUBMIT, kinora::body()),
        ("/v1/tasks/submit", modelverse::body(&picture)),
        (jiekou::SUBMIT, jiekou::body(&picture)),
        (jiekou::CREATE, jiekou::unified_body(&picture)),
        (vidu::SUBMIT, vidu::body(&picture)),
        (openai::VIDEOS, openai::body()),
    ];
    let values = values();
    for (path, body) in bodies {
        for pointer in pointers(&body) {
            for (number, value) in values.iter().enumerate() {
                let mut wrong = body.clone();
                *wrong.pointer_mut(&pointer).unwrap() = value.clone();
                range.post(format!("{path} {pointer} value {number}"), path, &wrong);
            }
        }
    }
    for field in ["watermark", "wm_url", "wm_position", "meta_data"] {
        for (number, value) in values.iter().enumerate() {
            let mut wrong = vidu::body(&picture);
            wrong["watermark"] = json!(true);
            wrong[field] = value.clone();
            range.post(format!("{field} value {number}"), vidu::SUBMIT, &wrong);
        }
    }
    for field in [
        "operation",
        "webhook_url",
        "payload",
        "voice_id",
        "watermark",
        "off_peak",
        "audio",
    ] {
        for (number, value) in values.iter().enumerate() {
            let mut wrong = kinora::body();
            wrong[field] = value.clone();
            range.post(format!("{field} value {number}"), kinora::SUBMIT, &wrong);
        }
    }
}

/// Paths of all values in a body, pictures' bytes excepted.
fn pointers(body: &Value) -> Vec<String> {
    let fields = body.as_object().into_iter().flatten();
    fields
        .flat_map(|(name, value)| {
            let mut found = vec![format!("/{name}")];
            found.extend(pointers(value).into_iter().map(|inner| format!("/{name}{inner}")));
            found
        })
        .collect()
}

/// Every way of writing an address that leads to where we are.
pub(super) fn addresses(range: &mut Range, port: u16) {
    let hosts = [
        "127.0.0.1",
        "localhost",
        "LOCALHOST.",
        "a.localhost",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "0x7f.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "0.0.0.0",
        "[::]",
        "user:word@127.0.0.1",
        "example.com@127.0.0.1",
        "127.0.0.1#example.com",
        "１２７.0.0.1",
        "127.0.0.1%00.example.com",
        "169.254.169.254",
        "10.0.0.1",
        "[fe80::1]",
        "metadata.google.internal",
    ];
    for host in hosts {
        for scheme in ["http", "HTTP", "ftp", "file", "gopher", "http+unix"] {
            let url = format!("{scheme}://{host}:{port}/cat.png");
            range.post(format!("picture at {url}"), jiekou::SUBMIT, &jiekou::body(&url));
        }
        let mut shown = openai::body();
        shown["input_reference"]["image_url"] = json!(format!("http://{host}:{port}/cat.png"));
        range.post(format!("reference at {host}"), openai::VIDEOS, &shown);
        let mut stamped = vidu::body(&pictures::cat());
        stamped["watermark"] = json!(true);
        stamped["wm_url"] = json!(format!("http://{host}:{port}/mark.png"));
        range.post(format!("mark at {host}"), vidu::SUBMIT, &stamped);
        let mut called = vidu::body(&pictures::cat());
        called["callback_url"] = json!(format!("http://{host}:{port}/hook"));
        range.post(format!("callback at {host}"), vidu::SUBMIT, &called);
        let mut told = kinora::body();
        told["webhook_url"] = json!(format!("http://{host}:{port}/hook"));
        range.post(format!("webhook at {host}"), kinora::SUBMIT, &told);
    }
}
