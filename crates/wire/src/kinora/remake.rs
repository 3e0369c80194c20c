//! A retry's body: what is to be different this time.

use domain::{
    draft::{Faults, Field},
    remake::Changes,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{inline::References, read::Reader};

/// Everything that is left out stays as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = kinora::RetryRequest, example = json!({"prompt": "make it snow", "seed": 0}))]
pub struct Request {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
    /// 0 draws another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 2147483647)]
    pub seed: Option<u32>,
}

/// What is left of a deleted task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = kinora::Deleted)]
pub struct Deleted {
    #[schema(example = "7530125487000584192")]
    pub id: String,
    /// Always true.
    pub deleted: bool,
}

/// Reads a body; none at all changes nothing.
///
/// # Errors
/// When there is one and it is no JSON object, or a value is of the wrong type.
pub fn changes(body: &[u8]) -> Result<Changes, Faults> {
    if body.trim_ascii().is_empty() {
        return Ok(Changes::default());
    }
    let none = References::none();
    let mut reader = Reader::parse(body, &none)?;
    let changes = Changes {
        prompt: reader.text("prompt", Field::Prompt),
        seed: reader.whole("seed", Field::Seed),
    };
    match reader.finish() {
        (faults, _) if faults.is_empty() => Ok(changes),
        (faults, _) => Err(Faults(faults)),
    }
}
