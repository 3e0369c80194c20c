//! Callbacks: their log, sending one again, and what they are signed with.

use axum::{
    Json,
    extract::{Path, Request, State},
    http::Uri,
};
use domain::{
    failure::{Code, Failure},
    store::{DeliveryQuery, DeliveryState},
};
use wire::kinora::{error::Body, webhook};

use super::{App, auth, kinora_list::limit, query::parameter, refused::Refused};

/// Lists the webhooks of this key's tasks, newest first, each with the log of its tries. `state=dead` shows
/// those that were given up.
#[utoipa::path(
    get,
    operation_id = "kinora_webhooks",
    path = "/kinora/v1/webhooks",
    tag = "kinora",
    params(
        ("task_id" = Option<String>, Query, description = "Of this task"),
        ("state" = Option<String>, Query, description = "due, delivered or dead"),
        ("limit" = Option<u32>, Query, description = "At most this many, 1 to 500; 20 when left out"),
        ("after" = Option<String>, Query, description = "The page before ended with this id: its `next`"),
    ),
    responses(
        (status = 200, description = "One page", body = webhook::List),
        (status = 400, description = "A parameter is wrong", body = Body),
        (status = 401, description = "No API key, or a wrong one", body = Body),
        (status = 429, description = "Too many requests", body = Body),
    ),
    security(("key" = [])),
)]
pub(crate) async fn list(State(app): State<App>, request: Request) -> Result<Json<webhook::List>, Refused> {
    let (head, _) = request.into_parts();
    let caller = auth::caller(&app, &head).await?;
    let query = list_query(&head.uri)?;
    // One more than asked for says whether there is another page.
    let more = DeliveryQuery {
        limit: query.limit.saturating_add(1),
        ..query.clone()
    };
    let mut records = app.service.webhooks(&caller, &more).await?;
    let shown = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let next = (records.len() > shown)
        .then(|| records.get(shown - 1).map(|record| record.id))
        .flatten();
    records.truncate(shown);
    Ok(Json(webhook::page(&records, next)))
}

/// Shows one webhook with the log of its tries.
#[utoipa::path(
    get,
    operation_id = "kinora_webhook",
    path = "/kinora/v1/webhooks/{id}",
    tag = "kinora",
    params(("id" = String, Path, description = "The webhook's id, from the list")),
    responses(
        (status = 200, description = "The webhook", body = webhook::View),
        (status = 401, description = "No API key, or a wrong one", body = Body),
        (status = 404, description = "No such webhook of this key's", body = Body),
        (status = 429, description = "Too many requests", body = Body),
    ),
    security(("key" = [])),
)]
pub(crate) async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Json<webhook::View>, Refused> {
    let (head, _) = request.into_parts();
    let caller = auth::caller(&app, &head).await?;
    let record = app.service.webhook(&caller, parsed(&id)?).await?;
    Ok(Json(webhook::answer(&record)))
}

/// Sends a webhook again, however it ended: at once, and then on the schedule.
#[utoipa::path(
    post,
    operation_id = "kinora_resend_webhook",
    path = "/kinora/v1/webhooks/{id}/resend",
    tag = "kinora",
    params(("id" = String, Path, description = "The webhook's id, from the list")),
    responses(
        (status = 200, description = "It is due", body = webhook::View),
        (status = 401, description = "No API key, or a wrong one", body = Body),
        (status = 404, description = "No such webhook of this key's", body = Body),
        (status = 429, description = "Too many requests", body = Body),
    ),
    security(("key" = [])),
)]
pub(crate) async fn resend(
    State(app): State<App>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Json<webhook::View>, Refused> {
    let (head, _) = request.into_parts();
    let caller = auth::caller(&app, &head).await?;
    let record = app.service.resend_webhook(&caller, parsed(&id)?).await?;
    Ok(Json(webhook::answer(&record)))
}

/// Shows what the webhooks of this key's tasks are signed with (standardwebhooks.com).
#[utoipa::path(
    get,
    operation_id = "kinora_webhook_secret",
    path = "/kinora/v1/webhooks/secret",
    tag = "kinora",
    responses(
        (status = 200, description = "The secret, for receivers", body = webhook::Secret),
        (status = 401, description = "No API key, or a wrong one", body = Body),
        (status = 429, description = "Too many requests", body = Body),
    ),
    security(("key" = [])),
)]
pub(crate) async fn secret(State(app): State<App>, request: Request) -> Result<Json<webhook::Secret>, Refused> {
    let (head, _) = request.into_parts();
    let caller = auth::caller(&app, &head).await?;
    let secret = app.service.webhook_secret(&caller);
    Ok(Json(webhook::Secret { secret }))
}

fn parsed(id: &str) -> Result<i64, Failure> {
    let unknown = || Failure::new(Code::TaskUnknown, "there is no such webhook");
    id.parse().ok().filter(|id| *id > 0).ok_or_else(unknown)
}

fn list_query(uri: &Uri) -> Result<DeliveryQuery, Failure> {
    let wrong = Failure::of_parameter;
    let task = parameter(uri, &["task_id"])
        .map(|text| text.parse().map_err(|_| wrong("task_id", "must be a task's id")))
        .transpose()?;
    let state = parameter(uri, &["state"])
        .map(|name| DeliveryState::from_name(&name).ok_or_else(|| wrong("state", "must be due, delivered or dead")))
        .transpose()?;
    let before = parameter(uri, &["after"])
        .map(|text| text.parse().map_err(|_| wrong("after", "must be a webhook's id")))
        .transpose()?;
    Ok(DeliveryQuery {
        task,
        state,
        before,
        limit: limit(uri)?,
    })
}
