//! Jiekou's one table from failure codes to its words.

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
#[schema(as = jiekou::Error)]
pub struct Body {
    /// The HTTP status again.
    #[schema(example = 400)]
    pub code: u16,
    #[schema(example = "INVALID_REQUEST_BODY")]
    pub reason: String,
    #[schema(example = "duration must be a whole number of seconds: 1 to 10")]
    pub message: String,
    pub metadata: Metadata,
}

/// What a support request should quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = jiekou::ErrorMetadata)]
pub struct Metadata {
    /// Id of the HTTP request.
    #[schema(example = "3f2c1c52-5a2e-4b7e-9b0f-2f6a7f3c9d10")]
    pub trace_id: String,
}

/// One line of the dialect's error table: HTTP status and reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub status: u16,
    pub reason: &'static str,
}

/// The line for a failure code.
pub fn table(code: Code) -> Row {
    let (status, reason) = match code {
        Code::KeyMissing | Code::KeyInvalid => (403, "INVALID_API_KEY"),
        Code::BodyMalformed
        | Code::BodyTooLarge
        | Code::FieldMissing
        | Code::FieldInvalid
        | Code::FieldUnwanted
        | Code::ImageCount
        | Code::CancelTooLate
        | Code::Cancelled => (400, "INVALID_REQUEST_BODY"),
        Code::ModelUnknown => (404, "MODEL_NOT_FOUND"),
        Code::ImageUnreachable | Code::ImageForbiddenAddress | Code::ImageFormat => (400, "INVALID_IMAGE_FORMAT"),
        Code::ImageTooLarge => (400, "IMAGE_FILE_EXCEEDS_MAX_SIZE"),
        Code::ImageTooManyPixels => (400, "IMAGE_EXCEEDS_MAX_RESOLUTION"),
        Code::ImageRatio | Code::ImageSize => (400, "INVALID_IMAGE_SIZE"),
        Code::TaskUnknown | Code::TaskIdMalformed => (404, "TASK_NOT_FOUND"),
        Code::AddressInvalid => (403, "ACCESS_DENY"),
        Code::RouteUnknown | Code::UploadUnknown => (404, "API_NOT_FOUND"),
        Code::MethodNotAllowed => (405, "API_NOT_FOUND"),
        Code::IdempotencyMismatch => (409, "INVALID_REQUEST_BODY"),
        Code::QuotaExceeded => (403, "NOT_ENOUGH_BALANCE"),
        Code::RateLimited | Code::QueueFull => (429, "RATE_LIMIT_EXCEEDED"),
        Code::DiskFull | Code::ShuttingDown | Code::EngineUnavailable => (503, "SERVICE_NOT_AVAILABLE"),
        Code::TimedOut | Code::OffPeakExpired | Code::AttemptsExhausted => (500, "TASK_FAILED"),
        Code::Internal => (500, "CREATE_TASK_FAILED"),
    };
    Row { status, reason }
}

/// The answer to a refused request: HTTP status and body.
pub fn faults(faults: &Faults, request_id: &str) -> (u16, Body) {
    let said = verdict::sentence(faults, fields::name);
    body(verdict::shared(faults, table), &said, request_id)
}

/// The answer to any other failure: HTTP status and body. An unknown task and another key's get the same.
pub fn failure(failure: &Failure, request_id: &str) -> (u16, Body) {
    let said = match failure.code {
        Code::TaskUnknown => "task not found",
        Code::KeyMissing | Code::KeyInvalid => "invalid api-key",
        _ => &failure.public,
    };
    body(table(failure.code), said, request_id)
}

fn body(row: Row, said: &str, request_id: &str) -> (u16, Body) {
    let body = Body {
        code: row.status,
        reason: row.reason.to_owned(),
        message: said.to_owned(),
        metadata: Metadata {
            trace_id: request_id.to_owned(),
        },
    };
    (row.status, body)
}
