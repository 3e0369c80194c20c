//! What any compatible server must get exactly right, item by item, as far as bodies show it.

use domain::{
    draft::Field,
    failure::{Code, Failure},
    id::TaskId,
};
use serde_json::{Value, json};
use wire::{jiekou, modelverse};

use crate::fixture::{self, CODES, REQUEST_ID, cancelled, every_state, expired, failed, failure, refused, succeeded};

const PICTURE: &str = "https://pictures.example/cat.png";

fn modelverse_status(view: &domain::task::TaskView) -> Value {
    serde_json::to_value(modelverse::status::answer(view)).unwrap_or_default()
}

fn jiekou_status(view: &domain::task::TaskView) -> Value {
    serde_json::to_value(jiekou::status::answer(view, 3600)).unwrap_or_default()
}

#[test]
fn item_1_status_words_are_right_to_the_letter() {
    let words: Vec<_> = every_state()
        .iter()
        .map(|(_, view)| {
            (
                modelverse_status(view)["output"]["task_status"].clone(),
                jiekou_status(view)["task"]["status"].clone(),
            )
        })
        .collect();
    let expected = [
        ("Pending", "TASK_STATUS_QUEUED"),
        ("Running", "TASK_STATUS_PROCESSING"),
        ("Success", "TASK_STATUS_SUCCEED"),
        ("Success", "TASK_STATUS_SUCCEED"),
        ("Failure", "TASK_STATUS_FAILED"),
        ("Failure", "TASK_STATUS_FAILED"),
    ];
    assert_eq!(words, expected.map(|(one, two)| (json!(one), json!(two))));
}

#[test]
fn item_1_cancelled_expired_and_timed_out_tasks_have_failed_and_say_why() {
    let overdue = |code| failed(Failure::new(code, "it took too long"));
    for view in [
        cancelled(),
        overdue(Code::TimedOut),
        overdue(Code::OffPeakExpired),
        overdue(Code::Cancelled),
    ] {
        assert_eq!(modelverse_status(&view)["output"]["task_status"], "Failure");
        assert_ne!(modelverse_status(&view)["output"]["error_message"], "");
        assert_eq!(jiekou_status(&view)["task"]["status"], "TASK_STATUS_FAILED");
        assert_ne!(jiekou_status(&view)["task"]["reason"], "");
    }
}

#[test]
fn item_3_ids_and_urls_are_where_clients_look() {
    let link = "https://kinora.example/files/7530125487000584192/1/video.mp4?expires=1795164010&signature=ab12";
    let view = succeeded();
    let submitted = serde_json::to_value(modelverse::submit::answer(&view.task)).unwrap();
    assert_eq!(submitted["output"]["task_id"], "7530125487000584192");
    assert_eq!(modelverse_status(&view)["output"]["urls"][0], link);
    let submitted = serde_json::to_value(jiekou::submit::answer(&view.task)).unwrap();
    assert_eq!(submitted["task_id"], "7530125487000584192");
    assert_eq!(jiekou_status(&view)["videos"][0]["video_url"], link);
}

#[test]
fn item_3_lists_are_there_and_empty_before_the_end_and_extra_is_an_object() {
    for (name, view) in every_state() {
        let body = jiekou_status(&view);
        for list in ["images", "videos", "audios"] {
            assert!(body[list].is_array(), "{name} {list}");
        }
        assert_eq!(
            body["videos"].as_array().map(Vec::len),
            Some(usize::from(matches!(name, "succeeded" | "expired"))),
            "{name}"
        );
        assert!(body["extra"].is_object(), "{name}");
        assert_eq!(
            modelverse_status(&view)["output"].get("urls").is_some(),
            matches!(name, "succeeded" | "expired")
        );
    }
}

#[test]
fn item_3_debug_info_is_whole_or_absent() {
    for (name, view) in every_state() {
        let body = jiekou_status(&view);
        let Some(debug) = body["extra"].get("debug_info") else {
            assert!(matches!(name, "queued" | "running"), "{name}");
            continue;
        };
        for time in ["submit_time_ms", "execute_time_ms", "complete_time_ms"] {
            let text = debug[time].as_str().unwrap();
            assert!(
                text.parse::<u64>().is_ok(),
                "{name} {time} is {text}: the Python SDK needs an integer"
            );
        }
        assert_eq!(debug["request_info"], "", "{name}");
    }
}

#[test]
fn item_4_a_wrong_key_gets_the_dialects_own_envelope() {
    for code in [Code::KeyMissing, Code::KeyInvalid] {
        let (status, body) = modelverse::error::failure(&failure(code), REQUEST_ID);
        assert_eq!((status, body.error.code.as_str()), (401, "auth_error"));
        assert_eq!(body.error.message, "Validate Certification failed");
        let (status, body) = jiekou::error::failure(&failure(code), REQUEST_ID);
        assert_eq!((status, body.code, body.reason.as_str()), (403, 403, "INVALID_API_KEY"));
        assert_eq!(body.message, "invalid api-key");
    }
}

#[test]
fn item_5_no_successful_body_has_a_code_or_an_error_at_its_top() {
    let mut bodies = vec![
        serde_json::to_value(modelverse::submit::answer(&succeeded().task)).unwrap(),
        serde_json::to_value(jiekou::submit::answer(&succeeded().task)).unwrap(),
    ];
    for (_, view) in every_state() {
        bodies.extend([modelverse_status(&view), jiekou_status(&view)]);
    }
    for body in bodies {
        assert!(
            body.get("code").is_none() && body.get("error").is_none() && body.get("data").is_none(),
            "{body}"
        );
    }
}

#[test]
fn item_6_integers_are_integers_texts_are_texts_and_nothing_is_null() {
    for (name, view) in every_state() {
        let body = modelverse_status(&view);
        assert!(body["output"]["submit_time"].is_i64(), "{name}");
        assert_eq!(body["usage"]["duration"], json!(5), "{name}");
        assert!(body["output"].get("finish_time").is_none_or(Value::is_i64), "{name}");
        assert_eq!(body["request_id"], "", "{name}");
        let text = body.to_string() + &jiekou_status(&view).to_string();
        assert!(!text.contains("null"), "{name}: {text}");
        let body = jiekou_status(&view);
        assert_eq!(body["extra"]["seed"], "158881667", "{name}");
        assert!(
            body["task"]["eta"].is_u64() && body["task"]["progress_percent"].is_u64(),
            "{name}"
        );
        assert!(body["task"]["reason"].is_string(), "{name}");
    }
    assert_eq!(jiekou_status(&succeeded())["videos"][0]["video_url_ttl"], "3600");
    assert_eq!(jiekou_status(&expired())["videos"][0]["video_url_ttl"], "0");
}

#[test]
fn item_9_what_the_model_does_not_offer_is_refused_at_submit() {
    let base = json!({"images": [PICTURE], "prompt": ""});
    let fast = "vidu-q2-pro-fast-img2video";
    for (change, field) in [
        (json!({"resolution": "540p"}), Field::Resolution),
        (json!({"duration": 0}), Field::Duration),
        (json!({"duration": 11}), Field::Duration),
        (json!({"duration": -5}), Field::Duration),
        (json!({"images": []}), Field::Images),
        (json!({"images": null}), Field::Images),
        (json!({"prompt": null}), Field::Prompt),
    ] {
        let faults = refused(fixture::jiekou(fast, &fixture::changed(&base, &change)));
        assert_eq!(
            faults.iter().map(|(field, _)| *field).collect::<Vec<_>>(),
            [field],
            "{change}"
        );
    }
    assert!(
        fixture::jiekou(
            "vidu-q2-pro-img2video",
            &fixture::changed(&base, &json!({"resolution": "540p"}))
        )
        .is_ok()
    );
    let three = fixture::changed(&base, &json!({"images": [PICTURE, PICTURE, PICTURE]}));
    assert!(fixture::jiekou(fast, &three).is_ok());
    assert_eq!(
        refused(fixture::jiekou("vidu-q2-pro-startend2video", &three)),
        [(Field::Images, Code::ImageCount)]
    );
}

#[test]
fn item_9_a_flat_modelverse_body_is_refused() {
    let body = json!({"model": "viduq2-pro", "first_frame_url": PICTURE, "vidu_type": "img2video"});
    let faults = fixture::modelverse(&body).unwrap_err();
    let (status, body) = modelverse::error::faults(&faults, REQUEST_ID);
    assert_eq!((status, body.error.code.as_str()), (400, "param_error"));
    assert_eq!(
        body.error.message,
        "Invalid param: parameters.vidu_type is required; input.first_frame_url is required"
    );
}

#[test]
fn item_10_floods_get_429_in_the_right_envelope() {
    for code in [Code::RateLimited, Code::QueueFull] {
        let (status, body) = modelverse::error::failure(&failure(code), REQUEST_ID);
        assert_eq!(
            (status, body.error.kind.as_str(), body.error.code.as_str()),
            (429, "rate_limit_error", "rate_limit")
        );
        let (status, body) = jiekou::error::failure(&failure(code), REQUEST_ID);
        assert_eq!((status, body.reason.as_str()), (429, "RATE_LIMIT_EXCEEDED"));
    }
}

#[test]
fn item_12_the_webhook_event_is_the_result_with_the_webhook_in_its_extra() {
    let event = jiekou::callback::Callback { link_seconds: 3600 }.event(&succeeded());
    let body = serde_json::to_value(event).unwrap();
    assert_eq!(body["event_type"], "ASYNC_TASK_RESULT");
    assert_eq!(
        body["payload"]["extra"]["webhook"]["url"],
        "https://client.example/hook?token=secret"
    );
    assert_eq!(body["payload"]["task"], jiekou_status(&succeeded())["task"]);
}

#[test]
fn an_unknown_task_another_keys_and_a_wrong_id_get_the_same_answer() {
    let unknown = Failure::new(Code::TaskUnknown, "task 5 is not yours").detail("it is another key's");
    let expected = jiekou::error::failure(&unknown, REQUEST_ID);
    assert_eq!(expected.1.message, "task not found");
    for text in ["abc", "-1", "5.0", "99999999999999999999", "task_5", "0x5"] {
        let wrong = wire::task_id::parse(Some(text)).unwrap_err();
        assert_eq!(jiekou::error::failure(&wrong, REQUEST_ID), expected, "{text}");
        assert_eq!(
            modelverse::error::failure(&wrong, REQUEST_ID),
            modelverse::error::failure(&unknown, REQUEST_ID),
            "{text}"
        );
    }
    assert_eq!(wire::task_id::parse(Some(" 42 ")), Ok(TaskId::from_i64(42).unwrap()));
    for absent in [None, Some(""), Some(" ")] {
        assert_eq!(wire::task_id::parse(absent).unwrap_err().code, Code::FieldMissing);
    }
}

#[test]
fn no_answer_tells_what_only_the_log_may_know() {
    for code in CODES {
        let failure = failure(code);
        let bodies = [
            serde_json::to_string(&modelverse::error::failure(&failure, REQUEST_ID)),
            serde_json::to_string(&jiekou::error::failure(&failure, REQUEST_ID)),
            serde_json::to_string(&wire::kinora::error::failure(&failure, REQUEST_ID)),
            serde_json::to_string(&modelverse::status::answer(&failed(failure.clone()))),
            serde_json::to_string(&jiekou::status::answer(&failed(failure.clone()), 3600)),
        ];
        for body in bodies {
            assert!(!body.unwrap().contains("only the log"), "{code:?}");
        }
    }
}
