//! A Vidu submit: its body into a draft, and the answer.

use domain::{
    artifact::ArtifactKind,
    catalog::Operation,
    draft::{Draft, Faults, Field},
    request::{ImageSource, Shape, Warning},
    task::Task,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{credits, endpoint::Endpoint, fields::WITHOUT_EFFECT, status::State};
use crate::{
    inline::References,
    read::{Reader, keep},
    rfc3339, sequence, upload,
};

/// The body of a submit, for the API's description; reading goes through [`draft`], which is more lenient
/// about types than this says. Which fields count depends on the path.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = vidu::SubmitRequest, example = json!({
    "model": "viduq2-pro", "images": ["https://example.com/cat.png"], "prompt": "make it dance.", "duration": 5,
    "resolution": "720p", "seed": 0, "payload": "order 7", "callback_url": "https://example.com/hook"
}))]
pub struct Request {
    /// A model of `GET /v1/models`.
    pub model: String,
    /// http or https URLs, `data:image/png;base64,…` URIs of at most 10 MB, or `ssupload:` URIs. `img2video`:
    /// exactly one; `start-end2video`: first and last frame; `reference2video`: one to seven.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub images: Option<Vec<String>>,
    /// `reference2video`: instead of `images`; `@id` in the prompt names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subjects: Option<Vec<sequence::Subject>>,
    /// `multiframe`: the first picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_image: Option<String>,
    /// `multiframe`: two to nine pictures more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_settings: Option<Vec<sequence::ImageSetting>>,
    /// At most 2000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
    /// The picture decides what happens; the prompt is ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(default = false)]
    pub is_rec: Option<bool>,
    /// Whole seconds, as the model allows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 16, default = 5)]
    pub duration: Option<u32>,
    /// 0 or none: drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 2147483647)]
    pub seed: Option<u32>,
    /// As the model allows; in any case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(default = "720p")]
    pub resolution: Option<String>,
    /// `reference2video`: `16:9`, `9:16`, `4:3`, `3:4`, `1:1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aspect_ratio: Option<String>,
    /// `auto`, `small`, `medium`, `large` (or `high`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(default = "auto")]
    pub movement_amplitude: Option<String>,
    /// Music.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(default = false)]
    pub bgm: Option<bool>,
    /// Speech and ambience; viduq3 models have it unless it is false.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio: Option<bool>,
    /// Whose voice; only with `audio`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_id: Option<String>,
    /// Given back as it is; at most 1,048,576 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload: Option<String>,
    /// Made when nothing else waits, within 48 hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(default = false)]
    pub off_peak: Option<bool>,
    /// Makes a second video, with the label on it.
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
    /// The text of a JSON object that goes into the file's label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meta_data: Option<String>,
    /// Called when the task begins and when it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_url: Option<String>,
}

/// The answer to an accepted submit, HTTP 200.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = vidu::Created, example = json!({
    "task_id": "7530125487000584192", "state": "created", "model": "viduq2-pro", "images": ["https://example.com/cat.png"],
    "prompt": "make it dance.", "duration": 5, "seed": 1406128203, "resolution": "720p", "movement_amplitude": "auto",
    "payload": "order 7", "off_peak": false, "credits": 40, "watermark": false, "bgm": false, "audio": false,
    "created_at": "2026-11-20T07:40:05.120Z"
}))]
pub struct Answer {
    pub task_id: String,
    /// Always `created`.
    pub state: State,
    pub model: String,
    /// As they were sent; a data URI is cut short.
    pub images: Vec<String>,
    pub prompt: String,
    pub duration: u32,
    /// The seed that is used.
    pub seed: u32,
    pub resolution: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aspect_ratio: Option<String>,
    pub movement_amplitude: String,
    pub payload: String,
    pub off_peak: bool,
    pub credits: u32,
    pub watermark: bool,
    pub bgm: bool,
    pub audio: bool,
    /// RFC 3339, UTC.
    pub created_at: String,
}

/// Reads a body that was sent to `endpoint`, from which `references` says what pictures were cut out.
///
/// # Errors
/// When the body is no JSON object. Values of the wrong type are faults of the draft.
pub fn draft(body: &[u8], endpoint: Endpoint, references: &References) -> Result<Draft, Faults> {
    let mut reader = Reader::parse(body, references)?;
    let mut draft = common(&mut reader);
    match endpoint {
        Endpoint::Img2Video => {
            draft.one_image = true;
            draft.images = reader.pictures("images");
        }
        Endpoint::StartEnd2Video => {
            draft.operation = Operation::StartEndToVideo;
            draft.images = reader.pictures("images");
        }
        Endpoint::Reference2Video => sequence::references(&mut reader, &mut draft),
        Endpoint::MultiFrame => sequence::frames(&mut reader, &mut draft),
        Endpoint::Text2Video => sequence::text_alone(&mut reader, &mut draft),
    }
    if endpoint != Endpoint::Reference2Video && reader.drop("aspect_ratio") {
        let reason = "the first picture decides the shape";
        draft.warnings.push(Warning::new("aspect_ratio", reason));
    }
    keep(reader, &mut draft);
    Ok(draft)
}

/// What every endpoint takes.
fn common(reader: &mut Reader<'_>) -> Draft {
    let model = reader.text("model", Field::Model);
    let speaks = model.as_deref().is_some_and(|model| model.starts_with("viduq3"));
    let watermark = reader.truth("watermark", Field::Watermark);
    let mut draft = Draft {
        prompt: reader.text("prompt", Field::Prompt),
        duration: reader.whole("duration", Field::Duration),
        resolution: reader.text("resolution", Field::Resolution),
        amplitude: reader.text("movement_amplitude", Field::Amplitude),
        seed: reader.whole("seed", Field::Seed),
        bgm: reader.truth("bgm", Field::Bgm),
        audio: reader.truth("audio", Field::Audio).or(speaks.then_some(true)),
        voice: reader.text("voice_id", Field::Voice),
        off_peak: reader.truth("off_peak", Field::OffPeak),
        webhook: reader.text("callback_url", Field::Webhook),
        payload: reader.text("payload", Field::Payload),
        corner: reader.word("wm_position", Field::Corner),
        mark: reader.picture_if_any("wm_url", Field::Mark),
        meta_data: reader.document("meta_data", Field::MetaData),
        artifacts: if watermark == Some(true) {
            vec![ArtifactKind::Clean]
        } else {
            Vec::new()
        },
        watermark,
        model,
        ..Draft::default()
    };
    if reader.truth("is_rec", Field::Prompt) == Some(true) && draft.prompt.take().is_some() {
        let reason = "is_rec leaves it to the picture what happens";
        draft.warnings.push(Warning::new("prompt", reason));
    }
    for (name, reason) in WITHOUT_EFFECT {
        if reader.drop(name) {
            draft.warnings.push(Warning::new(name, reason));
        }
    }
    draft
}

/// The answer for the task that the submit made.
pub fn answer(task: &Task) -> Answer {
    let request = &task.request;
    Answer {
        task_id: task.id.to_string(),
        state: State::Created,
        model: request.model.clone(),
        images: request.images.iter().map(image).collect(),
        prompt: request.prompt.clone(),
        duration: request.duration,
        seed: request.seed,
        resolution: request.resolution.name().to_owned(),
        aspect_ratio: match request.extras.shape {
            Shape::Ratio(width, height) => Some(format!("{width}:{height}")),
            _ => None,
        },
        movement_amplitude: request.amplitude_word().to_owned(),
        payload: request.payload.clone().unwrap_or_default(),
        off_peak: request.off_peak,
        credits: credits::price(request),
        watermark: request.watermark,
        bgm: request.bgm,
        audio: request.audio,
        created_at: rfc3339::text(task.created_at),
    }
}

/// One picture as it was sent.
pub(super) fn image(source: &ImageSource) -> String {
    match source {
        ImageSource::Url(url) => url.to_string(),
        ImageSource::Inline(_) => "data:image/*;base64,…".to_owned(),
        ImageSource::Upload(id) => upload::uri(*id),
    }
}
