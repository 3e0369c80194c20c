//! A Modelverse submit: its body into a draft, and the answer.

use domain::{
    catalog::Operation,
    draft::{Draft, DraftImage, Fault, Faults, Field},
    places::Places,
    request::Warning,
    task::Task,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    inline::References,
    read::{Reader, keep},
    sequence,
    vidu::endpoint::{self, Endpoint},
};

/// The body of a submit, for the API's description; reading goes through [`draft`], which is more lenient
/// about types than this says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = modelverse::SubmitRequest, example = json!({
    "model": "viduq2-pro",
    "input": {"first_frame_url": "https://example.com/cat.png", "prompt": "make it dance."},
    "parameters": {"vidu_type": "img2video", "duration": 5, "resolution": "1080p", "movement_amplitude": "auto", "bgm": true}
}))]
pub struct Request {
    /// A model of `GET /v1/models`.
    pub model: String,
    pub input: Input,
    pub parameters: Parameters,
}

/// The pictures and what should happen to them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = modelverse::Input)]
pub struct Input {
    /// An http or https URL, or a `data:image/png;base64,…` URI (png, jpeg, webp; at most 50 MB; 1:4 to 4:1).
    pub first_frame_url: String,
    /// The clip's last frame; only with `start-end2video`, and required there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_frame_url: Option<String>,
    /// At most 2000 characters; may be left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub prompt: Option<String>,
}

/// How the clip should be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = modelverse::Parameters)]
pub struct Parameters {
    /// `img2video`, `start-end2video` or `reference2video`; `text2video` is refused: no engine here does it.
    #[schema(example = "img2video")]
    pub vidu_type: String,
    /// Whole seconds, as the model allows; 5 when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 16, default = 5)]
    pub duration: Option<u32>,
    /// 0 or none: drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 2147483647, default = 0)]
    pub seed: Option<u32>,
    /// As the model allows; in any case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "720p")]
    pub resolution: Option<String>,
    /// `auto`, `small`, `medium`, `large` (or `high`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(default = "auto")]
    pub movement_amplitude: Option<String>,
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
}

/// The answer to an accepted submit, HTTP 200.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = modelverse::SubmitAnswer)]
pub struct Answer {
    pub output: AnswerOutput,
    /// Id of the HTTP request.
    #[schema(example = "3f2c1c52-5a2e-4b7e-9b0f-2f6a7f3c9d10")]
    pub request_id: String,
}

/// Holds the id that status queries need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = modelverse::SubmitOutput)]
pub struct AnswerOutput {
    /// Decimal digits.
    #[schema(example = "7530125487000584192")]
    pub task_id: String,
}

/// Reads a body, from which `references` says what pictures were cut out.
///
/// # Errors
/// When the body is no JSON object. Values of the wrong type are faults of the draft.
pub fn draft(body: &[u8], references: &References) -> Result<Draft, Faults> {
    let mut top = Reader::parse(body, references)?;
    let model = top.text("model", Field::Model);
    let input = top.object("input", "input.", Field::Images, "must be an object");
    let parameters = top.object(
        "parameters",
        "parameters.",
        Field::Operation,
        "must be within an object",
    );
    let mut draft = Draft {
        model,
        ..Draft::default()
    };
    keep(top, &mut draft);
    let kind = read_parameters(parameters, &mut draft);
    read_input(input, kind, &mut draft);
    Ok(draft)
}

/// The answer for the task that the submit made.
pub fn answer(task: &Task) -> Answer {
    Answer {
        output: AnswerOutput {
            task_id: task.id.to_string(),
        },
        request_id: task.request_id.clone(),
    }
}

/// Which kind of generation it is; [`Endpoint::Img2Video`] when that is at fault.
fn read_parameters(parameters: Option<Reader<'_>>, draft: &mut Draft) -> Endpoint {
    let missing = || Fault::missing(Field::Operation);
    let Some(mut reader) = parameters else {
        if draft.faults.iter().all(|fault| fault.field != Field::Operation) {
            draft.faults.push(missing());
        }
        return Endpoint::Img2Video;
    };
    let word = reader.text("vidu_type", Field::Operation);
    let kind = word.as_deref().and_then(|word| endpoint::find(word).ok());
    let kind = kind.filter(|kind| *kind != Endpoint::MultiFrame);
    match (&word, kind) {
        (Some(_), Some(kind)) => draft.operation = kind.operation(),
        (Some(_), None) => {
            let problem = "must be img2video, start-end2video or reference2video: this server makes videos from pictures, and \
                nothing else";
            reader.faults.push(Fault::invalid(Field::Operation, problem));
        }
        (None, _) if reader.faults.is_empty() => reader.faults.push(missing()),
        (None, _) => {}
    }
    let kind = kind.unwrap_or(Endpoint::Img2Video);
    if kind == Endpoint::Reference2Video {
        draft.aspect_ratio = reader.text("aspect_ratio", Field::AspectRatio);
    }
    draft.duration = reader.whole("duration", Field::Duration);
    draft.resolution = reader.text("resolution", Field::Resolution);
    draft.amplitude = reader.text("movement_amplitude", Field::Amplitude);
    draft.seed = reader.whole("seed", Field::Seed);
    draft.bgm = reader.truth("bgm", Field::Bgm);
    draft.audio = reader.truth("audio", Field::Audio);
    draft.voice = reader.text("voice_id", Field::Voice);
    draft.watermark = reader.truth("watermark", Field::Watermark);
    draft.off_peak = reader.truth("off_peak", Field::OffPeak);
    keep(reader, draft);
    kind
}

fn read_input(input: Option<Reader<'_>>, kind: Endpoint, draft: &mut Draft) {
    let Some(mut reader) = input else {
        if draft.faults.iter().all(|fault| fault.field != Field::Images) {
            draft.places = Places::Ends;
            draft.faults.push(Fault::missing(Field::FirstImage));
        }
        return;
    };
    draft.prompt = reader.text("prompt", Field::Prompt);
    match kind {
        Endpoint::Reference2Video => sequence::references(&mut reader, draft),
        Endpoint::Text2Video => sequence::text_alone(&mut reader, draft),
        _ => read_frames(&mut reader, draft),
    }
    keep(reader, draft);
}

fn read_frames(reader: &mut Reader<'_>, draft: &mut Draft) {
    draft.places = Places::Ends;
    let mut images = vec![reader.picture("first_frame_url", Field::FirstImage)];
    match draft.operation {
        Operation::StartEndToVideo => images.push(reader.picture("last_frame_url", Field::LastImage)),
        _ if reader.drop("last_frame_url") => draft.warnings.push(Warning::new(
            "input.last_frame_url",
            "only has an effect when parameters.vidu_type is start-end2video",
        )),
        _ => {}
    }
    for (index, image) in images.iter().enumerate() {
        if image.is_none() {
            reader.faults.push(Fault::missing(draft.places.field(index)));
        }
    }
    let placed = images
        .into_iter()
        .map(|image| image.unwrap_or(DraftImage::Url(String::new())));
    draft.images = Some(placed.collect());
}
