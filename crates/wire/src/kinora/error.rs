//! Our own table from failure codes to HTTP status and code word.

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
#[schema(as = kinora::Error)]
pub struct Body {
    pub error: Error,
}

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = kinora::ErrorDetail)]
pub struct Error {
    #[schema(example = "field_invalid")]
    pub code: String,
    #[schema(example = "duration must be a whole number of seconds: 1 to 10")]
    pub message: String,
    /// Every faulty field of the request; empty for other errors.
    pub fields: Vec<FieldProblem>,
    /// Id of the HTTP request.
    #[schema(example = "3f2c1c52-5a2e-4b7e-9b0f-2f6a7f3c9d10")]
    pub request_id: String,
}

/// One faulty field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = kinora::FieldProblem)]
pub struct FieldProblem {
    #[schema(example = "duration")]
    pub field: String,
    /// Completes a sentence that begins with the field's name.
    #[schema(example = "must be a whole number of seconds: 1 to 10")]
    pub problem: String,
}

/// One line of the table: HTTP status and code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub status: u16,
    pub code: &'static str,
}

/// The line for a failure code.
pub fn table(code: Code) -> Row {
    let (status, code) = match code {
        Code::KeyMissing => (401, "key_missing"),
        Code::KeyInvalid => (401, "key_invalid"),
        Code::BodyMalformed => (400, "body_malformed"),
        Code::BodyTooLarge => (413, "body_too_large"),
        Code::FieldMissing => (400, "field_missing"),
        Code::FieldUnwanted => (400, "field_unwanted"),
        Code::FieldInvalid => (400, "field_invalid"),
        Code::ImageCount => (400, "image_count"),
        Code::ModelUnknown => (400, "model_unknown"),
        Code::ImageUnreachable => (400, "image_unreachable"),
        Code::ImageForbiddenAddress => (400, "image_forbidden_address"),
        Code::ImageFormat => (400, "image_format"),
        Code::ImageTooLarge => (400, "image_too_large"),
        Code::ImageTooManyPixels => (400, "image_too_many_pixels"),
        Code::ImageRatio => (400, "image_ratio"),
        Code::ImageSize => (400, "image_size"),
        Code::TaskIdMalformed => (404, "task_id_malformed"),
        Code::TaskUnknown => (404, "task_unknown"),
        Code::AddressInvalid => (403, "address_invalid"),
        Code::UploadUnknown => (404, "upload_unknown"),
        Code::RouteUnknown => (404, "route_unknown"),
        Code::MethodNotAllowed => (405, "method_not_allowed"),
        Code::RateLimited => (429, "rate_limited"),
        Code::QueueFull => (429, "queue_full"),
        Code::QuotaExceeded => (429, "quota_exceeded"),
        Code::IdempotencyMismatch => (409, "idempotency_mismatch"),
        Code::DiskFull => (503, "disk_full"),
        Code::ShuttingDown => (503, "shutting_down"),
        Code::CancelTooLate => (409, "cancel_too_late"),
        Code::Cancelled => (409, "cancelled"),
        Code::TimedOut => (504, "timed_out"),
        Code::OffPeakExpired => (504, "off_peak_expired"),
        Code::AttemptsExhausted => (500, "attempts_exhausted"),
        Code::EngineUnavailable => (503, "engine_unavailable"),
        Code::Internal => (500, "internal"),
    };
    Row { status, code }
}

/// The answer to a refused request: HTTP status and body.
pub fn faults(faults: &Faults, request_id: &str) -> (u16, Body) {
    let problems = faults.0.iter().map(|fault| FieldProblem {
        field: fields::name(fault.field).into_owned(),
        problem: fault.problem.clone(),
    });
    let said = verdict::sentence(faults, fields::name);
    body(verdict::shared(faults, table), said, problems.collect(), request_id)
}

/// The answer to any other failure: HTTP status and body. An unknown task and another key's get the same.
pub fn failure(failure: &Failure, request_id: &str) -> (u16, Body) {
    let said = match failure.code {
        Code::TaskUnknown => "there is no such task",
        _ => &failure.public,
    };
    let parameter = failure.parameter.iter().map(|name| FieldProblem {
        field: name.clone(),
        problem: said.strip_prefix(name).unwrap_or(said).trim_start().to_owned(),
    });
    body(table(failure.code), said.to_owned(), parameter.collect(), request_id)
}

fn body(row: Row, message: String, fields: Vec<FieldProblem>, request_id: &str) -> (u16, Body) {
    let error = Error {
        code: row.code.to_owned(),
        message,
        fields,
        request_id: request_id.to_owned(),
    };
    (row.status, Body { error })
}
