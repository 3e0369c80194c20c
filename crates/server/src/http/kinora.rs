//! Kinora's own routes.

use axum::{
    Json,
    extract::{Path, Request, State},
    http::{HeaderName, HeaderValue},
    response::{IntoResponse, Response},
};
use domain::request::Dialect;
use wire::{kinora, task_id};

use super::{App, auth, kinora_wait, refused::Refused, submit};

const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");

/// Hands a task over. The answer comes as soon as the task is on disk.
#[utoipa::path(
    post,
    operation_id = "kinora_submit",
    path = "/kinora/v1/tasks",
    tag = "kinora",
    request_body = kinora::submit::Request,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key with the same body gives the same task")),
    responses(
        (status = 200, description = "Accepted", body = kinora::status::View),
        (status = 400, description = "The request is wrong; every fault is named", body = kinora::error::Body),
        (status = 401, description = "No API key, or a wrong one", body = kinora::error::Body),
        (status = 413, description = "The body is too large", body = kinora::error::Body),
        (status = 429, description = "Too many requests, or too many tasks waiting", body = kinora::error::Body),
        (status = 503, description = "Shutting down, or no room on the disk", body = kinora::error::Body),
    ),
    security(("key" = [])),
)]
pub(crate) async fn submit(State(app): State<App>, request: Request) -> Result<Response, Refused> {
    let accepted = submit::accept(&app, request, Dialect::Kinora, kinora::submit::draft).await?;
    Ok(submit::accepted(
        accepted.replayed,
        kinora::submit::answer(&accepted.task),
    ))
}

/// Shows a task, whichever dialect made it.
#[utoipa::path(
    get,
    operation_id = "kinora_status",
    path = "/kinora/v1/tasks/{id}",
    tag = "kinora",
    params(
        ("id" = String, Path, description = "The task's id"),
        ("Prefer" = Option<String>, Header, description = "wait=n: answer when the task has ended, or after n seconds, at most 60"),
    ),
    responses(
        (status = 200, description = "The task as it stands", body = kinora::status::View),
        (status = 400, description = "The wait is no number of seconds", body = kinora::error::Body),
        (status = 401, description = "No API key, or a wrong one", body = kinora::error::Body),
        (status = 404, description = "No such task of this key's", body = kinora::error::Body),
        (status = 429, description = "Too many requests", body = kinora::error::Body),
    ),
    security(("key" = [])),
)]
pub(crate) async fn status(
    State(app): State<App>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Refused> {
    let (head, _) = request.into_parts();
    let caller = auth::caller(&app, &head).await?;
    let id = task_id::parse(Some(&id))?;
    let preferred = kinora_wait::preferred_wait(&head.headers)?;
    let view = match preferred {
        Some(preferred) => kinora_wait::wait(&app, &caller, id, preferred).await?,
        None => app.service.poll(&caller, id, Dialect::Kinora).await?,
    };
    let mut answer = Json(kinora::status::answer(&view)).into_response();
    if let Some(preferred) = preferred
        && let Ok(applied) = HeaderValue::from_str(&format!("wait={}", preferred.as_secs()))
    {
        answer.headers_mut().insert(PREFERENCE_APPLIED, applied);
    }
    Ok(answer)
}

/// Cancels a task: a waiting one at once, a running one within a frame.
#[utoipa::path(
    post,
    operation_id = "kinora_cancel",
    path = "/kinora/v1/tasks/{id}/cancel",
    tag = "kinora",
    params(("id" = String, Path, description = "The task's id")),
    responses(
        (status = 200, description = "Cancelled, or about to be", body = kinora::status::View),
        (status = 401, description = "No API key, or a wrong one", body = kinora::error::Body),
        (status = 404, description = "No such task of this key's", body = kinora::error::Body),
        (status = 409, description = "It has ended already", body = kinora::error::Body),
        (status = 429, description = "Too many requests", body = kinora::error::Body),
    ),
    security(("key" = [])),
)]
pub(crate) async fn cancel(
    State(app): State<App>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Json<kinora::status::View>, Refused> {
    let (head, _) = request.into_parts();
    let caller = auth::caller(&app, &head).await?;
    let id = task_id::parse(Some(&id))?;
    let view = app.service.cancel(&caller, id, Dialect::Kinora).await?;
    Ok(Json(kinora::status::answer(&view)))
}

/// Makes a task's video again, as a new task: the same pictures and settings, except for what the body says.
/// The old task stays as it is, in whatever state that may be.
#[utoipa::path(
    post,
    operation_id = "kinora_retry",
    path = "/kinora/v1/tasks/{id}/retry",
    tag = "kinora",
    request_body(content = Option<kinora::remake::Request>, description = "What is to be different; may be left out"),
    params(
        ("id" = String, Path, description = "The old task's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key with the same body gives the same task"),
    ),
    responses(
        (status = 200, description = "The new task", body = kinora::status::View),
        (status = 400, description = "The request is wrong, or a picture is no longer kept", body = kinora::error::Body),
        (status = 401, description = "No API key, or a wrong one", body = kinora::error::Body),
        (status = 404, description = "No such task of this key's", body = kinora::error::Body),
        (status = 429, description = "Too many requests, or too many tasks waiting", body = kinora::error::Body),
        (status = 503, description = "Shutting down, or no room on the disk", body = kinora::error::Body),
    ),
    security(("key" = [])),
)]
pub(crate) async fn retry(
    State(app): State<App>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Refused> {
    let id = task_id::parse(Some(&id))?;
    let accepted = submit::remake(&app, request, Dialect::Kinora, id, kinora::remake::changes).await?;
    Ok(submit::accepted(
        accepted.replayed,
        kinora::submit::answer(&accepted.task),
    ))
}

/// Deletes a task with its pictures and results. One that has not ended is stopped; no webhook tells of it.
#[utoipa::path(
    delete,
    operation_id = "kinora_delete",
    path = "/kinora/v1/tasks/{id}",
    tag = "kinora",
    params(("id" = String, Path, description = "The task's id")),
    responses(
        (status = 200, description = "It is gone", body = kinora::remake::Deleted),
        (status = 401, description = "No API key, or a wrong one", body = kinora::error::Body),
        (status = 404, description = "No such task of this key's", body = kinora::error::Body),
        (status = 429, description = "Too many requests", body = kinora::error::Body),
    ),
    security(("key" = [])),
)]
pub(crate) async fn delete(
    State(app): State<App>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Json<kinora::remake::Deleted>, Refused> {
    let (head, _) = request.into_parts();
    let caller = auth::caller(&app, &head).await?;
    let id = task_id::parse(Some(&id))?;
    app.service.delete(&caller, id).await?;
    Ok(Json(kinora::remake::Deleted {
        id: id.to_string(),
        deleted: true,
    }))
}
