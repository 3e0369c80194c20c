//! OpenAI's one table from failure codes to its words.

use std::borrow::Cow;

use domain::{
    draft::Faults,
    failure::{Code, Failure},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::fields;
use crate::verdict;

/// The body of every error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = openai::Error, example = json!({
    "error": {"message": "seconds must be a whole number of seconds: 4 or 8 or 12 or 16 or 20", "type": "invalid_request_error",
        "param": "seconds", "code": "invalid_value"}
}))]
pub struct Body {
    pub error: Error,
}

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = openai::ErrorDetail)]
pub struct Error {
    pub message: String,
    #[serde(rename = "type")]
    pub kind: String,
    /// The first faulty field, or the query's faulty parameter.
    pub param: Option<String>,
    pub code: Option<String>,
}

/// One line of the dialect's error table: HTTP status, type and code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub status: u16,
    pub kind: &'static str,
    pub code: Option<&'static str>,
}

const REQUEST: &str = "invalid_request_error";
const SERVER: &str = "server_error";

/// What the service itself says of a picture that has another size than the video.
const WRONG_SIZE: &str = "Inpaint image must match the requested width and height";

/// The line for a failure code.
pub fn table(code: Code) -> Row {
    let (status, kind, code) = match code {
        Code::KeyMissing | Code::KeyInvalid => (401, REQUEST, Some("invalid_api_key")),
        Code::BodyMalformed => (400, REQUEST, Some("invalid_body")),
        Code::BodyTooLarge => (413, REQUEST, Some("body_too_large")),
        Code::FieldMissing => (400, REQUEST, Some("missing_required_parameter")),
        Code::FieldInvalid | Code::FieldUnwanted | Code::ImageCount => (400, REQUEST, Some("invalid_value")),
        Code::ModelUnknown | Code::EngineUnavailable => (400, REQUEST, Some("model_not_found")),
        Code::ImageUnreachable | Code::ImageForbiddenAddress => (400, REQUEST, Some("invalid_image_url")),
        Code::ImageFormat | Code::ImageTooLarge | Code::ImageTooManyPixels | Code::ImageRatio => {
            (400, REQUEST, Some("invalid_image"))
        }
        Code::ImageSize | Code::CancelTooLate => (400, REQUEST, None),
        Code::TaskUnknown | Code::TaskIdMalformed | Code::UploadUnknown => (404, REQUEST, None),
        Code::RouteUnknown => (404, REQUEST, Some("unknown_url")),
        Code::AddressInvalid => (403, REQUEST, None),
        Code::MethodNotAllowed => (405, REQUEST, Some("method_not_allowed")),
        Code::IdempotencyMismatch => (409, REQUEST, Some("idempotency_mismatch")),
        // A gateway that polls gives a task up for any error but one with this code.
        Code::RateLimited => (429, "rate_limit_error", Some("429")),
        Code::QueueFull => (429, "video_generation_user_error", None),
        Code::QuotaExceeded => (429, "insufficient_quota", Some("insufficient_quota")),
        Code::Cancelled => (400, REQUEST, Some("cancelled")),
        Code::TimedOut | Code::OffPeakExpired => (504, SERVER, Some("timed_out")),
        Code::DiskFull | Code::ShuttingDown => (503, SERVER, Some("unavailable")),
        Code::AttemptsExhausted | Code::Internal => (500, SERVER, Some("internal_error")),
    };
    Row { status, kind, code }
}

/// The answer to a refused request: HTTP status and body.
pub fn faults(faults: &Faults, _request_id: &str) -> (u16, Body) {
    let row = verdict::shared(faults, table);
    let sizes_alone = faults.0.iter().all(|fault| fault.code == Code::ImageSize);
    let message = if sizes_alone {
        WRONG_SIZE.to_owned()
    } else {
        verdict::sentence(faults, fields::name)
    };
    let param = faults.0.first().map(|fault| fields::name(fault.field).into_owned());
    body(row, message, param)
}

/// The answer to any other failure: HTTP status and body.
pub fn failure(failure: &Failure, _request_id: &str) -> (u16, Body) {
    body(
        table(failure.code),
        said(failure).into_owned(),
        failure.parameter.clone(),
    )
}

/// The public text in this dialect's words.
pub(super) fn said(failure: &Failure) -> Cow<'static, str> {
    match failure.code {
        Code::KeyMissing => "You didn't provide an API key. Send it as Authorization: Bearer <key>.".into(),
        Code::KeyInvalid => "Incorrect API key provided.".into(),
        Code::QueueFull => "Too many running tasks".into(),
        Code::ImageSize => WRONG_SIZE.into(),
        _ => failure.said(fields::name).into(),
    }
}

fn body(row: Row, message: String, param: Option<String>) -> (u16, Body) {
    let error = Error {
        message,
        kind: row.kind.to_owned(),
        param,
        code: row.code.map(str::to_owned),
    };
    (row.status, Body { error })
}
