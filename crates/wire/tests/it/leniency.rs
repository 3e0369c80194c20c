//! Item 8, input leniency, and where it ends.

use domain::{
    catalog::Operation,
    draft::Field,
    failure::Code,
    request::{Amplitude, Corner, Resolution, Shape, Warning},
};
use serde_json::{Value, json};

use crate::fixture::{DRAWN, changed, jiekou, kinora, modelverse, refused};

const PICTURE: &str = "https://pictures.example/cat.png";
const FAST: &str = "vidu-q2-pro-fast-img2video";

fn flat() -> Value {
    json!({"images": [PICTURE], "prompt": ""})
}

fn nested() -> Value {
    json!({"model": "viduq2-pro", "input": {"first_frame_url": PICTURE}, "parameters": {"vidu_type": "img2video"}})
}

#[test]
fn item_8_booleans_may_be_text() {
    for truth in [json!(true), json!("true"), json!("True"), json!(" TRUE ")] {
        assert!(
            jiekou(FAST, &changed(&flat(), &json!({"bgm": truth})))
                .unwrap()
                .request
                .bgm
        );
    }
    for untruth in [json!(false), json!("false"), json!(null)] {
        assert!(
            !jiekou(FAST, &changed(&flat(), &json!({"bgm": untruth})))
                .unwrap()
                .request
                .bgm
        );
    }
    for wrong in [json!(1), json!("yes"), json!(""), json!([]), json!({})] {
        let faults = refused(jiekou(FAST, &changed(&flat(), &json!({"bgm": wrong}))));
        assert_eq!(faults, [(Field::Bgm, Code::FieldInvalid)], "{wrong}");
    }
}

#[test]
fn item_8_whole_numbers_may_be_text_or_integral_floats() {
    for number in [json!(6), json!("6"), json!(6.0), json!("6.0"), json!(" 6 ")] {
        let body = changed(&nested(), &json!({"parameters": {"duration": number}}));
        assert_eq!(modelverse(&body).unwrap().request.duration, 6, "{number}");
    }
    for wrong in [
        json!(5.5),
        json!("five"),
        json!("5.5"),
        json!(""),
        json!(true),
        json!([5]),
        json!(1e300),
        json!("NaN"),
    ] {
        let body = changed(&nested(), &json!({"parameters": {"duration": wrong}}));
        assert_eq!(
            refused(modelverse(&body)),
            [(Field::Duration, Code::FieldInvalid)],
            "{wrong}"
        );
    }
}

#[test]
fn item_8_null_is_as_good_as_absent() {
    let nulls = json!({"duration": null, "resolution": null, "movement_amplitude": null, "seed": null, "voice_id": null,
        "extra": null, "wm_url": null, "anything": null});
    let resolved = jiekou(FAST, &changed(&flat(), &nulls)).unwrap();
    assert_eq!(resolved, jiekou(FAST, &flat()).unwrap());
    assert_eq!(resolved.warnings, []);
}

#[test]
fn item_8_spellings_of_amplitude_and_resolution() {
    for slug in [FAST, "vidu-q2-pro-img2video"] {
        for word in ["high", "large"] {
            let body = changed(&flat(), &json!({"movement_amplitude": word, "resolution": "1080P"}));
            let request = jiekou(slug, &body).unwrap().request;
            assert_eq!(
                (request.amplitude, request.resolution),
                (Amplitude::Large, Resolution::P1080)
            );
        }
    }
    let two = json!({"images": [PICTURE, PICTURE], "movement_amplitude": "high"});
    assert_eq!(
        jiekou("vidu-q2-pro-startend2video", &two).unwrap().request.amplitude,
        Amplitude::Large
    );
    for word in ["small", "medium", "auto"] {
        let body = changed(&nested(), &json!({"parameters": {"movement_amplitude": word}}));
        assert_eq!(modelverse(&body).unwrap().request.amplitude.name(), word);
    }
}

#[test]
fn item_8_seeds_that_mean_draw_one() {
    for seed in [json!(0), json!(-1), json!("0"), json!(null)] {
        let body = changed(&nested(), &json!({"parameters": {"seed": seed}}));
        assert_eq!(modelverse(&body).unwrap().request.seed, DRAWN, "{seed}");
    }
}

#[test]
fn item_8_music_works_at_ten_seconds() {
    let body = changed(&nested(), &json!({"parameters": {"duration": 10, "bgm": true}}));
    let resolved = modelverse(&body).unwrap();
    assert!(resolved.request.bgm && resolved.warnings.is_empty());
}

#[test]
fn item_8_unknown_fields_are_warnings_under_the_clients_names() {
    let body = changed(
        &nested(),
        &json!({"extra": 1, "input": {"img_list": []}, "parameters": {"aspect_ratio": "16:9"}}),
    );
    let warned: Vec<_> = modelverse(&body)
        .unwrap()
        .warnings
        .into_iter()
        .map(|warning| warning.field)
        .collect();
    assert_eq!(warned, ["extra", "parameters.aspect_ratio", "input.img_list"]);
    let body = changed(
        &flat(),
        &json!({"extra": {"nsfw": true, "webhook": {"secret": "x"}}, "first": 1}),
    );
    let warned: Vec<_> = jiekou(FAST, &body)
        .unwrap()
        .warnings
        .into_iter()
        .map(|warning| warning.field)
        .collect();
    assert_eq!(warned, ["first", "extra.nsfw", "extra.webhook.secret"]);
    assert_eq!(
        kinora(&changed(&flat(), &json!({"style": "x"})))
            .unwrap()
            .warnings
            .len(),
        1
    );
}

#[test]
fn a_flood_of_unknown_fields_is_counted_instead_of_kept() {
    let mut body = flat();
    for number in 0..500 {
        body["x".repeat(100) + &number.to_string()] = json!(number);
    }
    let warnings = jiekou(FAST, &body).unwrap().warnings;
    assert_eq!(warnings.len(), 21);
    assert_eq!(warnings[20].field, "… and 480 more");
    assert!(warnings.iter().all(|warning| warning.field.len() <= 64));
}

#[test]
fn fields_of_sibling_pages_say_why_they_have_no_effect() {
    let siblings =
        json!({"is_rec": true, "wm_url": "https://a.example/w.png", "aspect_ratio": "16:9", "style": "anime"});
    let warnings = jiekou(FAST, &changed(&flat(), &siblings)).unwrap().warnings;
    assert_eq!(warnings.len(), 4);
    for (name, _) in siblings.as_object().unwrap() {
        let warning = warnings.iter().find(|warning| warning.field == *name).unwrap();
        assert!(!warning.reason.contains("unknown"), "{name}");
    }
}

#[test]
fn an_empty_prompt_is_a_prompt_but_where_the_manual_demands_it_none_is_not() {
    assert_eq!(jiekou(FAST, &flat()).unwrap().request.prompt, "");
    let without = json!({"images": [PICTURE]});
    assert_eq!(refused(jiekou(FAST, &without)), [(Field::Prompt, Code::FieldMissing)]);
    assert!(jiekou("vidu-q1-img2video", &without).is_ok());
    assert_eq!(modelverse(&nested()).unwrap().request.prompt, "");
}

#[test]
fn the_prompt_ends_at_two_thousand_characters() {
    let long = |count| changed(&flat(), &json!({"prompt": "你".repeat(count)}));
    assert!(jiekou(FAST, &long(2000)).is_ok());
    assert_eq!(
        refused(jiekou(FAST, &long(2001))),
        [(Field::Prompt, Code::FieldInvalid)]
    );
}

#[test]
fn a_single_picture_may_stand_without_its_list() {
    let one = json!({"images": PICTURE, "prompt": ""});
    assert_eq!(jiekou(FAST, &one).unwrap(), jiekou(FAST, &flat()).unwrap());
}

#[test]
fn a_faulty_picture_leaves_the_others_their_numbers() {
    let body = json!({"prompt": "", "images": [PICTURE, 5, "file:///etc/passwd", null, "data:image/png,raw", PICTURE]});
    let expected = [
        (Field::Image(1), Code::FieldInvalid),
        (Field::Image(3), Code::FieldInvalid),
        (Field::Image(4), Code::ImageFormat),
        (Field::Image(2), Code::FieldInvalid),
    ];
    assert_eq!(refused(jiekou(FAST, &body)), expected);
}

#[test]
fn the_webhook_is_within_extra() {
    let with = |extra: Value| jiekou(FAST, &changed(&flat(), &json!({"extra": extra})));
    let mode = json!({"enabled": true, "return_task_status": "TASK_STATUS_SUCCEED"});
    let resolved = with(json!({"webhook": {"url": "https://a.example/hook", "test_mode": mode}})).unwrap();
    assert_eq!(resolved.request.webhook.unwrap().url.as_str(), "https://a.example/hook");
    assert_eq!(resolved.warnings, []);
    for wrong in [
        json!("https://a.example"),
        json!({"webhook": "x"}),
        json!({"webhook": {"url": 5}}),
        json!({"webhook": {"url": "https://a.example", "test_mode": true}}),
        json!({"webhook": {"url": "https://a.example", "test_mode": {"enabled": true, "return_task_status": "x"}}}),
        json!({"webhook": {"url": "ftp://a/b"}}),
    ] {
        assert_eq!(
            refused(with(wrong.clone())),
            [(Field::Webhook, Code::FieldInvalid)],
            "{wrong}"
        );
    }
}

#[test]
fn modelverses_kinds_and_no_other() {
    let kind = |kind: Value| changed(&nested(), &json!({"parameters": {"vidu_type": kind}}));
    for wrong in [
        json!("multiframe"),
        json!("extend"),
        json!("IMG2VIDEO"),
        json!(""),
        json!(7),
    ] {
        assert_eq!(
            refused(modelverse(&kind(wrong.clone()))),
            [(Field::Operation, Code::FieldInvalid)],
            "{wrong}"
        );
    }
    assert_eq!(
        refused(modelverse(&kind(Value::Null))),
        [(Field::Operation, Code::FieldMissing)]
    );
    assert_eq!(
        refused(modelverse(&kind(json!("start-end2video")))),
        [(Field::LastImage, Code::FieldMissing)]
    );
}

#[test]
fn a_last_frame_that_nobody_asked_for_is_a_warning() {
    let body = changed(&nested(), &json!({"input": {"last_frame_url": PICTURE}}));
    let resolved = modelverse(&body).unwrap();
    assert_eq!(resolved.request.images.len(), 1);
    let reason = "only has an effect when parameters.vidu_type is start-end2video";
    assert_eq!(resolved.warnings, [Warning::new("input.last_frame_url", reason)]);
}

#[test]
fn modelverse_objects_of_the_wrong_kind_are_one_fault_each() {
    for wrong in [json!("x"), json!([]), json!(5)] {
        assert_eq!(
            refused(modelverse(&changed(&nested(), &json!({"input": wrong})))),
            [(Field::Images, Code::FieldInvalid)]
        );
        let faults = refused(modelverse(&changed(&nested(), &json!({"parameters": wrong}))));
        assert_eq!(faults, [(Field::Operation, Code::FieldInvalid)]);
    }
}

#[test]
fn everything_wrong_is_said_at_once() {
    let body = json!({"model": "sora", "input": {"prompt": 5}, "parameters": {"vidu_type": "x", "duration": "five", "seed": 5.5,
        "resolution": 720, "movement_amplitude": [], "bgm": "maybe", "audio": 3, "voice_id": {}, "watermark": "on", "off_peak": 0}});
    let fields: Vec<_> = refused(modelverse(&body)).into_iter().map(|(field, _)| field).collect();
    let expected = [
        Field::Operation,
        Field::Duration,
        Field::Resolution,
        Field::Amplitude,
        Field::Seed,
        Field::Bgm,
        Field::Audio,
        Field::Voice,
        Field::Watermark,
        Field::OffPeak,
        Field::Prompt,
        Field::FirstImage,
        Field::Model,
    ];
    for field in expected {
        assert_eq!(
            fields.iter().filter(|said| **said == field).count(),
            1,
            "{field:?} in {fields:?}"
        );
    }
    assert_eq!(fields.len(), expected.len());
}

#[test]
fn bodies_that_are_no_object_are_refused_whole() {
    let nothing = wire::inline::References::none();
    for body in [
        "",
        "  ",
        "[]",
        "null",
        "5",
        "\"x\"",
        "{",
        "{\"a\":}",
        "{\"model\":\"a\"} x",
        "\u{feff}{}",
    ] {
        let refusals = [
            wire::modelverse::submit::draft(body.as_bytes(), &nothing).unwrap_err(),
            wire::jiekou::submit::draft(body.as_bytes(), wire::jiekou::route::ROUTES[0], &nothing).unwrap_err(),
            wire::kinora::submit::draft(body.as_bytes(), &nothing).unwrap_err(),
        ];
        for faults in refusals {
            assert_eq!(faults.0.len(), 1, "{body}");
            assert_eq!(
                (faults.0[0].field, faults.0[0].code),
                (Field::Body, Code::BodyMalformed),
                "{body}"
            );
        }
    }
}

#[test]
fn the_path_decides_model_and_operation() {
    let two = json!({"images": [PICTURE, PICTURE], "prompt": "", "model": "sora", "duration": 4});
    let resolved = jiekou("vidu-2.0-startend2video", &two).unwrap();
    assert_eq!(resolved.request.model, "vidu2.0");
    assert_eq!(resolved.warnings[0].field, "model");
    let route = wire::jiekou::route::find("vidu-2.0-startend2video").unwrap();
    assert_eq!(route.endpoint.operation(), Operation::StartEndToVideo);
}

#[test]
fn fields_of_sibling_pages_that_have_an_effect_have_it_here_too() {
    let base = flat();
    for (position, corner) in [
        (json!(1), Corner::TopLeft),
        (json!("2"), Corner::TopRight),
        (json!("bottom-right"), Corner::BottomRight),
        (json!("bottom_left"), Corner::BottomLeft),
    ] {
        let siblings = json!({"wm_position": position, "meta_data": {"Label": "1"}, "payload": "mine"});
        let resolved = jiekou(FAST, &changed(&base, &siblings)).unwrap();
        assert_eq!(resolved.warnings, []);
        assert_eq!(resolved.request.extras.corner, corner);
        assert_eq!(resolved.request.extras.meta_data.as_deref(), Some("{\"Label\":\"1\"}"));
        assert_eq!(resolved.request.payload.as_deref(), Some("mine"));
    }
}

#[test]
fn the_oldest_path_counts_frames_and_buckets() {
    let request = |change: Value| {
        let body = changed(
            &json!({"model_name": "SVD-XT", "image_file": PICTURE, "steps": 20}),
            &change,
        );
        jiekou("img2video", &body).unwrap()
    };
    let usual = request(json!({}));
    assert_eq!((usual.request.duration, usual.request.amplitude), (2, Amplitude::Auto));
    assert_eq!(usual.warnings.len(), 2);
    for (frames, rate, seconds) in [(25, 6, 4), (1, 6, 1), (240, 6, 10), (50, 10, 5), (50, 0, 10)] {
        let change = json!({"frames_num": frames, "frames_per_second": rate});
        assert_eq!(request(change).request.duration, seconds, "{frames} / {rate}");
    }
    for (bucket, amplitude) in [
        (1, Amplitude::Small),
        (127, Amplitude::Medium),
        (255, Amplitude::Large),
        (999, Amplitude::Large),
    ] {
        let change = json!({"motion_bucket_id": bucket});
        assert_eq!(request(change).request.amplitude, amplitude, "{bucket}");
    }
}

#[test]
fn text_alone_is_refused_with_the_reason() {
    let text = jiekou("vidu-q2-text2video", &json!({"prompt": "a cat"})).unwrap_err();
    assert!(text.0[0].problem.contains("diffusion engine"), "{text}");
    let (status, body) = wire::jiekou::error::faults(&text, "id");
    assert_eq!((status, body.reason.as_str()), (404, "MODEL_NOT_FOUND"));
    let body = json!({"model": "viduq2", "input": {"prompt": "a cat"}, "parameters": {"vidu_type": "text2video"}});
    let text = modelverse(&body).unwrap_err();
    let (status, body) = wire::modelverse::error::faults(&text, "id");
    assert_eq!((status, body.error.code.as_str()), (400, "model_error"));
}

#[test]
fn references_and_frames_are_sequences_in_every_dialect() {
    let subjects = json!([{"name": "cat", "images": [PICTURE, PICTURE]}]);
    let body = json!({"prompt": "@cat runs", "subjects": subjects, "aspect_ratio": "9:16"});
    let resolved = jiekou("viduq2-pro-fast", &body).unwrap();
    assert_eq!(
        (resolved.request.prompt.as_str(), resolved.request.images.len()),
        ("cat runs", 2)
    );
    assert_eq!(resolved.request.extras.shape, Shape::Ratio(9, 16));
    let body = json!({"model": "viduq2", "input": {"prompt": "run", "images": [PICTURE, PICTURE]},
        "parameters": {"vidu_type": "reference2video", "aspect_ratio": "1:1"}});
    let resolved = modelverse(&body).unwrap();
    assert_eq!(
        (resolved.request.images.len(), resolved.request.extras.shape),
        (2, Shape::Ratio(1, 1))
    );
    let frame = json!({"key_image": PICTURE, "prompt": "jump", "duration": 3});
    let body = json!({"start_image": PICTURE, "image_settings": [frame, frame]});
    let resolved = jiekou("vidu-q2-pro-multiframe", &body).unwrap();
    assert_eq!(
        (resolved.request.duration, resolved.request.prompt.as_str()),
        (6, "0-3s: jump; 3-6s: jump")
    );
    let body = json!({"start_image": PICTURE, "image_settings": [frame]});
    assert_eq!(
        refused(jiekou("vidu-q2-pro-multiframe", &body)),
        [(Field::Segments, Code::ImageCount)]
    );
}
