//! Jiekou's routes.

use axum::{
    Json,
    extract::{Path, Request, State},
    response::Response,
};
use domain::request::Dialect;
use wire::{
    jiekou::{self, route},
    task_id,
};

use super::{App, auth, query, refused::Refused, submit};

/// What this dialect's manual states; its links are made to hold as long.
pub(crate) const LINK_SECONDS: u32 = 3600;

/// Hands a task over; the path names the model and the kind of generation. The answer comes as soon as the
/// task is on disk.
#[utoipa::path(
    post,
    operation_id = "jiekou_submit",
    path = "/v3/async/{slug}",
    tag = "jiekou",
    params(
        ("slug" = inline(route::Slug), Path, description = "vidu-q2-pro-fast-img2video, vidu-q2-pro-img2video, vidu-q2-turbo-img2video, \
            their …-startend2video siblings, or one of the older models' paths", example = "vidu-q2-pro-fast-img2video"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key with the same body gives the same task"),
    ),
    request_body = jiekou::submit::Request,
    responses(
        (status = 200, description = "Accepted", body = jiekou::submit::Answer),
        (status = 400, description = "The request is wrong; the message names every fault", body = jiekou::error::Body),
        (status = 403, description = "No API key, or a wrong one", body = jiekou::error::Body),
        (status = 404, description = "No such path or model", body = jiekou::error::Body),
        (status = 429, description = "Too many requests, or too many tasks waiting", body = jiekou::error::Body),
        (status = 503, description = "Shutting down, or no room on the disk", body = jiekou::error::Body),
    ),
    security(("key" = [])),
)]
pub(crate) async fn submit(
    State(app): State<App>,
    Path(slug): Path<String>,
    request: Request,
) -> Result<Response, Refused> {
    let route = route::find(&slug)?;
    let read = |body: &[u8], references: &wire::inline::References| jiekou::submit::draft(body, route, references);
    let accepted = submit::accept(&app, request, Dialect::Jiekou, read).await?;
    Ok(submit::accepted(
        accepted.replayed,
        jiekou::submit::answer(&accepted.task),
    ))
}

/// Hands a task over; the body names the model. Otherwise as that model's own path.
#[utoipa::path(
    post,
    operation_id = "jiekou_create",
    path = "/v3/video/create",
    tag = "jiekou",
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key with the same body gives the same task")),
    request_body = jiekou::unified::Request,
    responses(
        (status = 200, description = "Accepted", body = jiekou::submit::Answer),
        (status = 400, description = "The request is wrong; the message names every fault", body = jiekou::error::Body),
        (status = 403, description = "No API key, or a wrong one", body = jiekou::error::Body),
        (status = 404, description = "No such model", body = jiekou::error::Body),
        (status = 429, description = "Too many requests, or too many tasks waiting", body = jiekou::error::Body),
        (status = 503, description = "Shutting down, or no room on the disk", body = jiekou::error::Body),
    ),
    security(("key" = [])),
)]
pub(crate) async fn create(State(app): State<App>, request: Request) -> Result<Response, Refused> {
    let accepted = submit::accept(&app, request, Dialect::Jiekou, jiekou::unified::draft).await?;
    Ok(submit::accepted(
        accepted.replayed,
        jiekou::submit::answer(&accepted.task),
    ))
}

/// Shows a task, whichever dialect made it. HTTP 200 for every task that exists, failed ones too.
#[utoipa::path(
    get,
    operation_id = "jiekou_task_result",
    path = "/v3/async/task-result",
    tag = "jiekou",
    params(("task_id" = String, Query, description = "The task's id; taskId is understood too")),
    responses(
        (status = 200, description = "The task as it stands", body = jiekou::status::Answer),
        (status = 400, description = "No id", body = jiekou::error::Body),
        (status = 403, description = "No API key, or a wrong one", body = jiekou::error::Body),
        (status = 404, description = "No such task of this key's", body = jiekou::error::Body),
        (status = 429, description = "Too many requests", body = jiekou::error::Body),
    ),
    security(("key" = [])),
)]
pub(crate) async fn task_result(
    State(app): State<App>,
    request: Request,
) -> Result<Json<jiekou::status::Answer>, Refused> {
    let (head, _) = request.into_parts();
    let caller = auth::caller(&app, &head).await?;
    let id = query::parameter(&head.uri, &["task_id", "taskId"]);
    let id = task_id::parse(id.as_deref())?;
    let view = app.service.poll(&caller, id, Dialect::Jiekou).await?;
    Ok(Json(jiekou::status::answer(&view, LINK_SECONDS)))
}
