//! What every dialect's submit does: who asks, take the body in, read it, hand it to the service.

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, request::Parts},
    response::{IntoResponse, Response},
};
use domain::{
    draft::{Draft, Faults},
    failure::Failure,
    id::TaskId,
    remake::Changes,
    request::Dialect,
    store::Idempotency,
};
use service::{Accepted, Order, Remake};
use wire::inline::{Limits, References};

use super::{App, auth, body, envelope::RequestId, refused::Refused};

/// A prompt, in whatever escapes.
const LONGEST_REMAKE: u64 = 256 * 1024;
const LONGEST_IDEMPOTENCY_KEY: usize = 255;
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Two spellings are in use; each client looks for its own.
const REPLAYED: [HeaderName; 2] = [
    HeaderName::from_static("idempotency-replayed"),
    HeaderName::from_static("idempotent-replayed"),
];

/// Accepts a task that `read` finds in the body.
///
/// # Errors
/// All that keeps it from being accepted.
pub(crate) async fn accept(
    app: &App,
    request: Request,
    dialect: Dialect,
    read: impl FnOnce(&[u8], &References) -> Result<Draft, Faults>,
) -> Result<Accepted, Refused> {
    let (head, body) = request.into_parts();
    let caller = auth::caller(app, &head).await?;
    let spooled = spool(app, &head, body, dialect).await?;
    let draft = read(&spooled.text, &spooled.references)?;
    let order = Order {
        dialect,
        draft,
        inlines: spooled.pictures(),
        request_id: request_id(&head),
        idempotency: idempotency(&head.headers, spooled.digest)?,
    };
    Ok(app.service.submit(&caller, order).await?)
}

/// Accepts a task that repeats an old one's, with the changes that `read` finds in the body.
///
/// # Errors
/// All that keeps it from being accepted.
pub(crate) async fn remake(
    app: &App,
    request: Request,
    dialect: Dialect,
    source: TaskId,
    read: impl FnOnce(&[u8]) -> Result<Changes, Faults>,
) -> Result<Accepted, Refused> {
    let (head, body) = request.into_parts();
    let caller = auth::caller(app, &head).await?;
    let body = body::small(body, &app.settings, LONGEST_REMAKE).await?;
    let remake = Remake {
        source,
        changes: read(&body)?,
        dialect,
        request_id: request_id(&head),
        idempotency: idempotency(&head.headers, body::digest_of(head.uri.path(), &body))?,
    };
    Ok(app.service.remake(&caller, remake).await?)
}

pub(crate) async fn spool(app: &App, head: &Parts, body: Body, dialect: Dialect) -> Result<body::Spooled, Refused> {
    let folder = app.service.uploads_dir();
    // In one dialect the path says which model is meant: the same body elsewhere is another request.
    let (headers, path) = (&head.headers, head.uri.path());
    body::spool(headers, body, &app.settings, folder, path, limits(dialect)).await
}

/// Vidu takes a payload of a mebi of characters, in whatever escapes, and smaller pictures.
fn limits(dialect: Dialect) -> Limits {
    match dialect {
        Dialect::Vidu => Limits {
            picture_bytes: 10 << 20,
            string_bytes: 6 << 20,
            text_bytes: 7 << 20,
            ..Limits::default()
        },
        _ => Limits::default(),
    }
}

/// The answer to an accepted submit: HTTP 200 in every dialect, as some clients take nothing else.
pub(crate) fn accepted(replayed: bool, answer: impl serde::Serialize) -> Response {
    let mut response = axum::Json(answer).into_response();
    if replayed {
        for name in REPLAYED {
            response.headers_mut().insert(name, HeaderValue::from_static("true"));
        }
    }
    response
}

pub(crate) fn request_id(head: &Parts) -> String {
    head.extensions
        .get::<RequestId>()
        .map(|id| id.0.clone())
        .unwrap_or_default()
}

pub(crate) fn idempotency(headers: &HeaderMap, body_hash: [u8; 32]) -> Result<Option<Idempotency>, Refused> {
    let Some(value) = headers.get(IDEMPOTENCY_KEY) else {
        return Ok(None);
    };
    let key = value.to_str().map(str::trim).unwrap_or_default();
    if key.is_empty() || key.len() > LONGEST_IDEMPOTENCY_KEY {
        let problem = format!("must have 1 to {LONGEST_IDEMPOTENCY_KEY} printable characters");
        return Err(Failure::of_parameter("Idempotency-Key", problem).into());
    }
    Ok(Some(Idempotency {
        key: key.to_owned(),
        body_hash,
    }))
}
