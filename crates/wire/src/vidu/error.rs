//! Vidu's one table from failure codes to its words.

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
#[schema(as = vidu::Error, example = json!({
    "code": 400, "reason": "FieldInvalid", "message": "invalid field: duration must be a whole number of seconds: 1 to 10",
    "metadata": {"trace_id": "3f2c1c52-5a2e-4b7e-9b0f-2f6a7f3c9d10", "fields": "duration"}
}))]
pub struct Body {
    /// The HTTP status again.
    pub code: u16,
    pub reason: String,
    pub message: String,
    pub metadata: Metadata,
}

/// What a support request should quote, and which fields are wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = vidu::ErrorMetadata)]
pub struct Metadata {
    /// Id of the HTTP request.
    pub trace_id: String,
    /// The names of the faulty fields, or of the query's faulty parameter, separated by commas.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub fields: String,
}

/// One line of the dialect's error table: HTTP status, reason, and what every message begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row<'m> {
    pub status: u16,
    pub reason: &'static str,
    pub message: &'m str,
}

/// The line for a failure code. Its reason is also the `err_code` of a task that failed so.
pub fn table(code: Code) -> Row<'static> {
    let (status, reason, message) = match code {
        Code::KeyMissing | Code::KeyInvalid => (401, "Unauthorized", "unauthorized"),
        Code::BodyMalformed | Code::BodyTooLarge | Code::CancelTooLate => (400, "BadRequest", "bad request"),
        Code::FieldMissing => (400, "FieldLacking", "field is missing or empty"),
        Code::FieldInvalid => (400, "FieldInvalid", "invalid field"),
        Code::FieldUnwanted => (400, "FieldUnwanted", "unwanted field"),
        Code::ImageCount => (400, "FieldItemCountOutOfRange", "field item count out of range"),
        Code::ModelUnknown | Code::EngineUnavailable => (400, "ModelUnavailable", "model unavailable"),
        Code::ImageUnreachable | Code::ImageForbiddenAddress => (400, "ImageDownloadFailure", "image download failure"),
        Code::ImageFormat => (400, "ImageFormatInvalid", "invalid image format"),
        Code::ImageTooLarge | Code::ImageTooManyPixels | Code::ImageRatio | Code::ImageSize => {
            (400, "PageSizeOutOfRange", "page size out of range")
        }
        Code::Cancelled => (400, "UserCancelled", "user cancelled"),
        Code::TaskUnknown => (404, "TaskNotFound", "task not found"),
        Code::TaskIdMalformed => (400, "CODEC", "the id must be a decimal number"),
        Code::AddressInvalid => (403, "Forbidden", "forbidden"),
        Code::RouteUnknown | Code::UploadUnknown => (404, "NotFound", "not found"),
        Code::IdempotencyMismatch => (409, "Conflict", "resource conflict"),
        Code::QuotaExceeded => (400, "CreditInsufficient", "insufficient credits"),
        Code::MethodNotAllowed => (405, "BadRequest", "bad request"),
        Code::RateLimited => (429, "TooManyRequests", "too many requests"),
        Code::QueueFull => (429, "QuotaExceeded", "quota exceeded"),
        Code::OffPeakExpired => (429, "SystemThrottling", "system is throttling"),
        Code::DiskFull | Code::ShuttingDown => (503, "InternalServiceFailure", "internal service failure"),
        Code::TimedOut | Code::AttemptsExhausted | Code::Internal => {
            (500, "InternalServiceFailure", "internal service failure")
        }
    };
    Row {
        status,
        reason,
        message,
    }
}

/// The answer to a refused request: HTTP status and body.
pub fn faults(faults: &Faults, request_id: &str) -> (u16, Body) {
    let mut names: Vec<String> = Vec::new();
    for fault in &faults.0 {
        let name = fields::name(fault.field).into_owned();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let row = verdict::shared(faults, table);
    let names = names.join(",");
    let said = match row.reason {
        "FieldLacking" => names.clone(),
        _ => verdict::sentence(faults, fields::name),
    };
    body(row, &said, names, request_id)
}

/// The answer to any other failure: HTTP status and body. An unknown task and another key's get the same.
pub fn failure(failure: &Failure, request_id: &str) -> (u16, Body) {
    let said = match failure.code {
        // The manual prints it without anything before it.
        Code::CancelTooLate => {
            return body(
                Row {
                    message: &failure.public,
                    ..table(failure.code)
                },
                "",
                String::new(),
                request_id,
            );
        }
        Code::TaskUnknown
        | Code::TaskIdMalformed
        | Code::KeyMissing
        | Code::KeyInvalid
        | Code::RateLimited
        | Code::Internal => "",
        _ => &failure.public,
    };
    let parameter = failure.parameter.clone().unwrap_or_default();
    body(table(failure.code), said, parameter, request_id)
}

fn body(row: Row<'_>, said: &str, fields: String, request_id: &str) -> (u16, Body) {
    let message = if said.is_empty() {
        row.message.to_owned()
    } else {
        format!("{}: {said}", row.message)
    };
    let body = Body {
        code: row.status,
        reason: row.reason.to_owned(),
        message,
        metadata: Metadata {
            trace_id: request_id.to_owned(),
            fields,
        },
    };
    (row.status, body)
}
