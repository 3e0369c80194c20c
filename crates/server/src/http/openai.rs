//! OpenAI's video routes.

use std::time::Duration;

use axum::{
    Json,
    extract::{Path, Request, State},
    http::{HeaderName, HeaderValue},
    response::{IntoResponse, Response},
};
use domain::{
    artifact::ArtifactKind,
    failure::{Code, Failure},
    id::TaskId,
    request::Dialect,
    state::TaskState,
    store::ListQuery,
    task::TaskView,
};
use service::Caller;
use wire::openai::{self, error::Body as ErrorBody, list, status};

use super::{App, auth, files, query, refused::Refused, submit};

const POLL_AFTER: HeaderName = HeaderName::from_static("openai-poll-after-ms");

/// Hands a task over: JSON, or a form whose `input_reference` is a file. The answer comes as soon as the task is on
/// disk.
#[utoipa::path(
    post,
    operation_id = "openai_create",
    path = "/v1/videos",
    tag = "openai",
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key with the same content gives the same task")),
    request_body(content(
        (openai::submit::Request = "application/json"),
        (openai::submit::Request = "multipart/form-data"),
    )),
    responses(
        (status = 200, description = "Accepted", body = status::Video,
            headers(("openai-poll-after-ms" = u64, description = "When to ask for it"))),
        (status = 400, description = "The request is wrong; the message names every fault", body = ErrorBody),
        (status = 401, description = "No API key, or a wrong one", body = ErrorBody),
        (status = 409, description = "The idempotency key came with another content before", body = ErrorBody),
        (status = 413, description = "The body is too large", body = ErrorBody),
        (status = 429, description = "Too many requests, or too many tasks waiting", body = ErrorBody),
        (status = 503, description = "Shutting down, or no room on the disk", body = ErrorBody),
    ),
    security(("key" = [])),
)]
pub(crate) async fn create(State(app): State<App>, request: Request) -> Result<Response, Refused> {
    let accepted = submit::accept(&app, request, Dialect::OpenAi, openai::submit::draft).await?;
    let video = openai::submit::answer(&accepted.task, kept(&app));
    Ok(timed(
        submit::accepted(accepted.replayed, video),
        Duration::from_secs(1),
    ))
}

/// Shows a video, whichever dialect made it. HTTP 200 for every one that exists, failed ones too.
#[utoipa::path(
    get,
    operation_id = "openai_retrieve",
    path = "/v1/videos/{id}",
    tag = "openai",
    params(("id" = String, Path, description = "The video's id")),
    responses(
        (status = 200, description = "The video as it stands", body = status::Video,
            headers(("openai-poll-after-ms" = u64, description = "When to ask again, until it has ended"))),
        (status = 401, description = "No API key, or a wrong one", body = ErrorBody),
        (status = 404, description = "No such video of this key's", body = ErrorBody),
        (status = 429, description = "Too many requests", body = ErrorBody),
    ),
    security(("key" = [])),
)]
pub(crate) async fn retrieve(
    State(app): State<App>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Refused> {
    let (head, _) = request.into_parts();
    let caller = auth::caller(&app, &head).await?;
    let view = find(&app, &caller, &id).await?;
    let answer = Json(status::answer(&view, kept(&app))).into_response();
    Ok(match status::poll_after(&view) {
        Some(wait) => timed(answer, wait),
        None => answer,
    })
}

/// Lists this key's videos.
#[utoipa::path(
    get,
    operation_id = "openai_list",
    path = "/v1/videos",
    tag = "openai",
    params(
        ("after" = Option<String>, Query, description = "The last id of the page before"),
        ("limit" = Option<u32>, Query, description = "At most this many, 1 to 100; 20 when left out"),
        ("order" = Option<String>, Query, description = "desc (newest first) or asc"),
    ),
    responses(
        (status = 200, description = "One page", body = list::List),
        (status = 400, description = "A parameter is wrong", body = ErrorBody),
        (status = 401, description = "No API key, or a wrong one", body = ErrorBody),
        (status = 429, description = "Too many requests", body = ErrorBody),
    ),
    security(("key" = [])),
)]
pub(crate) async fn list(State(app): State<App>, request: Request) -> Result<Json<list::List>, Refused> {
    let (head, _) = request.into_parts();
    let caller = auth::caller(&app, &head).await?;
    let parameter = |name| query::parameter(&head.uri, &[name]);
    let (after, limit, order) = (parameter("after"), parameter("limit"), parameter("order"));
    let asked = list::query(after.as_deref(), limit.as_deref(), order.as_deref())?;
    // One more than asked for says whether there is another page.
    let more = ListQuery {
        limit: asked.limit.saturating_add(1),
        ..asked.clone()
    };
    let mut views = app.service.list(&caller, &more, Dialect::OpenAi).await?;
    let shown = usize::try_from(asked.limit).unwrap_or(usize::MAX);
    let has_more = views.len() > shown;
    views.truncate(shown);
    Ok(Json(list::answer(&views, has_more, kept(&app))))
}

/// Deletes a video with all that belongs to it. One that is still being made is stopped.
#[utoipa::path(
    delete,
    operation_id = "openai_delete",
    path = "/v1/videos/{id}",
    tag = "openai",
    params(("id" = String, Path, description = "The video's id")),
    responses(
        (status = 200, description = "It is gone", body = status::Deleted),
        (status = 401, description = "No API key, or a wrong one", body = ErrorBody),
        (status = 404, description = "No such video of this key's", body = ErrorBody),
        (status = 429, description = "Too many requests", body = ErrorBody),
    ),
    security(("key" = [])),
)]
pub(crate) async fn delete(
    State(app): State<App>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Json<status::Deleted>, Refused> {
    let (head, _) = request.into_parts();
    let caller = auth::caller(&app, &head).await?;
    let task = status::parse(&id)?;
    let deleted = app.service.delete(&caller, task).await;
    deleted.map_err(|failure| named(failure, &id))?;
    Ok(Json(status::deleted(task)))
}

/// Downloads a video, a small picture of it, or a sheet of small frames. Thumbnail and spritesheet are made for videos
/// that were made through this API.
#[utoipa::path(
    get,
    operation_id = "openai_content",
    path = "/v1/videos/{id}/content",
    tag = "openai",
    params(
        ("id" = String, Path, description = "The video's id"),
        ("variant" = Option<String>, Query, description = "video (mp4), thumbnail (webp) or spritesheet (jpg)"),
        ("Range" = Option<String>, Header, description = "One range of bytes, such as bytes=0-1023"),
    ),
    responses(
        (status = 200, description = "The file", content_type = "video/mp4"),
        (status = 206, description = "The part that was asked for", content_type = "video/mp4"),
        (status = 400, description = "No such variant", body = ErrorBody),
        (status = 401, description = "No API key, or a wrong one", body = ErrorBody),
        (status = 404, description = "No such video of this key's, or it is not ready, or its files have expired", body = ErrorBody),
        (status = 416, description = "The range lies beyond the file's end"),
        (status = 429, description = "Too many requests", body = ErrorBody),
    ),
    security(("key" = [])),
)]
pub(crate) async fn content(
    State(app): State<App>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Refused> {
    let (head, _) = request.into_parts();
    let caller = auth::caller(&app, &head).await?;
    let kind = match query::parameter(&head.uri, &["variant"]).as_deref() {
        None | Some("video") => ArtifactKind::Video,
        Some("thumbnail") => ArtifactKind::Thumbnail,
        Some("spritesheet") => ArtifactKind::Spritesheet,
        Some(_) => {
            let problem = "must be video, thumbnail or spritesheet";
            return Err(Failure::of_parameter("variant", problem).into());
        }
    };
    let view = find(&app, &caller, &id).await?;
    let TaskState::Succeeded { output, .. } = &view.task.state else {
        return Err(status::not_ready(view.task.id).into());
    };
    let file = app.service.open_result(view.task.id, output.attempt, kind).await?;
    let file = file.ok_or_else(|| gone(&view, kind))?;
    Ok(files::answer(&file, &head.method, &head.headers).await?)
}

/// Makes another video from the same picture, with another prompt.
#[utoipa::path(
    post,
    operation_id = "openai_remix",
    path = "/v1/videos/{id}/remix",
    tag = "openai",
    params(
        ("id" = String, Path, description = "The old video's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key with the same body gives the same task"),
    ),
    request_body = openai::remix::Request,
    responses(
        (status = 200, description = "The new video", body = status::Video),
        (status = 400, description = "The request is wrong, or the picture is no longer kept", body = ErrorBody),
        (status = 401, description = "No API key, or a wrong one", body = ErrorBody),
        (status = 404, description = "No such video of this key's", body = ErrorBody),
        (status = 429, description = "Too many requests, or too many tasks waiting", body = ErrorBody),
        (status = 503, description = "Shutting down, or no room on the disk", body = ErrorBody),
    ),
    security(("key" = [])),
)]
pub(crate) async fn remix(
    State(app): State<App>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Refused> {
    let task = status::parse(&id)?;
    let remade = submit::remake(&app, request, Dialect::OpenAi, task, openai::remix::changes).await;
    let accepted = remade.map_err(|refused| match refused {
        Refused::Failure(failure) => named(failure, &id).into(),
        faults @ Refused::Faults(_) => faults,
    })?;
    let video = openai::submit::answer(&accepted.task, kept(&app));
    Ok(timed(
        submit::accepted(accepted.replayed, video),
        Duration::from_secs(1),
    ))
}

async fn find(app: &App, caller: &Caller, id: &str) -> Result<TaskView, Failure> {
    let task: TaskId = status::parse(id)?;
    let polled = app.service.poll(caller, task, Dialect::OpenAi).await;
    polled.map_err(|failure| named(failure, id))
}

/// This dialect's answer names the id.
fn named(failure: Failure, id: &str) -> Failure {
    match failure.code {
        Code::TaskUnknown => status::unknown(id),
        _ => failure,
    }
}

fn gone(view: &TaskView, kind: ArtifactKind) -> Failure {
    let public = match kind {
        ArtifactKind::Video => "The video has expired.".to_owned(),
        _ => format!("Video '{}' has no {}.", status::id(view.task.id), kind.file_name()),
    };
    Failure::new(Code::TaskUnknown, public)
}

fn timed(mut response: Response, wait: Duration) -> Response {
    let wait = HeaderValue::from(u64::try_from(wait.as_millis()).unwrap_or(u64::MAX));
    response.headers_mut().insert(POLL_AFTER, wait);
    response
}

/// How long results live.
fn kept(app: &App) -> Duration {
    app.service.settings().retention.artifacts
}
