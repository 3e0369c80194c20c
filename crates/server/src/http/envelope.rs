//! What surrounds every request: its id, its line in the log, its metrics, and every error in the words of
//! the route's dialect - a panic, an unknown route and a wrong method too.

use std::{panic::AssertUnwindSafe, time::Instant};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{
    failure::{Blame, Code, Failure},
    request::Dialect,
    time::Timestamp,
};
use futures_util::FutureExt;
use tracing::Instrument;
use wire::unserved;

use super::{App, linger::lingering, rate::Slot, refused::Refused};

const X_REQUEST_ID: &str = "x-request-id";
/// What Vidu calls it; its own client quotes it.
const X_MD_TRACE_ID: &str = "x-md-trace-id";
const SECONDS_OF_A_DAY: i64 = 86_400;
const X_SHOULD_RETRY: &str = "x-should-retry";

/// The id of one HTTP request; in the answer's `x-request-id`, in the log, and with the task it made.
#[derive(Debug, Clone)]
pub(crate) struct RequestId(pub(crate) String);

/// Whose words are spoken on a path.
pub(crate) fn dialect_of(path: &str) -> Dialect {
    let under = |prefix: &str| {
        path.strip_prefix(prefix)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    if under("/ent") || under("/tools") {
        Dialect::Vidu
    } else if under("/v1/videos") {
        Dialect::OpenAi
    } else if under("/v1") {
        Dialect::Modelverse
    } else if under("/v3") || under("/openapi") {
        Dialect::Jiekou
    } else {
        Dialect::Kinora
    }
}

/// The outermost layer.
pub(crate) async fn envelope(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let id = uuid::Uuid::new_v4().to_string();
    let method = request.method().clone();
    let dialect = dialect_of(request.uri().path());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("unmatched", MatchedPath::as_str)
        .to_owned();
    request.extensions_mut().insert(RequestId(id.clone()));
    let standing = Slot::default();
    request.extensions_mut().insert(standing.clone());
    let span = tracing::info_span!("request", request_id = %id);
    let begun = Instant::now();

    let response = guarded(next.run(request.map(lingering))).instrument(span.clone()).await;
    let _entered = span.enter();
    let mut response = spoken(response, dialect, &id, app.service.clock().now());
    if let Some(standing) = standing.0.get() {
        standing.tell(&mut response);
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        if dialect == Dialect::Vidu {
            response.headers_mut().insert(X_MD_TRACE_ID, value.clone());
        }
        response.headers_mut().insert(X_REQUEST_ID, value);
    }
    let elapsed = begun.elapsed();
    let status = response.status().as_u16();
    app.service.metrics().observe_http(&route, status, elapsed);
    log(&method, &route, status, (elapsed.as_secs_f64() * 1e6).round() / 1000.0);
    response
}

/// Turns a panic into a refusal: one request fails, not the connection.
async fn guarded(answering: impl Future<Output = Response>) -> Response {
    match AssertUnwindSafe(answering).catch_unwind().await {
        Ok(response) => response,
        Err(panic) => {
            let words = panic.downcast_ref::<String>().map(String::as_str);
            let words = words
                .or_else(|| panic.downcast_ref::<&str>().copied())
                .unwrap_or("no words");
            Refused::from(Failure::internal(format!("a handler panicked: {words}"))).into_response()
        }
    }
}

/// Whoever watches the service asks for these every few seconds.
fn log(method: &Method, route: &str, status: u16, milliseconds: f64) {
    if matches!(route, "/healthz" | "/readyz" | "/metrics") {
        tracing::debug!(%method, route, status, milliseconds, "request answered");
    } else {
        tracing::info!(%method, route, status, milliseconds, "request answered");
    }
}

/// Puts a refusal into the dialect's words; leaves every other answer alone.
fn spoken(mut response: Response, dialect: Dialect, request_id: &str, now: Timestamp) -> Response {
    let refused = match response.extensions_mut().remove::<Refused>() {
        Some(refused) => refused,
        // The router's own refusals, such as a path that is no text, come as plain text.
        None if is_plain_refusal(&response) => Refused::new(Code::RouteUnknown, "the request could not be read"),
        None => return response,
    };
    if let Refused::Failure(failure) = &refused
        && (matches!(failure.blame, Blame::Us | Blame::Provider) || !failure.detail.is_empty())
    {
        tracing::warn!(code = ?failure.code, detail = failure.detail, "request failed");
    }
    let (status, body) = words(&refused, dialect, request_id);
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut answer = (status, [(header::CONTENT_TYPE, "application/json")], body).into_response();
    let used_up = matches!(&refused, Refused::Failure(failure) if failure.code == Code::QuotaExceeded);
    if matches!(status.as_u16(), 429 | 503) {
        let wait = if used_up { seconds_of_the_day_left(now) } else { 1 };
        answer
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(wait));
    }
    if dialect == Dialect::OpenAi && (status == StatusCode::CONFLICT || used_up) {
        // Its clients try these again unless they are told not to.
        answer
            .headers_mut()
            .insert(X_SHOULD_RETRY, HeaderValue::from_static("false"));
    }
    if status == StatusCode::METHOD_NOT_ALLOWED
        && let Some(allow) = response.headers_mut().remove(header::ALLOW)
    {
        answer.headers_mut().insert(header::ALLOW, allow);
    }
    answer
}

/// Quotas are for days in UTC.
fn seconds_of_the_day_left(now: Timestamp) -> i64 {
    SECONDS_OF_A_DAY - now.seconds().rem_euclid(SECONDS_OF_A_DAY)
}

fn is_plain_refusal(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    response.status().is_client_error() && kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"))
}

/// Status and body of a refusal.
pub(super) fn words(refused: &Refused, dialect: Dialect, request_id: &str) -> (u16, String) {
    use wire::{jiekou, kinora, modelverse, openai, vidu};
    match (dialect, refused) {
        (Dialect::Modelverse, Refused::Faults(faults)) => text(modelverse::error::faults(faults, request_id)),
        (Dialect::Modelverse, Refused::Failure(failure)) => text(modelverse::error::failure(failure, request_id)),
        (Dialect::Jiekou, Refused::Faults(faults)) => text(jiekou::error::faults(faults, request_id)),
        (Dialect::Jiekou, Refused::Failure(failure)) => text(jiekou::error::failure(failure, request_id)),
        (Dialect::OpenAi, Refused::Faults(faults)) => text(openai::error::faults(faults, request_id)),
        (Dialect::OpenAi, Refused::Failure(failure)) => text(openai::error::failure(failure, request_id)),
        (Dialect::Vidu, Refused::Faults(faults)) => text(vidu::error::faults(faults, request_id)),
        (Dialect::Vidu, Refused::Failure(failure)) => text(vidu::error::failure(failure, request_id)),
        (Dialect::Kinora, Refused::Faults(faults)) => text(kinora::error::faults(faults, request_id)),
        (Dialect::Kinora, Refused::Failure(failure)) => text(kinora::error::failure(failure, request_id)),
    }
}

fn text<Body: serde::Serialize>((status, body): (u16, Body)) -> (u16, String) {
    (status, serde_json::to_string(&body).unwrap_or_default())
}

/// No such route here; the hosted service may have it.
pub(crate) async fn unknown_route(uri: Uri) -> Refused {
    let why = unserved::reason(uri.path());
    Refused::new(
        Code::RouteUnknown,
        why.unwrap_or_else(|| "there is no such route".to_owned()),
    )
}

/// The route exists, the method does not.
pub(crate) async fn wrong_method(uri: Uri) -> Refused {
    match unserved::reason(uri.path()) {
        Some(why) => Refused::new(Code::RouteUnknown, why),
        None => Refused::new(Code::MethodNotAllowed, "this method is not allowed here"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_an_internal_error_in_the_dialects_words() {
        let table = [
            (Dialect::Modelverse, "internal_error"),
            (Dialect::Jiekou, "\"code\":500"),
            (Dialect::Vidu, "InternalServiceFailure"),
            (Dialect::Kinora, "\"internal\""),
        ];
        for (dialect, word) in table {
            let response = guarded(async { panic!("a secret of the house") }).await;
            let answer = spoken(response, dialect, "the-id", Timestamp::from_milliseconds(0));
            assert_eq!(answer.status(), 500);
            let body = axum::body::to_bytes(answer.into_body(), 10_000).await.unwrap();
            let text = String::from_utf8_lossy(&body);
            assert!(
                text.contains(word) && text.contains("the-id") && !text.contains("secret"),
                "{text}"
            );
        }
    }

    #[test]
    fn the_path_decides_the_dialect() {
        assert_eq!(dialect_of("/v1/tasks/nothing"), Dialect::Modelverse);
        assert_eq!(dialect_of("/v3/async/nothing"), Dialect::Jiekou);
        assert_eq!(dialect_of("/kinora/v1/tasks"), Dialect::Kinora);
        assert_eq!(dialect_of("/v1/videos"), Dialect::OpenAi);
        assert_eq!(dialect_of("/v1/videos/video_1/content"), Dialect::OpenAi);
        assert_eq!(dialect_of("/v1/videosx"), Dialect::Modelverse);
        assert_eq!(dialect_of("/ent/v2/nothing"), Dialect::Vidu);
        assert_eq!(dialect_of("/tools/v2/files/uploads"), Dialect::Vidu);
        assert_eq!(dialect_of("/openapi/v1/billing/balance/detail"), Dialect::Jiekou);
        assert_eq!(dialect_of("/openapi.json"), Dialect::Kinora);
        assert_eq!(dialect_of("/v11"), Dialect::Kinora);
        assert_eq!(dialect_of("/"), Dialect::Kinora);
    }
}
