//! What those who run the service ask.

use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;
use wire::kinora::error::{self, Body as ErrorBody};

use super::{App, auth, envelope::RequestId, refused::Refused};

/// That all is well.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Health {
    /// `ok`
    #[schema(example = "ok")]
    status: &'static str,
}

const WELL: Health = Health { status: "ok" };

/// Whether the process lives.
#[utoipa::path(get, operation_id = "healthz", path = "/healthz", tag = "operations", responses(
    (status = 200, description = "It lives", body = Health),
))]
pub(crate) async fn healthz() -> axum::Json<Health> {
    axum::Json(WELL)
}

/// Whether it can take work: the database can be read and written, the disk has room, it is not shutting down.
#[utoipa::path(get, operation_id = "readyz", path = "/readyz", tag = "operations", responses(
    (status = 200, description = "It takes work", body = Health),
    (status = 503, description = "It does not, and why", body = ErrorBody),
))]
pub(crate) async fn readyz(
    State(app): State<App>,
    axum::Extension(id): axum::Extension<RequestId>,
) -> Result<axum::Json<Health>, (StatusCode, axum::Json<ErrorBody>)> {
    app.service.ready().await.map(|()| axum::Json(WELL)).map_err(|failure| {
        tracing::warn!(code = ?failure.code, detail = failure.detail, "no work can be taken");
        // Whoever asks here is to send work elsewhere, whatever keeps it from being done.
        let (_, body) = error::failure(&failure, &id.0);
        (StatusCode::SERVICE_UNAVAILABLE, axum::Json(body))
    })
}

/// Counters and histograms in OpenMetrics text. Open to all unless `server.metrics_key` is set.
#[utoipa::path(get, operation_id = "metrics", path = "/metrics", tag = "operations", responses(
    (status = 200, description = "OpenMetrics text", content_type = "application/openmetrics-text", body = String),
    (status = 401, description = "The configuration asks for a key, and there was none", body = ErrorBody),
))]
pub(crate) async fn metrics(State(app): State<App>, request: Request) -> Result<Response, Refused> {
    if app.settings.metrics_key {
        let (head, _) = request.into_parts();
        auth::caller(&app, &head).await?;
    }
    let text = app.service.metrics_text().await;
    Ok(([(header::CONTENT_TYPE, service::metrics::CONTENT_TYPE)], text).into_response())
}
