//! Properties over arbitrary input.

use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Map, Value};
use wire::inline::{Extractor, Limits, MemorySink, References};

use crate::fixture::{REQUEST_ID, resolve};

/// Names that the dialects know, so that values of any shape reach every reader.
const NAMES: [&str; 24] = [
    "model",
    "input",
    "parameters",
    "images",
    "prompt",
    "duration",
    "seed",
    "resolution",
    "movement_amplitude",
    "bgm",
    "audio",
    "voice_id",
    "watermark",
    "off_peak",
    "extra",
    "webhook",
    "url",
    "test_mode",
    "first_frame_url",
    "last_frame_url",
    "vidu_type",
    "operation",
    "webhook_url",
    "wm_url",
];

const TEXTS: [&str; 16] = [
    "",
    "img2video",
    "start-end2video",
    "viduq2-pro",
    "true",
    "5",
    "5.0",
    "five",
    "720P",
    "high",
    "https://a.example/b.png",
    "data:image/png;base64,QUJD",
    "data:image/png,x",
    "data:image/gif;base64,!",
    "start_end_to_video",
    "kinora-inline:0/0",
];

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (-20i64..20).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        select(&TEXTS[..]).prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 48, 8, |inner| {
        let name = prop_oneof![4 => select(&NAMES[..]).prop_map(str::to_owned), 1 => any::<String>()];
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::from),
            vec((name, inner), 0..8).prop_map(|pairs| Value::Object(pairs.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// Runs a body through everything a server would do with it.
fn through_every_dialect(body: &[u8], references: &References) {
    let mut drafts = vec![
        wire::modelverse::submit::draft(body, references),
        wire::kinora::submit::draft(body, references),
    ];
    for route in wire::jiekou::route::ROUTES {
        drafts.push(wire::jiekou::submit::draft(body, route, references));
    }
    for draft in drafts {
        if let Err(faults) = draft.and_then(resolve) {
            assert!(!faults.0.is_empty());
            let statuses = [
                wire::modelverse::error::faults(&faults, REQUEST_ID).0,
                wire::jiekou::error::faults(&faults, REQUEST_ID).0,
                wire::kinora::error::faults(&faults, REQUEST_ID).0,
            ];
            assert!(
                statuses.iter().all(|status| (400..500).contains(status)),
                "{statuses:?} for {faults}"
            );
        }
    }
}

type Cut = (Vec<u8>, Vec<Vec<u8>>, References);

fn extract(body: &[u8], cuts: &[usize]) -> Option<Cut> {
    let mut extractor = Extractor::new(1, Limits::default(), MemorySink::default());
    let mut ends: Vec<usize> = cuts.iter().map(|cut| cut % (body.len() + 1)).collect();
    ends.push(body.len());
    ends.sort_unstable();
    let mut begin = 0;
    for end in ends {
        extractor.push(&body[begin..end]).ok()?;
        begin = end;
    }
    let cut = extractor.finish().ok()?;
    Some((cut.body, cut.sink.pictures, cut.references))
}

/// The pictures of a body by the long way: parse all of it, then decode. `None`: it is no JSON, or a picture
/// is faulty.
fn directly(body: &[u8]) -> Option<Vec<Vec<u8>>> {
    let value: Value = serde_json::from_slice(body).ok()?;
    let mut pictures = Vec::new();
    collect(&value, &mut pictures)?;
    Some(pictures)
}

fn collect(value: &Value, pictures: &mut Vec<Vec<u8>>) -> Option<()> {
    match value {
        Value::Array(values) => values.iter().try_for_each(|value| collect(value, pictures)),
        Value::Object(fields) => fields.values().try_for_each(|value| collect(value, pictures)),
        Value::String(text) => match text.strip_prefix("data:image/png;base64,") {
            Some(data) => {
                let config = GeneralPurposeConfig::new()
                    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
                    .with_decode_allow_trailing_bits(true);
                let data: String = data.chars().filter(|letter| !" \t\r\n".contains(*letter)).collect();
                let data = data.replace('-', "+").replace('_', "/");
                let bytes = GeneralPurpose::new(&alphabet::STANDARD, config).decode(data).ok()?;
                pictures.push(bytes);
                (!pictures.last()?.is_empty()).then_some(())
            }
            None => Some(()),
        },
        _ => Some(()),
    }
}

/// One JSON string value: a picture with some damage and some needless escapes, or other text.
fn string_literal() -> impl Strategy<Value = String> {
    let damage = select(
        &[
            "",
            "",
            "",
            "",
            "=",
            "!",
            " ",
            "\\n",
            "\\/",
            "\\u002b",
            "\\u4f60",
            "\\ud83d\\ude00",
            "你",
            "\\q",
            "\n",
            "\\u00",
        ][..],
    );
    let picture = (
        vec(any::<u8>(), 0..40),
        damage,
        any::<prop::sample::Index>(),
        any::<bool>(),
    )
        .prop_map(|(bytes, damage, place, escaped)| {
            let mut text = base64::engine::general_purpose::STANDARD.encode(bytes);
            text.insert_str(place.index(text.len() + 1), damage);
            let text = if escaped { text.replace('Q', "\\u0051") } else { text };
            format!("\"data:image/png;base64,{text}\"")
        });
    let other = prop_oneof![
        any::<String>().prop_map(|text| Value::from(text).to_string()),
        select(
            &[
                "\"data:\"",
                "\"data:image/png\"",
                "\"\\u0064ata\"",
                "\"\\\\\"",
                "\"\\\"\"",
                "\"da"
            ][..]
        )
        .prop_map(str::to_owned),
    ];
    prop_oneof![3 => picture, 1 => other]
}

fn body() -> impl Strategy<Value = String> {
    let token = prop_oneof![
        string_literal(),
        select(&["[", "]", "{", "}", ",", ":", "1", "null", " ", "\"k\":"][..]).prop_map(str::to_owned),
    ];
    prop_oneof![
        3 => vec(string_literal(), 0..6).prop_map(|items| format!("[{}]", items.join(", "))),
        2 => vec(string_literal(), 0..6).prop_map(|items| {
            let fields: Vec<_> = items.iter().enumerate().map(|(index, item)| format!("\"{index}\":[{item}]")).collect();
            format!("{{{}}}", fields.join(","))
        }),
        1 => vec(token, 0..20).prop_map(|tokens| tokens.concat()),
    ]
}

proptest! {
    #[test]
    fn no_json_of_any_shape_panics_and_every_refusal_is_the_callers(value in json_value()) {
        through_every_dialect(value.to_string().as_bytes(), &References::none());
    }

    #[test]
    fn known_fields_of_any_type_are_survived(fields in vec((select(&NAMES[..]), json_value()), 0..12)) {
        let object: Map<String, Value> = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let body = Value::Object(object).to_string();
        if let Some((reduced, _, references)) = extract(body.as_bytes(), &[]) {
            through_every_dialect(&reduced, &references);
        }
    }

    #[test]
    fn no_bytes_panic(bytes in vec(any::<u8>(), 0..300), cuts in vec(any::<usize>(), 0..5)) {
        through_every_dialect(&bytes, &References::none());
        if let Some((reduced, _, references)) = extract(&bytes, &cuts) {
            through_every_dialect(&reduced, &references);
        }
    }

    #[test]
    fn the_pieces_make_no_difference(body in body(), cuts in vec(any::<usize>(), 0..8)) {
        let whole = extract(body.as_bytes(), &[]);
        prop_assert_eq!(&extract(body.as_bytes(), &cuts), &whole);
        let every: Vec<usize> = (0..body.len()).collect();
        prop_assert_eq!(&extract(body.as_bytes(), &every), &whole);
    }

    #[test]
    fn extracting_equals_parsing_and_decoding(body in body()) {
        let faultless = extract(body.as_bytes(), &[]).and_then(|(reduced, pictures, references)| {
            let value: Value = serde_json::from_slice(&reduced).ok()?;
            let mut images = Vec::new();
            gather(&value, &mut images);
            let request = serde_json::json!({ "images": images }).to_string();
            let draft = wire::kinora::submit::draft(request.as_bytes(), &references).ok()?;
            let faulty = draft.faults.iter().any(|fault| fault.problem.contains("base64") || fault.problem.contains("empty"));
            (!faulty).then_some(pictures)
        });
        prop_assert_eq!(faultless, directly(body.as_bytes()));
    }
}

/// Every string of a reduced text that could be a picture's reference.
fn gather(value: &Value, images: &mut Vec<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| gather(value, images)),
        Value::Object(fields) => fields.values().for_each(|value| gather(value, images)),
        Value::String(text) if text.starts_with("kinora-inline:") => images.push(text.clone()),
        _ => {}
    }
}
