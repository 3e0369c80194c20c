//! A remix: an old video's picture with another prompt.

use domain::{
    draft::{Fault, Faults, Field},
    remake::Changes,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{inline::References, read::Reader};

/// The body of a remix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = openai::RemixRequest, example = json!({"prompt": "now it snows."}))]
pub struct Request {
    pub prompt: String,
}

/// Reads the body.
///
/// # Errors
/// When it is no JSON object, or has no prompt.
pub fn changes(body: &[u8]) -> Result<Changes, Faults> {
    let references = References::none();
    let mut reader = Reader::parse(body, &references)?;
    let prompt = reader
        .text("prompt", Field::Prompt)
        .filter(|prompt| !prompt.trim().is_empty());
    let (mut faults, _) = reader.finish();
    if prompt.is_none() && faults.is_empty() {
        faults.push(Fault::missing(Field::Prompt));
    }
    if faults.is_empty() {
        Ok(Changes { prompt, seed: None })
    } else {
        Err(Faults(faults))
    }
}
