//! A task as OpenAI shows it.

use std::time::Duration;

use domain::{
    failure::{Code, Failure},
    id::TaskId,
    media::Size,
    request::Shape,
    state::{Progress, TaskState},
    task::TaskView,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::error;

const PREFIX: &str = "video_";
/// The service's own default.
const DEFAULT_SIZE: &str = "720x1280";
/// What a client waits before it asks again: for the first task in the queue, and for each one before it.
const POLL_AFTER: Duration = Duration::from_millis(1000);
const POLL_PER_TASK: Duration = Duration::from_millis(500);
const POLL_AT_MOST: Duration = Duration::from_secs(10);

/// One video: the answer to create, retrieve and remix, HTTP 200 whatever became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = openai::Video, example = json!({
    "id": "video_7530125487000584192", "object": "video", "model": "sora-2", "status": "completed", "progress": 100,
    "created_at": 1795160405, "completed_at": 1795160409, "expires_at": 1795765209, "seconds": "4", "size": "720x1280",
    "prompt": "make it dance.", "remixed_from_video_id": null, "error": null
}))]
pub struct Video {
    pub id: String,
    /// Always `video`.
    pub object: String,
    pub model: String,
    pub status: Status,
    /// Percent.
    #[schema(maximum = 100)]
    pub progress: u32,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds.
    pub completed_at: Option<i64>,
    /// Unix seconds until which the content can be had.
    pub expires_at: Option<i64>,
    /// Whole seconds, in decimal.
    pub seconds: String,
    /// Width and height in pixels.
    pub size: String,
    pub prompt: Option<String>,
    pub remixed_from_video_id: Option<String>,
    pub error: Option<Error>,
}

/// Why it failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = openai::VideoError)]
pub struct Error {
    pub code: String,
    pub message: String,
}

/// The only four words that clients understand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = openai::Status)]
pub enum Status {
    Queued,
    InProgress,
    Completed,
    /// Cancelled and overdue tasks too.
    Failed,
}

/// The answer to a deletion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = openai::Deleted, example = json!({"id": "video_7530125487000584192", "deleted": true, "object": "video.deleted"}))]
pub struct Deleted {
    pub id: String,
    /// Always true.
    pub deleted: bool,
    /// Always `video.deleted`.
    pub object: String,
}

/// How a task's id is spelled here.
pub fn id(task: TaskId) -> String {
    format!("{PREFIX}{task}")
}

/// Reads an id, with or without its prefix.
///
/// # Errors
/// `TaskUnknown`: such a video does not exist.
pub fn parse(text: &str) -> Result<TaskId, Failure> {
    text.strip_prefix(PREFIX)
        .unwrap_or(text)
        .parse()
        .map_err(|_| unknown(text))
}

/// The one answer for a video that does not exist and for one that is somebody else's.
pub fn unknown(id: &str) -> Failure {
    // What stands in a path may be anything; only what could be an id is repeated.
    let plain = |character: &char| character.is_ascii_alphanumeric() || "_-".contains(*character);
    let id: String = id.chars().filter(plain).take(64).collect();
    Failure::new(Code::TaskUnknown, format!("Video with id '{id}' not found."))
}

/// The answer to a content query that comes too early.
pub fn not_ready(task: TaskId) -> Failure {
    let id = id(task);
    let public = format!("Video is not ready yet, use GET /v1/videos/{id} to check status.");
    Failure::new(Code::TaskUnknown, public)
}

/// The answer to a deletion.
pub fn deleted(task: TaskId) -> Deleted {
    Deleted {
        id: id(task),
        deleted: true,
        object: "video.deleted".to_owned(),
    }
}

/// Shows a task, whichever dialect made it. `kept`: how long results live.
pub fn answer(view: &TaskView, kept: Duration) -> Video {
    let task = &view.task;
    let (status, progress) = match &task.state {
        TaskState::Queued { .. } => (Status::Queued, Progress::default()),
        TaskState::Running { progress, .. } => (Status::InProgress, *progress),
        TaskState::Succeeded { .. } => (Status::Completed, Progress { done: 1, total: 1 }),
        TaskState::Failed { .. } | TaskState::Cancelled { .. } => (Status::Failed, Progress::default()),
    };
    let completed = match &task.state {
        TaskState::Succeeded { finished_at, .. } => Some(*finished_at),
        _ => None,
    };
    Video {
        id: id(task.id),
        object: "video".to_owned(),
        model: task.request.model.clone(),
        status,
        progress: progress.percent(),
        created_at: task.created_at.seconds(),
        completed_at: completed.map(|time| time.seconds()),
        expires_at: completed.map(|time| (time + kept).seconds()),
        seconds: task.request.duration.to_string(),
        size: size(view),
        prompt: Some(task.request.prompt.clone()),
        remixed_from_video_id: task.made_from.map(id),
        error: error_of(&task.state),
    }
}

fn size(view: &TaskView) -> String {
    let extras = &view.task.request.extras;
    let size = match (&view.task.state, extras.shape) {
        (TaskState::Succeeded { output, .. }, _) => Some(output.size),
        (_, Shape::Pixels(size) | Shape::Exactly(size)) => Some(size),
        _ => extras.size,
    };
    match size {
        Some(Size { width, height }) => format!("{width}x{height}"),
        // Only the picture knows, and it has not been fetched yet.
        None => DEFAULT_SIZE.to_owned(),
    }
}

fn error_of(state: &TaskState) -> Option<Error> {
    match state {
        TaskState::Failed { failure, .. } => Some(Error {
            code: error::table(failure.code).code.unwrap_or("invalid_image").to_owned(),
            message: error::said(failure).into_owned(),
        }),
        TaskState::Cancelled { .. } => Some(Error {
            code: "cancelled".to_owned(),
            message: "the task was cancelled".to_owned(),
        }),
        _ => None,
    }
}

/// How long a client should wait before it asks again; `None` once the task has ended.
pub fn poll_after(view: &TaskView) -> Option<Duration> {
    match view.task.state {
        TaskState::Queued { .. } => {
            let before = view.queue_position.unwrap_or(1).saturating_sub(1);
            Some((POLL_AFTER + POLL_PER_TASK.saturating_mul(before)).min(POLL_AT_MOST))
        }
        TaskState::Running { .. } => Some(POLL_AFTER),
        _ => None,
    }
}
