//! Uploading a picture in three steps: ask for an address, PUT the bytes there, say that it is done.

use domain::{request::UploadId, time::Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{rfc3339, upload};

/// The first step's body. It may say anything else too, or be missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = vidu::UploadRequest, example = json!({"scene": "vidu"}))]
pub struct Request {
    pub scene: String,
}

/// The first step's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = vidu::Upload, example = json!({
    "id": "5577006791947779410",
    "put_url": "https://kinora.example/tools/v2/files/content/1/5577006791947779410?expires=1795164010&signature=…",
    "expires_at": "2026-11-20T08:40:05.000Z"
}))]
pub struct Answer {
    /// Decimal digits.
    pub id: String,
    /// Takes the picture by PUT, without a key; its answer's `etag` belongs into the third step.
    pub put_url: String,
    /// When the address ends (RFC 3339, UTC).
    pub expires_at: String,
}

/// The third step's body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = vidu::FinishRequest, example = json!({"etag": "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"}))]
pub struct Finish {
    /// With or without its quotes.
    pub etag: String,
}

/// The third step's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = vidu::Uploaded, example = json!({"uri": "ssupload:?id=5577006791947779410"}))]
pub struct Finished {
    /// Stands for the picture in `images`.
    pub uri: String,
}

/// Shows where to put the picture.
pub fn answer(id: UploadId, put_url: String, expires_at: Timestamp) -> Answer {
    Answer {
        id: id.0.to_string(),
        put_url,
        expires_at: rfc3339::text(expires_at),
    }
}

/// The etag of the third step's body.
pub fn etag(body: &[u8]) -> Option<String> {
    let finish: Finish = serde_json::from_slice(body).ok()?;
    Some(finish.etag.trim().trim_matches('"').to_owned())
}

/// Shows the picture's URI.
pub fn finished(id: UploadId) -> Finished {
    Finished { uri: upload::uri(id) }
}
