//! What a clip should be: the options that `generate` and `submit` share.

use std::path::PathBuf;

use clap::Args;
use domain::draft::{Draft, DraftImage, Fault, Faults, Field};
use serde_json::{Map, Value};

use super::failure::CliError;

/// Options of a clip.
#[derive(Debug, Clone, Args)]
pub(super) struct Wish {
    /// One picture (PNG, JPEG or WebP), or several as keyframes of one clip, in order
    #[arg(required = true, value_name = "PICTURE")]
    pub(super) pictures: Vec<PathBuf>,
    /// What should happen in the clip
    #[arg(short, long, default_value = "")]
    pub(super) prompt: String,
    /// Which model; `kinora models` shows all
    #[arg(long, default_value = "viduq2-pro")]
    pub(super) model: String,
    /// Whole seconds; the model decides what is allowed, and the default
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true)]
    pub(super) duration: Option<i64>,
    /// 360p, 540p, 720p or 1080p; the picture decides the shape
    #[arg(long, value_name = "TIER")]
    pub(super) resolution: Option<String>,
    /// auto, small, medium, large (or high)
    #[arg(long, value_name = "HOW_MUCH")]
    pub(super) movement_amplitude: Option<String>,
    /// The same seed gives the same clip; 0 draws one
    #[arg(long, allow_negative_numbers = true)]
    pub(super) seed: Option<i64>,
    /// Add music
    #[arg(long)]
    pub(super) bgm: bool,
    /// Add the sounds of the scene, and speak what the prompt puts in quotation marks
    #[arg(long)]
    pub(super) audio: bool,
    /// Whose voice speaks; `kinora voices` lists them
    #[arg(long, value_name = "VOICE")]
    pub(super) voice: Option<String>,
    /// Draw the label that says that a machine made it
    #[arg(long)]
    pub(super) watermark: bool,
}

impl Wish {
    /// The same in the domain's words, with picture `n` being inline picture `n`.
    pub(super) fn draft(&self) -> Draft {
        let count = u32::try_from(self.pictures.len()).unwrap_or(u32::MAX);
        Draft {
            model: Some(self.model.clone()),
            images: Some((0..count).map(DraftImage::Inline).collect()),
            prompt: Some(self.prompt.clone()),
            duration: self.duration,
            resolution: self.resolution.clone(),
            amplitude: self.movement_amplitude.clone(),
            seed: self.seed,
            bgm: Some(self.bgm),
            audio: Some(self.audio),
            voice: self.voice.clone(),
            watermark: Some(self.watermark),
            ..Draft::default()
        }
    }

    /// The body of a submit, with the pictures as URLs or data URIs.
    pub(super) fn body(&self, pictures: Vec<String>) -> Value {
        let mut body = Map::new();
        body.insert("model".to_owned(), self.model.as_str().into());
        body.insert("images".to_owned(), pictures.into());
        body.insert("prompt".to_owned(), self.prompt.as_str().into());
        let optional = [
            ("duration", self.duration.map(Value::from)),
            ("resolution", self.resolution.as_deref().map(Value::from)),
            (
                "movement_amplitude",
                self.movement_amplitude.as_deref().map(Value::from),
            ),
            ("seed", self.seed.map(Value::from)),
            ("bgm", self.bgm.then_some(Value::Bool(true))),
            ("audio", self.audio.then_some(Value::Bool(true))),
            ("voice_id", self.voice.as_deref().map(Value::from)),
            ("watermark", self.watermark.then_some(Value::Bool(true))),
        ];
        for (name, value) in optional {
            if let Some(value) = value {
                body.insert(name.to_owned(), value);
            }
        }
        body.into()
    }
}

/// What is wrong with a wish, in the command line's words.
pub(super) fn wrong(faults: &Faults) -> CliError {
    let problems: Vec<String> = faults.0.iter().map(sentence).collect();
    CliError::Usage(problems.join("\n       "))
}

fn sentence(fault: &Fault) -> String {
    format!("{} {}", name(fault.field), fault.problem)
}

/// A field in the command line's words.
pub(super) fn name(field: Field) -> String {
    match field {
        Field::Model => "--model".to_owned(),
        Field::Images => "the pictures".to_owned(),
        Field::Image(index) => format!("picture {}", index + 1),
        Field::Prompt => "--prompt".to_owned(),
        Field::Duration => "--duration".to_owned(),
        Field::Resolution => "--resolution".to_owned(),
        Field::Amplitude => "--movement-amplitude".to_owned(),
        Field::Seed => "--seed".to_owned(),
        Field::Bgm => "--bgm".to_owned(),
        Field::Audio => "--audio".to_owned(),
        Field::Voice => "--voice".to_owned(),
        Field::Watermark => "--watermark".to_owned(),
        _ => "the request".to_owned(),
    }
}
