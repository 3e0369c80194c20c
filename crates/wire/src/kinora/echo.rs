//! What was asked, without picture bytes and without what URLs may hide.

use domain::request::{Amplitude, GenerationRequest, ImageSource, Resolution};
use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::ToSchema;

/// The request with its defaults filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = kinora::Request)]
pub struct Echo {
    pub images: Vec<Image>,
    pub prompt: String,
    /// Whole seconds.
    pub duration: u32,
    #[schema(value_type = String, example = "720p")]
    pub resolution: Resolution,
    #[schema(value_type = String, example = "auto")]
    pub movement_amplitude: Amplitude,
    pub bgm: bool,
    pub audio: bool,
    pub voice_id: Option<String>,
    pub watermark: bool,
    pub off_peak: bool,
    /// Without its query.
    pub webhook_url: Option<String>,
    pub payload: Option<String>,
}

/// Where a picture came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schema(as = kinora::Image)]
pub enum Image {
    /// Fetched; the URL without its query.
    Url { url: String },
    /// Sent with the request.
    Inline,
    /// Uploaded before.
    Upload,
}

pub(super) fn of(request: &GenerationRequest) -> Echo {
    let image = |source: &ImageSource| match source {
        ImageSource::Url(url) => Image::Url { url: plain(url) },
        ImageSource::Inline(_) => Image::Inline,
        ImageSource::Upload(_) => Image::Upload,
    };
    Echo {
        images: request.images.iter().map(image).collect(),
        prompt: request.prompt.clone(),
        duration: request.duration,
        resolution: request.resolution,
        movement_amplitude: request.amplitude,
        bgm: request.bgm,
        audio: request.audio,
        voice_id: request.voice.clone(),
        watermark: request.watermark,
        off_peak: request.off_peak,
        webhook_url: request.webhook.as_ref().map(|webhook| plain(&webhook.url)),
        payload: request.payload.clone(),
    }
}

/// Scheme, host, port and path. User name, password, query and fragment may hold secrets.
fn plain(url: &Url) -> String {
    format!("{}{}", url.origin().ascii_serialization(), url.path())
}
