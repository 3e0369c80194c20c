//! Modelverse's routes.

use axum::{
    Json,
    body::Body,
    extract::{Request, State},
    http::Method,
    response::Response,
};
use domain::request::Dialect;
use serde_json::Value;
use wire::{modelverse, task_id};

use super::{App, auth, body, query, refused::Refused, submit};

/// A status query's body, where there is one, is an object with an id.
const LONGEST_QUERY_BODY: u64 = 64 * 1024;

/// Hands a task over. The answer comes as soon as the task is on disk.
#[utoipa::path(
    post,
    operation_id = "modelverse_submit",
    path = "/v1/tasks/submit",
    tag = "modelverse",
    request_body = modelverse::submit::Request,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key with the same body gives the same task")),
    responses(
        (status = 200, description = "Accepted", body = modelverse::submit::Answer),
        (status = 400, description = "The request is wrong; the message names every fault", body = modelverse::error::Body),
        (status = 401, description = "No API key, or a wrong one", body = modelverse::error::Body),
        (status = 429, description = "Too many requests, or too many tasks waiting", body = modelverse::error::Body),
        (status = 503, description = "Shutting down, or no room on the disk", body = modelverse::error::Body),
    ),
    security(("key" = [])),
)]
pub(crate) async fn submit(State(app): State<App>, request: Request) -> Result<Response, Refused> {
    let accepted = submit::accept(&app, request, Dialect::Modelverse, modelverse::submit::draft).await?;
    Ok(submit::accepted(
        accepted.replayed,
        modelverse::submit::answer(&accepted.task),
    ))
}

/// Shows a task, whichever dialect made it. HTTP 200 for every task that exists, failed ones too.
#[utoipa::path(
    get,
    operation_id = "modelverse_status",
    path = "/v1/tasks/status",
    tag = "modelverse",
    params(("task_id" = String, Query, description = "The task's id")),
    responses(
        (status = 200, description = "The task as it stands", body = modelverse::status::Answer),
        (status = 400, description = "No id, or no such task of this key's", body = modelverse::error::Body),
        (status = 401, description = "No API key, or a wrong one", body = modelverse::error::Body),
        (status = 429, description = "Too many requests", body = modelverse::error::Body),
    ),
    security(("key" = [])),
)]
pub(crate) async fn status(
    State(app): State<App>,
    request: Request,
) -> Result<Json<modelverse::status::Answer>, Refused> {
    answer(&app, request).await
}

/// The same by POST: some of the manual's examples send an empty body along. An id in a JSON body is
/// understood too.
#[utoipa::path(
    post,
    operation_id = "modelverse_status_by_post",
    path = "/v1/tasks/status",
    tag = "modelverse",
    params(("task_id" = Option<String>, Query, description = "The task's id")),
    responses(
        (status = 200, description = "The task as it stands", body = modelverse::status::Answer),
        (status = 400, description = "No id, or no such task of this key's", body = modelverse::error::Body),
        (status = 401, description = "No API key, or a wrong one", body = modelverse::error::Body),
        (status = 429, description = "Too many requests", body = modelverse::error::Body),
    ),
    security(("key" = [])),
)]
pub(crate) async fn status_by_post(
    State(app): State<App>,
    request: Request,
) -> Result<Json<modelverse::status::Answer>, Refused> {
    answer(&app, request).await
}

async fn answer(app: &App, request: Request) -> Result<Json<modelverse::status::Answer>, Refused> {
    let (head, body) = request.into_parts();
    let caller = auth::caller(app, &head).await?;
    let id = match query::parameter(&head.uri, &["task_id"]) {
        None if head.method == Method::POST => id_in(app, body).await?,
        id => id,
    };
    let id = task_id::parse(id.as_deref())?;
    let view = app.service.poll(&caller, id, Dialect::Modelverse).await?;
    Ok(Json(modelverse::status::answer(&view)))
}

async fn id_in(app: &App, body: Body) -> Result<Option<String>, Refused> {
    let text = body::small(body, &app.settings, LONGEST_QUERY_BODY).await?;
    let body: Value = serde_json::from_slice(&text).unwrap_or_default();
    Ok(match body.get("task_id") {
        Some(Value::String(id)) => Some(id.clone()),
        Some(Value::Number(id)) => Some(id.to_string()),
        _ => None,
    })
}
