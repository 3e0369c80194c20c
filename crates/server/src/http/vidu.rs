//! Vidu's routes.

use axum::{
    Json,
    extract::{Path, Request, State},
    response::{IntoResponse, Response},
};
use domain::{
    failure::{Code, Failure},
    id::TaskId,
    request::Dialect,
    state::StateName,
    store::ListQuery,
};
use service::Page;
use wire::vidu::{self, account, endpoint, list};

use super::{App, auth, query, refused::Refused, submit};

/// A key's tasks that are counted as running or waiting, at most.
const MOST_COUNTED: u32 = 1000;

/// Hands a task over; the path says which kind of generation. The answer comes as soon as the task is on disk.
/// `text2video` is refused: no engine here makes a video from text alone.
#[utoipa::path(
    post,
    operation_id = "vidu_submit",
    path = "/ent/v2/{endpoint}",
    tag = "vidu",
    params(
        ("endpoint" = inline(endpoint::Endpoint), Path, description = "The kind of generation", example = "img2video"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key with the same body gives the same task"),
    ),
    request_body = vidu::submit::Request,
    responses(
        (status = 200, description = "Accepted", body = vidu::submit::Answer),
        (status = 400, description = "The request is wrong; the message names every fault", body = vidu::error::Body),
        (status = 401, description = "No API key, or a wrong one", body = vidu::error::Body),
        (status = 404, description = "No such endpoint", body = vidu::error::Body),
        (status = 409, description = "The idempotency key came with another body before", body = vidu::error::Body),
        (status = 429, description = "Too many requests, or too many tasks waiting", body = vidu::error::Body),
        (status = 503, description = "Shutting down, or no room on the disk", body = vidu::error::Body),
    ),
    security(("key" = [])),
)]
pub(crate) async fn submit(
    State(app): State<App>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Refused> {
    let endpoint = endpoint::find(&name)?;
    let read = |body: &[u8], references: &wire::inline::References| vidu::submit::draft(body, endpoint, references);
    let accepted = submit::accept(&app, request, Dialect::Vidu, read).await?;
    Ok(submit::accepted(
        accepted.replayed,
        vidu::submit::answer(&accepted.task),
    ))
}

/// Shows a task, whichever dialect made it. HTTP 200 for every task that exists, failed ones too.
#[utoipa::path(
    get,
    operation_id = "vidu_creations",
    path = "/ent/v2/tasks/{id}/creations",
    tag = "vidu",
    params(("id" = String, Path, description = "The task's id")),
    responses(
        (status = 200, description = "The task as it stands", body = vidu::status::Answer),
        (status = 400, description = "The id is no number", body = vidu::error::Body),
        (status = 401, description = "No API key, or a wrong one", body = vidu::error::Body),
        (status = 404, description = "No such task of this key's", body = vidu::error::Body),
        (status = 429, description = "Too many requests", body = vidu::error::Body),
    ),
    security(("key" = [])),
)]
pub(crate) async fn creations(
    State(app): State<App>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Json<vidu::status::Answer>, Refused> {
    let (head, _) = request.into_parts();
    let caller = auth::caller(&app, &head).await?;
    let view = app.service.poll(&caller, task_id(&id)?, Dialect::Vidu).await?;
    Ok(Json(vidu::status::answer(&view)))
}

/// Cancels a task that still waits. One that runs cannot be cancelled any more.
#[utoipa::path(
    post,
    operation_id = "vidu_cancel",
    path = "/ent/v2/tasks/{id}/cancel",
    tag = "vidu",
    params(("id" = String, Path, description = "The task's id; a body is not needed")),
    responses(
        (status = 200, description = "Cancelled", body = vidu::status::Cancelled),
        (status = 400, description = "It runs, or has ended; or the id is no number", body = vidu::error::Body),
        (status = 401, description = "No API key, or a wrong one", body = vidu::error::Body),
        (status = 404, description = "No such task of this key's", body = vidu::error::Body),
        (status = 429, description = "Too many requests", body = vidu::error::Body),
    ),
    security(("key" = [])),
)]
pub(crate) async fn cancel(
    State(app): State<App>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Json<vidu::status::Cancelled>, Refused> {
    let (head, _) = request.into_parts();
    let caller = auth::caller(&app, &head).await?;
    let id = task_id(&id)?;
    match app.service.cancel_waiting(&caller, id, Dialect::Vidu).await {
        Ok(_) => Ok(Json(vidu::status::Cancelled {})),
        Err(failure) if failure.code == Code::CancelTooLate => {
            let view = app.service.poll(&caller, id, Dialect::Vidu).await?;
            Err(vidu::status::too_late(&view.task.state).into())
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Lists this key's tasks, newest first; those of the last seven days unless `created_at.from` says otherwise.
#[utoipa::path(
    get,
    operation_id = "vidu_list",
    path = "/ent/v2/tasks",
    tag = "vidu",
    params(
        ("created_at.from" = Option<String>, Query, description = "RFC 3339, or unix seconds"),
        ("created_at.to" = Option<String>, Query, description = "RFC 3339, or unix seconds; not included"),
        ("task_ids" = Option<String>, Query, description = "Ids, separated by commas or as several parameters; so are all lists"),
        ("model_versions" = Option<String>, Query, description = "Such as q2-pro"),
        ("resolutions" = Option<String>, Query, description = "Such as 720p"),
        ("states" = Option<String>, Query, description = "created, queueing, processing, success, failed"),
        ("templates" = Option<String>, Query, description = "There are none here: finds nothing"),
        ("pager.page" = Option<u32>, Query, description = "From 0"),
        ("pager.pagesz" = Option<u32>, Query, description = "1 to 100; 10 when left out"),
        ("pager.page_token" = Option<String>, Query, description = "next_page_token of the page before"),
    ),
    responses(
        (status = 200, description = "One page", body = vidu::list::List),
        (status = 400, description = "A parameter is wrong", body = vidu::error::Body),
        (status = 401, description = "No API key, or a wrong one", body = vidu::error::Body),
        (status = 429, description = "Too many requests", body = vidu::error::Body),
    ),
    security(("key" = [])),
)]
pub(crate) async fn list(State(app): State<App>, request: Request) -> Result<Json<list::List>, Refused> {
    let (head, _) = request.into_parts();
    let caller = auth::caller(&app, &head).await?;
    let pairs: Vec<(String, String)> = query::parameters(&head.uri);
    let pairs = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let asked = list::Query::read(pairs, app.service.clock().now())?;
    let conditions = ListQuery {
        states: asked.states.clone(),
        models: asked.models.clone(),
        created_from: Some(asked.from),
        created_until: asked.to,
        after: asked.after,
        ..ListQuery::default()
    };
    let page = Page {
        skip: asked.skip as usize,
        size: asked.size as usize,
    };
    let wants = |view: &domain::task::TaskView| asked.wants(view);
    let found = app
        .service
        .search(&caller, conditions, wants, page, Dialect::Vidu)
        .await?;
    Ok(Json(list::answer(&found.views, found.more)))
}

/// Shows how busy this key's tasks are. Nothing is charged.
#[utoipa::path(
    get,
    operation_id = "vidu_credits",
    path = "/ent/v2/credits",
    tag = "vidu",
    params(("show_detail" = Option<bool>, Query, description = "Adds packages, an empty list")),
    responses(
        (status = 200, description = "The account", body = account::Answer),
        (status = 401, description = "No API key, or a wrong one", body = vidu::error::Body),
        (status = 429, description = "Too many requests", body = vidu::error::Body),
    ),
    security(("key" = [])),
)]
pub(crate) async fn credits(State(app): State<App>, request: Request) -> Result<Response, Refused> {
    let (head, _) = request.into_parts();
    let caller = auth::caller(&app, &head).await?;
    let count = async |state: StateName| {
        let query = ListQuery {
            states: vec![state],
            limit: MOST_COUNTED,
            ..ListQuery::default()
        };
        let tasks = app.service.list(&caller, &query, Dialect::Vidu).await?;
        Ok::<u32, Failure>(u32::try_from(tasks.len()).unwrap_or(MOST_COUNTED))
    };
    let load = account::Load {
        limit: u32::try_from(app.service.settings().worker.concurrency).unwrap_or(u32::MAX),
        running: count(StateName::Running).await?,
        waiting: count(StateName::Queued).await?,
    };
    let detail = query::parameter(&head.uri, &["show_detail"]).is_some_and(|value| value.eq_ignore_ascii_case("true"));
    Ok(Json(account::answer(load, detail)).into_response())
}

fn task_id(text: &str) -> Result<TaskId, Failure> {
    vidu::status::task_id(text)
}
