//! Kinora's own routes.

use axum::{
    Json,
    extract::{Path, Request, State},
    http::Uri,
    response::Response,
};
use domain::{
    failure::{Code, Failure},
    request::Dialect,
    state::StateName,
    store::ListQuery,
};
use wire::{kinora, task_id};

use super::{App, auth, query, refused::Refused, submit};

const PAGE: u32 = 20;
const LONGEST_PAGE: u32 = 500;

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

/// Lists this key's tasks, newest first.
#[utoipa::path(
    get,
    operation_id = "kinora_list",
    path = "/kinora/v1/tasks",
    tag = "kinora",
    params(
        ("state" = Option<String>, Query, description = "queued, running, succeeded, failed or cancelled"),
        ("limit" = Option<u32>, Query, description = "At most this many, 1 to 500; 20 when left out"),
        ("before" = Option<String>, Query, description = "The last id of the page before"),
    ),
    responses(
        (status = 200, description = "One page", body = kinora::list::List),
        (status = 400, description = "A parameter is wrong", body = kinora::error::Body),
        (status = 401, description = "No API key, or a wrong one", body = kinora::error::Body),
        (status = 429, description = "Too many requests", body = kinora::error::Body),
    ),
    security(("key" = [])),
)]
pub(crate) async fn list(State(app): State<App>, request: Request) -> Result<Json<kinora::list::List>, Refused> {
    let (head, _) = request.into_parts();
    let caller = auth::caller(&app, &head).await?;
    let query = list_query(&head.uri)?;
    // One more than asked for says whether there is another page.
    let more = ListQuery {
        limit: query.limit.saturating_add(1),
        ..query.clone()
    };
    let mut views = app.service.list(&caller, &more, Dialect::Kinora).await?;
    let shown = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let next = (views.len() > shown)
        .then(|| views.get(shown - 1).map(|view| view.task.id))
        .flatten();
    views.truncate(shown);
    Ok(Json(kinora::list::answer(&views, next)))
}

/// Shows a task, whichever dialect made it.
#[utoipa::path(
    get,
    operation_id = "kinora_status",
    path = "/kinora/v1/tasks/{id}",
    tag = "kinora",
    params(("id" = String, Path, description = "The task's id")),
    responses(
        (status = 200, description = "The task as it stands", body = kinora::status::View),
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
) -> Result<Json<kinora::status::View>, Refused> {
    let (head, _) = request.into_parts();
    let caller = auth::caller(&app, &head).await?;
    let id = task_id::parse(Some(&id))?;
    let view = app.service.poll(&caller, id, Dialect::Kinora).await?;
    Ok(Json(kinora::status::answer(&view)))
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

fn list_query(uri: &Uri) -> Result<ListQuery, Failure> {
    let wrong = |problem: &str| Failure::new(Code::FieldInvalid, problem);
    let state = match query::parameter(uri, &["state"]) {
        None => None,
        Some(name) => Some(
            StateName::from_name(&name)
                .ok_or_else(|| wrong("state must be one of queued, running, succeeded, failed, cancelled"))?,
        ),
    };
    let limit = match query::parameter(uri, &["limit"]) {
        None => PAGE,
        Some(text) => text
            .parse()
            .ok()
            .filter(|limit| (1..=LONGEST_PAGE).contains(limit))
            .ok_or_else(|| wrong("limit must be a whole number from 1 to 500"))?,
    };
    let before = match query::parameter(uri, &["before"]) {
        None => None,
        Some(text) => Some(text.parse().map_err(|_| wrong("before must be a task's id"))?),
    };
    Ok(ListQuery { state, before, limit })
}
