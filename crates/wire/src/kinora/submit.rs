//! A submit in our own dialect: its body into a draft, and the answer.

use domain::{
    catalog::Operation,
    draft::{Draft, Fault, Faults, Field},
    task::{Links, Task, TaskView},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::status::{self, View};
use crate::{inline::References, read::Reader};

/// The model of requests that name none.
pub const DEFAULT_MODEL: &str = "viduq2-pro";

/// The body of a submit, for clients and the API's description; reading goes through [`draft`], which is more
/// lenient about types than this says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = kinora::SubmitRequest, example = json!({
    "images": ["https://example.com/cat.png"], "prompt": "make it dance.", "duration": 5, "resolution": "720p", "bgm": true
}))]
pub struct Request {
    /// A model of `GET /v1/models`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(default = "viduq2-pro")]
    pub model: Option<String>,
    /// `image_to_video`, or `start_end_to_video` with exactly two pictures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(default = "image_to_video")]
    pub operation: Option<String>,
    /// http or https URLs, or `data:image/png;base64,…` URIs (png, jpeg, webp; at most 50 MB; 1:4 to 4:1).
    /// Several are keyframes in order.
    pub images: Vec<String>,
    /// As long as the model allows; may be left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
    /// Whole seconds, as the model allows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 16, default = 5)]
    pub duration: Option<u32>,
    /// As the model allows; in any case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(default = "720p")]
    pub resolution: Option<String>,
    /// `auto`, `small`, `medium`, `large` (or `high`).
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
    /// Draws the label bottom right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(default = false)]
    pub watermark: Option<bool>,
    /// Made when nothing else waits, within 48 hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(default = false)]
    pub off_peak: Option<bool>,
    /// Where the task's end is announced: a POST whose body is the task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook_url: Option<String>,
    /// Comes back in answers; `GET /kinora/v1/tasks?payload=…` finds its tasks. At most 1048576 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload: Option<String>,
}

/// Reads a body, from which `references` says what pictures were cut out.
///
/// # Errors
/// When the body is no JSON object. Values of the wrong type are faults of the draft.
pub fn draft(body: &[u8], references: &References) -> Result<Draft, Faults> {
    let mut reader = Reader::parse(body, references)?;
    let named = reader.has("model");
    let model = reader.text("model", Field::Model);
    let operation = operation(&mut reader);
    let mut draft = Draft {
        operation,
        model: if named { model } else { Some(DEFAULT_MODEL.to_owned()) },
        images: reader.pictures("images"),
        prompt: reader.text("prompt", Field::Prompt),
        duration: reader.whole("duration", Field::Duration),
        resolution: reader.text("resolution", Field::Resolution),
        amplitude: reader.text("movement_amplitude", Field::Amplitude),
        seed: reader.whole("seed", Field::Seed),
        bgm: reader.truth("bgm", Field::Bgm),
        audio: reader.truth("audio", Field::Audio),
        voice: reader.text("voice_id", Field::Voice),
        watermark: reader.truth("watermark", Field::Watermark),
        off_peak: reader.truth("off_peak", Field::OffPeak),
        webhook: reader.text("webhook_url", Field::Webhook),
        payload: reader.text("payload", Field::Payload),
        ..Draft::default()
    };
    (draft.faults, draft.unknown) = reader.finish();
    Ok(draft)
}

fn operation(reader: &mut Reader<'_>) -> Operation {
    match reader.text("operation", Field::Operation).as_deref() {
        None | Some("image_to_video") => Operation::ImageToVideo,
        Some("start_end_to_video") => Operation::StartEndToVideo,
        Some(_) => {
            let problem = "must be image_to_video or start_end_to_video";
            reader.faults.push(Fault::invalid(Field::Operation, problem));
            Operation::ImageToVideo
        }
    }
}

/// The answer for the task that the submit made: its view, before anything happened to it.
pub fn answer(task: &Task) -> View {
    status::answer(&TaskView {
        task: task.clone(),
        queue_position: None,
        links: Links::default(),
    })
}
