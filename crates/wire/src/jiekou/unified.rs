//! `POST /v3/video/create`: one path for all models, with the model's name in the body.

use domain::{
    draft::{Draft, Faults, Field},
    places::Places,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    route::{self, ROUTES, Route},
    submit::{end, flat},
};
use crate::{inline::References, read::Reader, vidu::endpoint::Endpoint};

/// The body, for the API's description. Every other field of the model's own path is taken too.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = jiekou::UnifiedRequest, example = json!({
    "model": "vidu-q2-pro-fast-img2video", "image": "https://example.com/cat.png",
    "prompt": "The camera slowly pushes in while snow falls", "duration": 5, "resolution": "720p"
}))]
pub struct Request {
    /// The last part of a path below `/v3/async/`, or a model of `GET /v1/models`.
    pub model: String,
    /// As on the model's own path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub images: Option<Vec<String>>,
    /// Instead of `images`: one picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// The last frame, with `image` as the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_image: Option<String>,
    /// At most 2000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub prompt: Option<String>,
    /// Whole seconds, as the model allows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 16, default = 5)]
    pub duration: Option<u32>,
    /// As the model allows; in any case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(default = "720p")]
    pub resolution: Option<String>,
    /// Another name of `audio`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub add_audio: Option<bool>,
    /// Another name of `extra.webhook.url`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback: Option<String>,
}

/// Reads a body, from which `references` says what pictures were cut out.
///
/// # Errors
/// When the body is no JSON object. Values of the wrong type are faults of the draft.
pub fn draft(body: &[u8], references: &References) -> Result<Draft, Faults> {
    let mut reader = Reader::parse(body, references)?;
    let name = reader.text("model", Field::Model);
    let endpoint = endpoint(&reader);
    let found = name.as_deref().and_then(|name| route::named(name, endpoint));
    let route = Route {
        prompt_required: false,
        // Whatever the model is, all other faults are to be named too.
        ..found.unwrap_or(Route { endpoint, ..ROUTES[0] })
    };
    let mut draft = flat(&mut reader, route);
    if found.is_none() {
        draft.model = name;
    }
    if draft.images.is_none() {
        draft.places = Places::Ends;
        let ends = [("image", Field::FirstImage), ("end_image", Field::LastImage)];
        let ends = ends.map(|(name, field)| reader.picture(name, field));
        draft.images = ends[0].is_some().then(|| ends.into_iter().flatten().collect());
    }
    draft.audio = draft.audio.or(reader.truth("add_audio", Field::Audio));
    draft.webhook = reader.text("callback", Field::Webhook);
    end(reader, &mut draft);
    Ok(draft)
}

/// What kind of generation the fields speak of, where the model's name does not say it.
fn endpoint(reader: &Reader<'_>) -> Endpoint {
    let kinds = [
        ("subjects", Endpoint::Reference2Video),
        ("image_settings", Endpoint::MultiFrame),
        ("end_image", Endpoint::StartEnd2Video),
    ];
    let said = kinds.into_iter().find(|(field, _)| reader.has(field));
    said.map_or(Endpoint::Img2Video, |(_, endpoint)| endpoint)
}
