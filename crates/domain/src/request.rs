//! What will be done: a request with every default filled in and every value in range.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::{artifact::ArtifactKind, media::Size, places::Places};

/// The foreign wire formats, and our own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dialect {
    Kinora,
    Modelverse,
    Jiekou,
    Vidu,
    #[serde(rename = "openai")]
    OpenAi,
}

impl Dialect {
    pub const ALL: [Self; 5] = [Self::Kinora, Self::Modelverse, Self::Jiekou, Self::Vidu, Self::OpenAi];

    pub fn name(self) -> &'static str {
        match self {
            Self::Kinora => "kinora",
            Self::Modelverse => "modelverse",
            Self::Jiekou => "jiekou",
            Self::Vidu => "vidu",
            Self::OpenAi => "openai",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dialect| dialect.name() == name)
    }
}

/// The pixel tier. The picture decides the shape; the tier decides the area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Resolution {
    #[serde(rename = "360p")]
    P360,
    #[serde(rename = "540p")]
    P540,
    #[serde(rename = "720p")]
    P720,
    #[serde(rename = "1080p")]
    P1080,
}

impl Resolution {
    pub const ALL: [Self; 4] = [Self::P360, Self::P540, Self::P720, Self::P1080];

    pub fn name(self) -> &'static str {
        match self {
            Self::P360 => "360p",
            Self::P540 => "540p",
            Self::P720 => "720p",
            Self::P1080 => "1080p",
        }
    }

    /// Case-insensitive: some clients send `720P`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|tier| tier.name().eq_ignore_ascii_case(name))
    }
}

/// How much everything moves. `high` is another spelling of `large`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amplitude {
    /// The prompt and the picture decide.
    Auto,
    Small,
    Medium,
    Large,
}

impl Amplitude {
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "auto" => Some(Self::Auto),
            "small" => Some(Self::Small),
            "medium" => Some(Self::Medium),
            "large" | "high" => Some(Self::Large),
            _ => None,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }
}

/// How a model trades time for quality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// Best sampling and the finest quantiser.
    Pro,
    /// In between.
    Turbo,
    /// At most 0.7 of pro's time.
    Fast,
}

/// Where one picture comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImageSource {
    /// Fetched by the worker.
    Url(Url),
    /// Sent with the request: the n-th of the inline pictures that came beside the body. Its bytes are
    /// stored before the task is.
    Inline(u32),
    /// Uploaded before; its bytes are copied before the task is stored.
    Upload(UploadId),
}

/// The number of an uploaded picture: random, and good for one key alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct UploadId(pub u64);

/// Where the result of a task is announced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Webhook {
    pub url: Url,
}

/// What will be done. No field is left for an engine to interpret or default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GenerationRequest {
    /// Public name, as in the catalog.
    pub model: String,
    /// Which engine serves the model.
    pub engine: String,
    pub profile: Profile,
    /// At least one. Several are keyframes of one clip: the first is the first frame, the last the last,
    /// the others evenly spaced between them, unless `extras.spans` says otherwise.
    pub images: Vec<ImageSource>,
    /// At most the model's limit of characters; may be empty.
    pub prompt: String,
    /// Whole seconds, 1 to 63.
    pub duration: u32,
    pub resolution: Resolution,
    pub amplitude: Amplitude,
    /// 1 to 2147483647: drawn when the client sent none.
    pub seed: u32,
    pub bgm: bool,
    pub audio: bool,
    pub voice: Option<String>,
    pub watermark: bool,
    pub off_peak: bool,
    pub webhook: Option<Webhook>,
    /// What the client wants to read again in answers and to find its task by. No engine looks at it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload: Option<String>,
    /// What only some dialects can say.
    #[serde(default)]
    pub extras: Extras,
}

impl GenerationRequest {
    /// The amplitude in the client's own word, for dialects that give back what was sent.
    pub fn amplitude_word(&self) -> &str {
        let word = self.extras.amplitude_word.as_deref();
        word.unwrap_or_else(|| self.amplitude.name())
    }
}

/// What only some dialects can say, with nothing said as the default.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Extras {
    pub shape: Shape,
    /// Where the watermark stands, if there is one.
    pub corner: Corner,
    /// Drawn as the watermark instead of the configured text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mark: Option<ImageSource>,
    /// The fields that the images came in.
    #[serde(skip_serializing_if = "Places::is_list")]
    pub places: Places,
    /// A JSON text for the file's label.
    pub meta_data: Option<String>,
    /// Results beyond the usual ones.
    pub artifacts: Vec<ArtifactKind>,
    /// The amplitude as the client spelled it, where that is another word than ours. No engine looks at it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amplitude_word: Option<String>,
    /// The frame's size, where `shape` does not say it and it could be told before anybody worked on the task. No engine
    /// looks at it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<Size>,
    /// Whole seconds from each picture to the next; none when they are evenly spaced.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<u32>,
}

/// Who decides the frame's width and height.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// The first picture decides the shape, the resolution the area.
    #[default]
    Picture,
    /// Width to height; the resolution decides the area, and pictures are cropped to it.
    Ratio(u32, u32),
    /// These pixels, both sides even; pictures are cropped to it.
    Pixels(Size),
    /// These pixels, and the picture must have them already.
    Exactly(Size),
}

/// One of a frame's corners.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Corner {
    TopLeft,
    TopRight,
    #[default]
    BottomRight,
    BottomLeft,
}

impl Corner {
    /// Numbers run clockwise from the top left, 1 to 4; words are joined by `_` or `-`.
    pub fn from_name(name: &str) -> Option<Self> {
        match name.trim().to_ascii_lowercase().replace('-', "_").as_str() {
            "1" | "top_left" => Some(Self::TopLeft),
            "2" | "top_right" => Some(Self::TopRight),
            "3" | "bottom_right" => Some(Self::BottomRight),
            "4" | "bottom_left" => Some(Self::BottomLeft),
            _ => None,
        }
    }
}

/// A field that was accepted and had no effect, or a picture that was left out, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// The field's name in our words (or, for an unknown field, the client's).
    pub field: String,
    pub reason: String,
}

impl Warning {
    pub fn new(field: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            reason: reason.into(),
        }
    }
}
