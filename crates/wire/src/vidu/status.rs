//! A task as Vidu shows it.

use domain::{
    failure::{Code, Failure},
    id::TaskId,
    state::TaskState,
    task::{Link, TaskView},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{credits, error};

/// The answer to a creations query, HTTP 200 whatever became of the task; and the body of callbacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = vidu::Creations, example = json!({
    "id": "7530125487000584192", "state": "success", "err_code": "", "credits": 40, "payload": "", "bgm": false, "off_peak": false,
    "creations": [{"id": "75301254870005841921",
        "url": "https://kinora.example/files/7530125487000584192/1/video.mp4?expires=1795246805&signature=…",
        "cover_url": "https://kinora.example/files/7530125487000584192/1/cover.jpg?expires=1795246805&signature=…",
        "watermarked_url": ""}]
}))]
pub struct Answer {
    pub id: String,
    pub state: State,
    /// Why it failed, a code of the errors' table; else empty.
    pub err_code: String,
    /// 0 once the task has failed.
    pub credits: u32,
    /// As it was sent.
    pub payload: String,
    pub bgm: bool,
    pub off_peak: bool,
    /// The video on success; else empty. Once its file has expired, the links answer that.
    pub creations: Vec<Creation>,
}

/// One video.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = vidu::Creation)]
pub struct Creation {
    pub id: String,
    /// The video, without a watermark.
    pub url: String,
    pub cover_url: String,
    /// The video with its watermark, if one was asked for; else empty.
    pub watermarked_url: String,
}

/// The only words that clients understand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = vidu::State)]
pub enum State {
    /// Only in the answer to a submit.
    Created,
    /// So spelled.
    Queueing,
    Processing,
    Success,
    /// Cancelled and overdue tasks too.
    Failed,
}

impl State {
    /// The word for a task's state.
    pub fn of(state: &TaskState) -> Self {
        match state {
            TaskState::Queued { .. } => Self::Queueing,
            TaskState::Running { .. } => Self::Processing,
            TaskState::Succeeded { .. } => Self::Success,
            TaskState::Failed { .. } | TaskState::Cancelled { .. } => Self::Failed,
        }
    }
}

/// Shows a task, whichever dialect made it.
pub fn answer(view: &TaskView) -> Answer {
    let task = &view.task;
    Answer {
        id: task.id.to_string(),
        state: State::of(&task.state),
        err_code: err_code(&task.state).to_owned(),
        credits: credits::of(task),
        payload: task.request.payload.clone().unwrap_or_default(),
        bgm: task.request.bgm,
        off_peak: task.request.off_peak,
        creations: creations(view),
    }
}

/// The code that says why a task failed; empty when it did not.
pub fn err_code(state: &TaskState) -> &'static str {
    match state {
        TaskState::Failed { failure, .. } => error::table(failure.code).reason,
        TaskState::Cancelled { .. } => "UserCancelled",
        TaskState::Queued { .. } | TaskState::Running { .. } | TaskState::Succeeded { .. } => "",
    }
}

/// The videos of a task: one or none.
pub fn creations(view: &TaskView) -> Vec<Creation> {
    let (TaskState::Succeeded { output, .. }, Some(video)) = (&view.task.state, &view.links.video) else {
        return Vec::new();
    };
    let url = |link: &Option<Link>| link.as_ref().map(|link| link.url.clone()).unwrap_or_default();
    let (plain, watermarked) = match &view.links.clean {
        Some(clean) => (clean.url.clone(), video.url.clone()),
        None => (video.url.clone(), String::new()),
    };
    vec![Creation {
        id: format!("{}{}", view.task.id, output.attempt),
        url: plain,
        cover_url: url(&view.links.cover),
        watermarked_url: watermarked,
    }]
}

/// Reads the id of a path.
///
/// # Errors
/// `TaskIdMalformed` when it is no number: clients tell that from a task that does not exist.
pub fn task_id(text: &str) -> Result<TaskId, Failure> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let code = if is_number {
        Code::TaskUnknown
    } else {
        Code::TaskIdMalformed
    };
    text.parse().map_err(|_| Failure::new(code, "task not found"))
}

/// The refusal of a cancel that came when the task was in this state.
pub fn too_late(state: &TaskState) -> Failure {
    let word = match State::of(state) {
        State::Success => "success",
        State::Failed => "failed",
        State::Created | State::Queueing | State::Processing => "processing",
    };
    Failure::new(Code::CancelTooLate, format!("task state is {word}, can not cancel"))
}

/// The answer to a cancel that was in time: an empty object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = vidu::Cancelled, example = json!({}))]
pub struct Cancelled {}
