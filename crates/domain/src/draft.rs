//! From what a client said to what will be done. [`Draft::resolve`] is the only way, so that all dialects
//! share one set of rules, and it names every fault at once.

mod address;
mod extras;
mod images;

use std::fmt;

use serde::{Deserialize, Serialize};

use self::address::{NotAsked, WITHOUT_CREDENTIALS, http_url};
use crate::{
    artifact::ArtifactKind,
    catalog::{Catalog, Limits, Model, Operation},
    failure::Code,
    places::Places,
    request::{Amplitude, GenerationRequest, Resolution, Shape, UploadId, Warning, Webhook},
};

/// The fields of a request, in our words. A dialect knows its own spelling of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The body as a whole.
    Body,
    Model,
    /// Which kind of generation (Modelverse's `vidu_type`).
    Operation,
    Images,
    /// The n-th picture, from 0.
    Image(usize),
    /// The only picture, where there is a field for one alone.
    OnlyImage,
    /// The first picture, where it and the last have fields of their own.
    FirstImage,
    LastImage,
    /// The picture before the first segment.
    StartImage,
    /// The picture of the n-th segment, from 0.
    KeyImage(usize),
    /// What a clip of references shows, with the pictures of each.
    Subjects,
    /// Of which subject, and which of its pictures, both from 0.
    SubjectImage(usize, usize),
    Prompt,
    Duration,
    Resolution,
    Amplitude,
    Seed,
    Bgm,
    Audio,
    Voice,
    Watermark,
    OffPeak,
    Webhook,
    Payload,
    /// Width and height in pixels.
    Size,
    AspectRatio,
    /// Where the watermark stands.
    Corner,
    /// The picture that is drawn as the watermark.
    Mark,
    MetaData,
    /// The pictures of a clip of several, with their seconds.
    Segments,
}

/// One thing that is wrong with a request. `problem` completes a sentence that begins with the field's
/// name: "must be a whole number from 1 to 10".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub field: Field,
    pub code: Code,
    pub problem: String,
}

impl Fault {
    pub fn new(field: Field, code: Code, problem: impl Into<String>) -> Self {
        Self {
            field,
            code,
            problem: problem.into(),
        }
    }

    pub fn missing(field: Field) -> Self {
        Self::new(field, Code::FieldMissing, "is required")
    }

    pub(crate) fn unknown_model() -> Self {
        Self::new(Field::Model, Code::ModelUnknown, "is not a model of this service")
    }

    pub fn invalid(field: Field, problem: impl Into<String>) -> Self {
        Self::new(field, Code::FieldInvalid, problem)
    }
}

/// Everything that is wrong with a request; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.0.iter().enumerate() {
            if index > 0 {
                formatter.write_str("; ")?;
            }
            write!(formatter, "{:?} {}", fault.field, fault.problem)?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}

/// One picture as the client named it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftImage {
    /// Some text that should be an http or https URL.
    Url(String),
    /// The n-th inline picture that came with the body.
    Inline(u32),
    /// A picture that was uploaded before.
    Upload(UploadId),
}

/// How a task that never was should seem to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MockEnd {
    Succeeded,
    Failed,
}

/// What one dialect said: every field optional, nothing checked but its JSON type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    pub operation: Operation,
    pub model: Option<String>,
    /// `None`: the field was absent. Absent and empty are both faults, told apart in the answer.
    pub images: Option<Vec<DraftImage>>,
    /// Where those stood.
    pub places: Places,
    /// Whether the dialect takes exactly one picture where others take several.
    pub one_image: bool,
    /// For [`Operation::MultiFrame`]: the seconds from each picture to the next.
    pub segments: Vec<i64>,
    pub prompt: Option<String>,
    /// Whether the dialect demands the prompt's key (it may still be empty).
    pub prompt_required: bool,
    pub duration: Option<i64>,
    pub resolution: Option<String>,
    pub amplitude: Option<String>,
    pub seed: Option<i64>,
    pub bgm: Option<bool>,
    pub audio: Option<bool>,
    pub voice: Option<String>,
    pub watermark: Option<bool>,
    pub off_peak: Option<bool>,
    pub webhook: Option<String>,
    /// The client only tries its webhook: no task is to be made.
    pub mock: Option<MockEnd>,
    /// Empty is none.
    pub payload: Option<String>,
    /// `1280x720`.
    pub size: Option<String>,
    /// `16:9`.
    pub aspect_ratio: Option<String>,
    /// A number or words, as [`crate::request::Corner::from_name`] reads them.
    pub corner: Option<String>,
    /// Drawn as the watermark instead of the configured text.
    pub mark: Option<DraftImage>,
    /// A JSON text.
    pub meta_data: Option<String>,
    /// Results beyond the usual ones that the dialect hands out.
    pub artifacts: Vec<ArtifactKind>,
    /// Fields that the dialect does not know: accepted, without effect, reported as warnings.
    pub unknown: Vec<String>,
    /// Fields that the dialect knows and that have no effect here, each with its own reason.
    pub warnings: Vec<Warning>,
    /// Values of the wrong JSON type, found while reading the body. A faulty picture still takes its
    /// place in `images`, so that the others keep their numbers.
    pub faults: Vec<Fault>,
}

/// A request that will be done, and what of it will have no effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    pub request: GenerationRequest,
    pub warnings: Vec<Warning>,
}

/// Characters, by Vidu's manual.
const LONGEST_PAYLOAD: usize = 1_048_576;
pub(crate) const LARGEST_SEED: i64 = 2_147_483_647;

impl Draft {
    /// Fills in defaults and checks every value against the model's limits. `drawn_seed` is taken when
    /// the client sent none, zero, or a negative one.
    ///
    /// # Errors
    /// All faults of the request, in the order of the fields.
    pub fn resolve(self, catalog: &Catalog, drawn_seed: u32) -> Result<Resolved, Faults> {
        let mut faults = self.faults.clone();
        let model = self.find_model(catalog, &mut faults);
        let limits = model.map_or(&[] as &[Limits], |model| model.limits(self.operation));
        if model.is_some() && limits.is_empty() {
            faults.push(Fault::invalid(Field::Operation, "is not offered by this model"));
        }
        let images = self.check_images(&mut faults);
        let prompt = self.check_prompt(model, &mut faults);
        let shape = self.check_shape(model, &mut faults);
        let (duration, resolution) = self.check_limits(limits, shape, &mut faults);
        let amplitude = self.check_amplitude(&mut faults);
        let seed = self.check_seed(drawn_seed, &mut faults);
        let voice = self.check_voice(&mut faults);
        let webhook = self.check_webhook(&mut faults);
        let payload = self.check_payload(&mut faults);
        let extras = self.check_extras(shape, &mut faults);
        let (Some(model), true) = (model, faults.is_empty()) else {
            return Err(Faults(faults));
        };
        let request = GenerationRequest {
            model: model.name.clone(),
            engine: model.engine.clone(),
            profile: model.profile,
            images,
            prompt,
            duration,
            resolution,
            amplitude,
            seed,
            bgm: self.bgm.unwrap_or(false),
            audio: self.audio.unwrap_or(false),
            voice,
            watermark: self.watermark.unwrap_or(false),
            off_peak: self.off_peak.unwrap_or(false),
            webhook,
            payload,
            extras,
        };
        let warnings = self.warnings(&request);
        Ok(Resolved { request, warnings })
    }

    fn has_fault(&self, field: Field) -> bool {
        self.faults.iter().any(|fault| fault.field == field)
    }

    fn find_model<'c>(&self, catalog: &'c Catalog, faults: &mut Vec<Fault>) -> Option<&'c Model> {
        let Some(name) = &self.model else {
            if !self.has_fault(Field::Model) {
                faults.push(Fault::missing(Field::Model));
            }
            return None;
        };
        let model = catalog.model(name);
        if model.is_none() {
            faults.push(Fault::unknown_model());
        }
        model
    }

    fn check_prompt(&self, model: Option<&Model>, faults: &mut Vec<Fault>) -> String {
        let Some(prompt) = &self.prompt else {
            if self.prompt_required && !self.has_fault(Field::Prompt) {
                faults.push(Fault::missing(Field::Prompt));
            }
            return String::new();
        };
        let limit = model.map_or(usize::MAX, |model| model.prompt_limit);
        if prompt.chars().count() > limit {
            faults.push(Fault::invalid(
                Field::Prompt,
                format!("must have at most {limit} characters"),
            ));
        }
        prompt.clone()
    }

    /// The duration decides which row of the limits counts; without one, the resolution does.
    fn check_limits(&self, limits: &[Limits], shape: Shape, faults: &mut Vec<Fault>) -> (u32, Resolution) {
        let resolution = match &self.resolution {
            None => extras::tier(shape, limits),
            Some(name) => {
                let known = Resolution::from_name(name);
                let allowed = known.filter(|tier| limits.iter().any(|row| row.resolutions.contains(tier)));
                if allowed.is_none() && (known.is_none() || !limits.is_empty()) {
                    let names = resolution_names(limits);
                    faults.push(Fault::invalid(Field::Resolution, format!("must be one of {names}")));
                }
                allowed
            }
        };
        let row = limits.iter().find(|row| match (self.duration, resolution) {
            _ if self.operation == Operation::MultiFrame => true,
            (Some(seconds), _) => row.durations.iter().any(|allowed| i64::from(*allowed) == seconds),
            (None, Some(tier)) => row.resolutions.contains(&tier),
            (None, None) => true,
        });
        let Some(row) = row else {
            if !limits.is_empty() {
                let durations = duration_text(limits);
                faults.push(Fault::invalid(
                    Field::Duration,
                    format!("must be a whole number of seconds: {durations}"),
                ));
            }
            return (0, Resolution::P720);
        };
        let seconds = self
            .seconds(faults)
            .and_then(|seconds| u32::try_from(seconds).ok())
            .unwrap_or(row.default_duration);
        let first = row.resolutions.first().copied().unwrap_or(Resolution::P720);
        let tier = resolution.unwrap_or(first);
        if !row.resolutions.contains(&tier) {
            let names = resolution_names(std::slice::from_ref(row));
            faults.push(Fault::invalid(
                Field::Resolution,
                format!("must be {names} at {seconds} seconds"),
            ));
        }
        (seconds, tier)
    }

    fn check_amplitude(&self, faults: &mut Vec<Fault>) -> Amplitude {
        let Some(name) = &self.amplitude else {
            return Amplitude::Auto;
        };
        Amplitude::from_name(name).unwrap_or_else(|| {
            faults.push(Fault::invalid(
                Field::Amplitude,
                "must be one of auto, small, medium, large (or high)",
            ));
            Amplitude::Auto
        })
    }

    fn check_seed(&self, drawn: u32, faults: &mut Vec<Fault>) -> u32 {
        let seed = self.seed.unwrap_or(0);
        if seed > LARGEST_SEED {
            faults.push(Fault::invalid(Field::Seed, format!("must be at most {LARGEST_SEED}")));
        }
        seed_or_drawn(seed, drawn)
    }

    fn check_voice(&self, faults: &mut Vec<Fault>) -> Option<String> {
        let voice = self.voice.as_deref().filter(|voice| !voice.is_empty())?;
        let plain = |character: char| character.is_alphanumeric() || " _-.()+&'".contains(character);
        if voice.chars().count() > 128 || !voice.chars().all(plain) {
            faults.push(Fault::invalid(
                Field::Voice,
                "must be a voice's id: at most 128 letters, digits, _ or -",
            ));
        }
        Some(voice.to_owned())
    }

    fn check_webhook(&self, faults: &mut Vec<Fault>) -> Option<Webhook> {
        let text = self.webhook.as_deref().filter(|text| !text.is_empty())?;
        match http_url(text) {
            Ok(url) => return Some(Webhook { url }),
            Err(NotAsked::Form) => faults.push(Fault::invalid(Field::Webhook, "must be an http or https URL")),
            Err(NotAsked::Credentials) => faults.push(Fault::invalid(Field::Webhook, WITHOUT_CREDENTIALS)),
        }
        None
    }

    fn check_payload(&self, faults: &mut Vec<Fault>) -> Option<String> {
        let payload = self.payload.as_ref().filter(|payload| !payload.is_empty())?;
        if payload.chars().count() > LONGEST_PAYLOAD {
            let problem = format!("must have at most {LONGEST_PAYLOAD} characters");
            faults.push(Fault::invalid(Field::Payload, problem));
        }
        Some(payload.clone())
    }

    fn warnings(&self, request: &GenerationRequest) -> Vec<Warning> {
        let unknown = self
            .unknown
            .iter()
            .map(|name| Warning::new(name, "unknown field, without effect"));
        let mut warnings: Vec<Warning> = self.warnings.iter().cloned().chain(unknown).collect();
        if self.mark.is_some() && !request.watermark {
            warnings.push(Warning::new("wm_url", "only has an effect when watermark is true"));
        }
        if request.voice.is_some() && !request.audio {
            warnings.push(Warning::new("voice_id", "only has an effect when audio is true"));
        }
        warnings
    }
}

/// The client's seed, or one made from random bits where it left the choice.
pub(crate) fn seed_or_drawn(seed: i64, drawn: u32) -> u32 {
    match u32::try_from(seed) {
        Ok(seed) if seed > 0 => seed,
        _ => (drawn & 0x7fff_ffff).max(1),
    }
}

fn resolution_names(limits: &[Limits]) -> String {
    let tiers = Resolution::ALL
        .into_iter()
        .filter(|tier| limits.iter().any(|row| row.resolutions.contains(tier)));
    let names: Vec<&str> = tiers.map(Resolution::name).collect();
    if names.is_empty() {
        Resolution::ALL.map(Resolution::name).join(", ")
    } else {
        names.join(", ")
    }
}

fn duration_text(limits: &[Limits]) -> String {
    let mut durations: Vec<u32> = limits.iter().flat_map(|row| row.durations.iter().copied()).collect();
    durations.sort_unstable();
    durations.dedup();
    match (durations.first(), durations.last()) {
        (Some(first), Some(last)) if durations.len() > 2 && (last - first) as usize + 1 == durations.len() => {
            format!("{first} to {last}")
        }
        _ => durations.iter().map(u32::to_string).collect::<Vec<_>>().join(" or "),
    }
}
