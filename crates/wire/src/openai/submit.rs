//! A create: its body, JSON or a form that became JSON, into a draft; and the answer.

use std::time::Duration;

use domain::{
    artifact::ArtifactKind,
    draft::{Draft, DraftImage, Fault, Faults, Field},
    failure::Code,
    media::FRAME_RATE,
    request::Warning,
    task::{Links, Task, TaskView},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    fields::WITHOUT_EFFECT,
    status::{self, Video},
};
use crate::{
    inline::References,
    read::{Reader, keep},
    upload,
};

/// The model of requests that name none.
const DEFAULT_MODEL: &str = "sora-2";

const NO_PICTURE: &str = "is required: video from text alone needs a diffusion engine, and this server has only the motion \
    engine, which moves a picture";

/// The body of a create, for the API's description; reading goes through [`draft`], which is more lenient about
/// types than this says, and takes the same fields from a form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = openai::CreateRequest, example = json!({
    "model": "sora-2", "prompt": "make it dance.", "seconds": "4", "input_reference": {"image_url": "https://example.com/cat.png"}
}))]
pub struct Request {
    /// A model of `GET /v1/models`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(default = "sora-2")]
    pub model: Option<String>,
    /// 1 to 32000 characters.
    pub prompt: String,
    /// As the model allows; a number is taken too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(default = "4")]
    pub seconds: Option<String>,
    /// Width and height. When left out, the picture decides the shape.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<String>,
    /// The first frame. In a form: a file, or `input_reference[image_url]`.
    pub input_reference: Reference,
    /// Not in OpenAI's API: 0 or none: drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 2147483647)]
    pub seed: Option<u32>,
    /// Not in OpenAI's API: music.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bgm: Option<bool>,
    /// Not in OpenAI's API: speech and ambience.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio: Option<bool>,
    /// Not in OpenAI's API: `auto`, `small`, `medium`, `large`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub movement_amplitude: Option<String>,
    /// Not in OpenAI's API: called when the video has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook_url: Option<String>,
}

/// A picture: exactly one of the two.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = openai::InputReference)]
pub struct Reference {
    /// An http or https URL, or a `data:image/png;base64,…` URI.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_url: Option<String>,
    /// An upload's number or `ssupload:` URI.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_id: Option<String>,
}

/// Reads a body, from which `references` says what pictures were cut out.
///
/// # Errors
/// When the body is no JSON object. Values of the wrong type are faults of the draft.
pub fn draft(body: &[u8], references: &References) -> Result<Draft, Faults> {
    let mut reader = Reader::parse(body, references)?;
    let model = reader
        .text("model", Field::Model)
        .filter(|model| !model.trim().is_empty());
    let mut draft = Draft {
        prompt: reader.text("prompt", Field::Prompt),
        size: reader.text("size", Field::Size).filter(|size| !size.trim().is_empty()),
        resolution: reader.text("resolution", Field::Resolution),
        aspect_ratio: reader.text("aspect_ratio", Field::AspectRatio),
        amplitude: reader.text("movement_amplitude", Field::Amplitude),
        seed: reader.whole("seed", Field::Seed),
        bgm: reader.truth("bgm", Field::Bgm),
        audio: reader.truth("audio", Field::Audio),
        voice: reader.text("voice_id", Field::Voice),
        watermark: reader.truth("watermark", Field::Watermark),
        off_peak: reader.truth("off_peak", Field::OffPeak),
        webhook: reader.text("webhook_url", Field::Webhook),
        payload: reader.text("payload", Field::Payload),
        artifacts: vec![ArtifactKind::Thumbnail, ArtifactKind::Spritesheet],
        ..Draft::default()
    };
    draft.images = images(&mut reader, &mut draft);
    let named = reader.faults.iter().any(|fault| fault.field == Field::Model);
    draft.model = if named {
        None
    } else {
        model.or(Some(DEFAULT_MODEL.to_owned()))
    };
    seconds(&mut reader, &mut draft);
    let blank = draft.prompt.as_ref().is_none_or(|prompt| prompt.trim().is_empty());
    if blank && reader.faults.iter().all(|fault| fault.field != Field::Prompt) {
        reader.faults.push(Fault::missing(Field::Prompt));
    }
    if draft.images.is_none() && reader.faults.iter().all(|fault| fault.field != Field::Image(0)) {
        reader
            .faults
            .push(Fault::new(Field::Image(0), Code::FieldMissing, NO_PICTURE));
    }
    for (name, reason) in WITHOUT_EFFECT {
        if reader.drop(name) {
            draft.warnings.push(Warning::new(name, reason));
        }
    }
    keep(reader, &mut draft);
    Ok(draft)
}

/// Text or a number; Modelverse's page calls it `duration`; others send a number of frames.
fn seconds(reader: &mut Reader<'_>, draft: &mut Draft) {
    let seconds = reader.whole("seconds", Field::Duration);
    let duration = reader.whole("duration", Field::Duration);
    let frames = reader.whole("num_frames", Field::Duration);
    let rate = reader.whole("fps", Field::Duration);
    draft.duration = seconds.or(duration).or_else(|| {
        let rate = rate
            .filter(|rate| (1..=240).contains(rate))
            .unwrap_or(i64::from(FRAME_RATE));
        frames.map(|frames| frames.saturating_add(rate / 2) / rate)
    });
    if rate.is_some_and(|rate| rate != i64::from(FRAME_RATE)) {
        let reason = format!("every clip has {FRAME_RATE} frames a second");
        draft.warnings.push(Warning::new("fps", reason));
    }
}

/// `input_reference` in its spellings, then those of self-hosted servers.
fn images(reader: &mut Reader<'_>, draft: &mut Draft) -> Option<Vec<DraftImage>> {
    let nested = reader.object_if("input_reference", "input_reference.");
    if let Some(mut nested) = nested {
        let image = one_of(&mut nested, "image_url", "file_id");
        let (faults, unknown) = nested.finish();
        reader.faults.extend(faults);
        draft.unknown.extend(unknown);
        return image.map(|image| vec![image]);
    }
    let single = reader
        .picture("input_reference", Field::Image(0))
        .or_else(|| one_of(reader, "input_reference[image_url]", "input_reference[file_id]"))
        .or_else(|| {
            let mut names = ["reference_url", "image_url", "image"].into_iter();
            names.find_map(|name| reader.picture(name, Field::Image(0)))
        });
    if let Some(image) = single {
        return Some(vec![image]);
    }
    reader.pictures("images")
}

/// A picture, or a file: one of them, as the manual says, because nobody could tell which is meant.
fn one_of(reader: &mut Reader<'_>, url: &str, id: &str) -> Option<DraftImage> {
    if reader.has(url) && reader.has(id) {
        let problem = "must have either image_url or file_id, not both";
        reader.faults.push(Fault::invalid(Field::Image(0), problem));
    }
    let image = reader.picture(url, Field::Image(0));
    image.or_else(|| file(reader, id))
}

/// There are no files but uploads.
fn file(reader: &mut Reader<'_>, name: &str) -> Option<DraftImage> {
    let text = reader.text(name, Field::Image(0))?;
    let id = upload::parse(text.trim().trim_start_matches("ssupload:?id="));
    if id.is_none() {
        let problem = "has a file_id that is no upload of this server; send image_url";
        reader.faults.push(Fault::invalid(Field::Image(0), problem));
    }
    id.map(DraftImage::Upload)
}

/// The answer for the task that the create made: the video, before anything happened to it.
pub fn answer(task: &Task, kept: Duration) -> Video {
    let view = TaskView {
        task: task.clone(),
        queue_position: None,
        links: Links::default(),
    };
    status::answer(&view, kept)
}
