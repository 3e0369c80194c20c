//! Results, for anyone who has a link: GET and HEAD, whole or in part.

use std::time::{Duration, SystemTime};

use axum::{
    body::Body,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    artifact::{ArtifactKind, ArtifactRef},
    failure::Failure,
    time::Timestamp,
};
use serde::Deserialize;
use service::{LinkRefused, OpenArtifact, links::SignedLink};
use utoipa::IntoParams;
use wire::kinora::error::Body as ErrorBody;

use super::{
    App,
    envelope::RequestId,
    range::{Representation, Wanted, wanted},
    refused::Refused,
};

/// What makes a link one that opens the file.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Signature {
    /// Unix seconds until which the link holds.
    expires: String,
    /// Hexadecimal.
    signature: String,
}

/// Downloads a result. No key is needed: the link is signed and expires. Ask for the task's status again
/// for a new one.
#[utoipa::path(
    get,
    operation_id = "files_download",
    path = "/files/{task}/{attempt}/{name}",
    tag = "files",
    params(
        ("task" = String, Path, description = "The task's id"),
        ("attempt" = u32, Path, description = "The attempt that made it"),
        ("name" = String, Path, description = "video.mp4, clean.mp4, cover.jpg, last_frame.png, thumbnail.webp or spritesheet.jpg"),
        Signature,
        ("Range" = Option<String>, Header, description = "One range of bytes, such as bytes=0-1023"),
    ),
    responses(
        (status = 200, description = "The file", content_type = "video/mp4"),
        (status = 206, description = "The part that was asked for", content_type = "video/mp4"),
        (status = 304, description = "The client has it already"),
        (status = 403, description = "The link was not made here, or was changed", body = ErrorBody, example = json!({"error": {"code": "link_invalid", "message": "the link's signature is not valid", "fields": [],
            "request_id": "3f2c1c52-5a2e-4b7e-9b0f-2f6a7f3c9d10"}})),
        (status = 404, description = "There is no such file", body = ErrorBody, example = json!({"error": {"code": "not_found", "message": "there is no such file", "fields": [],
            "request_id": "3f2c1c52-5a2e-4b7e-9b0f-2f6a7f3c9d10"}})),
        (status = 410, description = "The link or the file has expired", body = ErrorBody, example = json!({"error": {"code": "gone", "message": "the link or its file has expired", "fields": [],
            "request_id": "3f2c1c52-5a2e-4b7e-9b0f-2f6a7f3c9d10"}})),
        (status = 416, description = "The range lies beyond the file's end"),
    ),
)]
pub(crate) async fn download(
    State(app): State<App>,
    axum::Extension(id): axum::Extension<RequestId>,
    method: Method,
    Path((task, attempt, name)): Path<(String, String, String)>,
    signature: Result<Query<Signature>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let Some(artifact) = artifact(&task, &attempt, &name) else {
        return Ok(refusal(StatusCode::NOT_FOUND, "there is no such file", &id));
    };
    let link = signature.ok().and_then(|Query(query)| signed(artifact, query));
    let Some(link) = link else {
        return Ok(refusal(StatusCode::FORBIDDEN, "the link is not signed", &id));
    };
    let file = match app.service.open(&link).await {
        Ok(file) => file,
        Err(refused) => return not_opened(refused, &id),
    };
    match answer(&file, &method, &headers).await {
        Ok(response) => Ok(response),
        // It may have expired between the two steps.
        Err(failure) => match app.service.open(&link).await {
            Ok(_) => Err(failure.into()),
            Err(refused) => not_opened(refused, &id),
        },
    }
}

fn not_opened(refused: LinkRefused, id: &RequestId) -> Result<Response, Refused> {
    match refused {
        LinkRefused::Forged => Ok(refusal(StatusCode::FORBIDDEN, "the link's signature is not valid", id)),
        LinkRefused::Gone => Ok(refusal(StatusCode::GONE, "the link or its file has expired", id)),
        LinkRefused::Failure(failure) => Err(failure.into()),
    }
}

fn artifact(task: &str, attempt: &str, name: &str) -> Option<ArtifactRef> {
    Some(ArtifactRef {
        task: task.parse().ok()?,
        attempt: attempt.parse().ok()?,
        kind: ArtifactKind::from_file_name(name)?,
    })
}

fn signed(artifact: ArtifactRef, query: Signature) -> Option<SignedLink> {
    Some(SignedLink {
        artifact,
        expires: query.expires.parse().ok()?,
        signature: query.signature,
    })
}

/// A file, or the part of it that was asked for.
///
/// # Errors
/// When it has gone in the meantime.
pub(super) async fn answer(file: &OpenArtifact, method: &Method, headers: &HeaderMap) -> Result<Response, Failure> {
    let modified = http_date(file.modified);
    let representation = Representation {
        size: file.size,
        etag: &file.etag,
        modified: &modified,
    };
    let (status, range) = match wanted(headers, representation) {
        Wanted::Whole => (StatusCode::OK, 0..file.size),
        // Only GET knows ranges.
        Wanted::Part(_) | Wanted::Unsatisfiable if method == Method::HEAD => (StatusCode::OK, 0..file.size),
        Wanted::Part(range) => (StatusCode::PARTIAL_CONTENT, range),
        Wanted::NotModified => {
            let known = [(header::ETAG, file.etag.clone()), (header::LAST_MODIFIED, modified)];
            return Ok((StatusCode::NOT_MODIFIED, known, NEVER_SHARED).into_response());
        }
        Wanted::Unsatisfiable => {
            let extent = [(header::CONTENT_RANGE, format!("bytes */{}", file.size))];
            return Ok((StatusCode::RANGE_NOT_SATISFIABLE, extent).into_response());
        }
    };
    let length = range.end - range.start;
    let extent = format!("bytes {}-{}/{}", range.start, range.end.saturating_sub(1), file.size);
    let body = if method == Method::HEAD {
        Body::empty()
    } else {
        Body::from_stream(file.read(range).await?)
    };
    let described = [
        (header::CONTENT_TYPE, file.content_type.to_owned()),
        (header::CONTENT_LENGTH, length.to_string()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
        (header::ETAG, file.etag.clone()),
        (header::LAST_MODIFIED, modified),
    ];
    let mut response = (status, described, NEVER_SHARED, body).into_response();
    if status == StatusCode::PARTIAL_CONTENT
        && let Ok(extent) = HeaderValue::try_from(extent)
    {
        response.headers_mut().insert(header::CONTENT_RANGE, extent);
    }
    Ok(response)
}

const NEVER_SHARED: [(HeaderName, &str); 2] = [
    (header::CACHE_CONTROL, "private, max-age=3600"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
];

fn http_date(time: Timestamp) -> String {
    let since_1970 = Duration::from_millis(u64::try_from(time.milliseconds()).unwrap_or(0));
    httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + since_1970)
}

/// Links are outside all dialects' tables of errors; Kinora's own envelope says it.
fn refusal(status: StatusCode, message: &str, id: &RequestId) -> Response {
    let code = match status {
        StatusCode::FORBIDDEN => "link_invalid",
        StatusCode::GONE => "gone",
        _ => "not_found",
    };
    let body = ErrorBody {
        error: wire::kinora::error::Error {
            code: code.to_owned(),
            message: message.to_owned(),
            fields: Vec::new(),
            request_id: id.0.clone(),
        },
    };
    (status, axum::Json(body)).into_response()
}
