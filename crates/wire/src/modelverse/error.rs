//! Modelverse's one table from failure codes to its words.

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
#[schema(as = modelverse::Error)]
pub struct Body {
    pub error: Error,
}

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = modelverse::ErrorDetail)]
pub struct Error {
    #[schema(example = "Invalid param: parameters.duration must be a whole number of seconds: 1 to 10")]
    pub message: String,
    #[serde(rename = "type")]
    #[schema(example = "invalid_request_error")]
    pub kind: String,
    /// Id of the HTTP request: in this dialect the field does not name a parameter.
    #[schema(example = "3f2c1c52-5a2e-4b7e-9b0f-2f6a7f3c9d10")]
    pub param: String,
    #[schema(example = "param_error")]
    pub code: String,
}

/// One line of the dialect's error table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// HTTP status.
    pub status: u16,
    pub kind: &'static str,
    pub code: &'static str,
    /// What every message of this kind begins with.
    pub message: &'static str,
}

const fn row(status: u16, kind: &'static str, code: &'static str, message: &'static str) -> Row {
    Row {
        status,
        kind,
        code,
        message,
    }
}

const PARAMETER: Row = row(400, "invalid_request_error", "param_error", "Invalid param");
const MODEL: Row = row(
    400,
    "invalid_request_error",
    "model_error",
    "No permission to use the model",
);
const KEY: Row = row(
    401,
    "invalid_request_error",
    "auth_error",
    "Validate Certification failed",
);
const METHOD: Row = row(405, "invalid_request_error", "param_error", "Invalid param");
const TIMEOUT: Row = row(408, "timeout", "timeout", "Request timeout, please try again later");
const RATE: Row = row(
    429,
    "rate_limit_error",
    "rate_limit",
    "Rate limit exceeded, please try again later",
);
const QUOTA: Row = row(
    403,
    "permission_error",
    "forbidden",
    "Access forbidden: api key quota exceeded",
);
const MISMATCH: Row = row(409, "invalid_request_error", "param_error", "Invalid param");
const INTERNAL: Row = row(500, "internal_error", "internal_error", "Internal Server Error");
const ENGINE: Row = row(500, "internal_error", "model_server_error", "Request llm server Error");
const UNAVAILABLE: Row = row(503, "internal_error", "internal_error", "Internal Server Error");
const GATEWAY: Row = row(
    504,
    "timeout",
    "gateway_timeout_error",
    "Gateway timeout, please try again later",
);

/// The line for a failure code.
pub fn table(code: Code) -> Row {
    match code {
        Code::KeyMissing | Code::KeyInvalid => KEY,
        Code::BodyMalformed
        | Code::BodyTooLarge
        | Code::FieldMissing
        | Code::FieldInvalid
        | Code::FieldUnwanted
        | Code::ImageCount
        | Code::ImageUnreachable
        | Code::ImageForbiddenAddress
        | Code::ImageFormat
        | Code::ImageTooLarge
        | Code::ImageTooManyPixels
        | Code::ImageRatio
        | Code::ImageSize
        | Code::TaskUnknown
        | Code::TaskIdMalformed
        | Code::UploadUnknown
        | Code::AddressInvalid
        | Code::RouteUnknown
        | Code::CancelTooLate
        | Code::Cancelled => PARAMETER,
        Code::ModelUnknown => MODEL,
        Code::MethodNotAllowed => METHOD,
        Code::RateLimited | Code::QueueFull => RATE,
        Code::QuotaExceeded => QUOTA,
        Code::IdempotencyMismatch => MISMATCH,
        Code::DiskFull | Code::ShuttingDown => UNAVAILABLE,
        Code::TimedOut => TIMEOUT,
        Code::OffPeakExpired => GATEWAY,
        Code::EngineUnavailable => ENGINE,
        Code::AttemptsExhausted | Code::Internal => INTERNAL,
    }
}

/// The answer to a refused request: HTTP status and body.
pub fn faults(faults: &Faults, request_id: &str) -> (u16, Body) {
    let said = verdict::sentence(faults, fields::name);
    body(verdict::shared(faults, table), &said, request_id)
}

/// The answer to any other failure: HTTP status and body. An unknown task and another key's get the same.
pub fn failure(failure: &Failure, request_id: &str) -> (u16, Body) {
    let said = match failure.code {
        Code::TaskUnknown => "task_id is unknown",
        Code::KeyMissing | Code::KeyInvalid | Code::RateLimited | Code::Internal => "",
        _ => &failure.public,
    };
    body(table(failure.code), said, request_id)
}

fn body(row: Row, said: &str, request_id: &str) -> (u16, Body) {
    let message = if said.is_empty() {
        row.message.to_owned()
    } else {
        format!("{}: {said}", row.message)
    };
    let error = Error {
        message,
        kind: row.kind.to_owned(),
        param: request_id.to_owned(),
        code: row.code.to_owned(),
    };
    (row.status, Body { error })
}
