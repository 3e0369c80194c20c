//! A Jiekou submit: its body into a draft, and the answer.

use domain::{
    draft::{Draft, Fault, Faults, Field, MockEnd},
    request::Warning,
    task::Task,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{fields::WITHOUT_EFFECT, legacy, route::Route};
use crate::{
    inline::References,
    read::{Reader, keep},
    sequence,
    vidu::endpoint::Endpoint,
};

/// The body of a submit, for the API's description; reading goes through [`draft`], which is more lenient
/// about types than this says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = jiekou::SubmitRequest, example = json!({
    "images": ["https://example.com/cat.png"], "prompt": "The camera slowly pushes in while snow falls",
    "duration": 5, "resolution": "720p", "movement_amplitude": "high", "seed": 42, "bgm": true
}))]
pub struct Request {
    /// http or https URLs, or `data:image/png;base64,…` URIs (png, jpeg, webp; at most 50 MB; 1:4 to 4:1).
    /// Several are keyframes in order; the `startend2video` paths take exactly two.
    pub images: Vec<String>,
    /// At most 2000 characters; may be empty.
    #[schema(max_length = 2000)]
    pub prompt: String,
    /// Whole seconds, as the path's model allows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 16, default = 5)]
    pub duration: Option<u32>,
    /// As the path's model allows; in any case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(default = "720p")]
    pub resolution: Option<String>,
    /// `auto`, `small`, `medium`, `high` (or `large`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(default = "auto")]
    pub movement_amplitude: Option<String>,
    /// 0 or none: drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 2147483647)]
    pub seed: Option<u32>,
    /// Music.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(default = false)]
    pub bgm: Option<bool>,
    /// Speech and ambience.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(default = false)]
    pub audio: Option<bool>,
    /// Whose voice; only with `audio`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_id: Option<String>,
    /// Made when nothing else waits, within 48 hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(default = false)]
    pub off_peak: Option<bool>,
    /// Draws the label, bottom right unless `wm_position` says otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(default = false)]
    pub watermark: Option<bool>,
    /// 1 top left, 2 top right, 3 bottom right, 4 bottom left; or `top_left` and so on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>, default = 3)]
    pub wm_position: Option<serde_json::Value>,
    /// The picture that is drawn instead of the label's text: as in `images`, of any ratio. Alpha counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wm_url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extra: Option<Extra>,
}

/// What is not about the clip.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = jiekou::SubmitExtra)]
pub struct Extra {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook: Option<Webhook>,
}

/// Where the task's end is announced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = jiekou::Webhook)]
pub struct Webhook {
    #[schema(example = "https://example.com/hook")]
    pub url: String,
}

/// The answer to an accepted submit, HTTP 200.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = jiekou::SubmitAnswer)]
pub struct Answer {
    /// Decimal digits.
    #[schema(example = "7530125487000584192")]
    pub task_id: String,
}

/// Reads a body that was sent to `route`, from which `references` says what pictures were cut out.
///
/// # Errors
/// When the body is no JSON object. Values of the wrong type are faults of the draft.
pub fn draft(body: &[u8], route: Route, references: &References) -> Result<Draft, Faults> {
    let mut reader = Reader::parse(body, references)?;
    if route.slug == legacy::SLUG {
        return Ok(legacy::draft(reader));
    }
    let mut draft = flat(&mut reader, route);
    end(reader, &mut draft);
    Ok(draft)
}

/// What every path but the oldest takes.
pub(super) fn flat(reader: &mut Reader<'_>, route: Route) -> Draft {
    let mut draft = Draft {
        model: Some(route.model.to_owned()),
        prompt: reader.text("prompt", Field::Prompt),
        prompt_required: route.prompt_required,
        duration: reader.whole("duration", Field::Duration),
        resolution: reader.text("resolution", Field::Resolution),
        amplitude: reader.text("movement_amplitude", Field::Amplitude),
        seed: reader.whole("seed", Field::Seed),
        bgm: reader.truth("bgm", Field::Bgm),
        audio: reader.truth("audio", Field::Audio),
        voice: reader.text("voice_id", Field::Voice),
        off_peak: reader.truth("off_peak", Field::OffPeak),
        watermark: reader.truth("watermark", Field::Watermark),
        corner: reader.word("wm_position", Field::Corner),
        mark: reader.picture_if_any("wm_url", Field::Mark),
        meta_data: reader.document("meta_data", Field::MetaData),
        payload: reader.text("payload", Field::Payload),
        ..Draft::default()
    };
    match route.endpoint {
        Endpoint::Img2Video | Endpoint::StartEnd2Video => {
            draft.operation = route.endpoint.operation();
            draft.images = reader.pictures("images");
        }
        Endpoint::Reference2Video => sequence::references(reader, &mut draft),
        Endpoint::MultiFrame => sequence::frames(reader, &mut draft),
        Endpoint::Text2Video => sequence::text_alone(reader, &mut draft),
    }
    if reader.drop("aspect_ratio") {
        let reason = "the first picture decides the shape";
        draft.warnings.push(Warning::new("aspect_ratio", reason));
    }
    for (name, reason) in WITHOUT_EFFECT {
        if reader.drop(name) {
            draft.warnings.push(Warning::new(name, reason));
        }
    }
    draft
}

/// Reads what is not about the clip, and ends the reading.
pub(super) fn end(mut reader: Reader<'_>, draft: &mut Draft) {
    let extra = reader.object("extra", "extra.", Field::Webhook, "must be within an object");
    keep(reader, draft);
    if let Some(extra) = extra {
        read_extra(extra, draft);
    }
}

fn read_extra(mut extra: Reader<'_>, draft: &mut Draft) {
    let problem = "must be within an object";
    let webhook = extra.object("webhook", "extra.webhook.", Field::Webhook, problem);
    keep(extra, draft);
    let Some(mut webhook) = webhook else {
        return;
    };
    draft.webhook = webhook.text("url", Field::Webhook).or(draft.webhook.take());
    let mode = webhook.object(
        "test_mode",
        "extra.webhook.test_mode.",
        Field::Webhook,
        "must have a test_mode that is an object",
    );
    keep(webhook, draft);
    if let Some(mut mode) = mode {
        draft.mock = mock(&mut mode);
        keep(mode, draft);
    }
}

/// How the mock event should end; success when that is not said.
fn mock(mode: &mut Reader<'_>) -> Option<MockEnd> {
    let enabled = mode.truth("enabled", Field::Webhook) == Some(true);
    let end = match mode.text("return_task_status", Field::Webhook).as_deref() {
        Some("TASK_STATUS_FAILED") => MockEnd::Failed,
        None | Some("TASK_STATUS_SUCCEED") => MockEnd::Succeeded,
        Some(_) => {
            let problem = "must have a return_task_status of TASK_STATUS_SUCCEED or TASK_STATUS_FAILED";
            mode.faults.push(Fault::invalid(Field::Webhook, problem));
            MockEnd::Failed
        }
    };
    enabled.then_some(end)
}

/// The answer for the task that the submit made.
pub fn answer(task: &Task) -> Answer {
    Answer {
        task_id: task.id.to_string(),
    }
}
