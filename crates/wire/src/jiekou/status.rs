//! A task as Jiekou shows it.

use domain::{
    state::{Progress, TaskState},
    task::TaskView,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{fields, submit::Webhook};

/// The answer to a task-result query, HTTP 200 whatever became of the task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = jiekou::TaskResult, example = json!({
    "extra": {"seed": "42", "enable_nsfw_detection": false, "debug_info": {
        "request_info": "", "submit_time_ms": "1795160405120", "execute_time_ms": "1795160405300", "complete_time_ms": "1795160409480"}},
    "task": {"task_id": "7530125487000584192", "status": "TASK_STATUS_SUCCEED", "reason": "",
        "task_type": "VIDU_Q2_PRO_FAST_IMAGE_TO_VIDEO", "eta": 0, "progress_percent": 100},
    "images": [],
    "videos": [{"video_url": "https://kinora.example/files/7530125487000584192/1/video.mp4?expires=1795164010&signature=…",
        "video_url_ttl": "3600", "video_type": "mp4"}],
    "audios": []
}))]
pub struct Answer {
    pub extra: Extra,
    pub task: Task,
    /// Always empty.
    #[schema(value_type = Vec<Object>)]
    pub images: Vec<serde_json::Value>,
    /// The video on success.
    pub videos: Vec<Video>,
    /// Always empty.
    #[schema(value_type = Vec<Object>)]
    pub audios: Vec<serde_json::Value>,
}

/// What is not about the task's progress.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = jiekou::Extra)]
pub struct Extra {
    /// The seed that was used, in decimal.
    pub seed: String,
    pub enable_nsfw_detection: bool,
    /// Only once the task has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub debug_info: Option<DebugInfo>,
    /// Only in callbacks: the webhook that is being called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook: Option<Webhook>,
}

/// Unix milliseconds, in decimal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = jiekou::DebugInfo)]
pub struct DebugInfo {
    /// Always empty.
    pub request_info: String,
    pub submit_time_ms: String,
    /// `0` when the task ended before anybody worked on it.
    pub execute_time_ms: String,
    pub complete_time_ms: String,
}

/// Where the task stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = jiekou::Task)]
pub struct Task {
    pub task_id: String,
    pub status: Status,
    /// Why it failed; else empty.
    pub reason: String,
    /// The model's name in capitals.
    pub task_type: String,
    /// Seconds; 0 when not known.
    pub eta: u32,
    #[schema(maximum = 100)]
    pub progress_percent: u32,
}

/// The only four words that clients understand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = jiekou::Status)]
pub enum Status {
    #[serde(rename = "TASK_STATUS_QUEUED")]
    Queued,
    #[serde(rename = "TASK_STATUS_PROCESSING")]
    Processing,
    #[serde(rename = "TASK_STATUS_SUCCEED")]
    Succeed,
    /// Cancelled and overdue tasks too.
    #[serde(rename = "TASK_STATUS_FAILED")]
    Failed,
}

/// One video.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = jiekou::Video)]
pub struct Video {
    pub video_url: String,
    /// How long the link opens the video from now on: seconds, in decimal; `0` once its file has expired.
    pub video_url_ttl: String,
    /// Always `mp4`.
    pub video_type: String,
}

/// Shows a task, whichever dialect made it. `link_seconds`: how long its links live from now on.
pub fn answer(view: &TaskView, link_seconds: u32) -> Answer {
    Answer {
        extra: Extra {
            seed: view.task.request.seed.to_string(),
            enable_nsfw_detection: false,
            debug_info: view.task.state.finished_at().map(|end| debug_info(view, end)),
            webhook: None,
        },
        task: task(view),
        images: Vec::new(),
        videos: videos(view, link_seconds),
        audios: Vec::new(),
    }
}

fn debug_info(view: &TaskView, end: Timestamp) -> DebugInfo {
    let text = |time: Timestamp| time.milliseconds().to_string();
    DebugInfo {
        request_info: String::new(),
        submit_time_ms: text(view.task.created_at),
        execute_time_ms: view.task.started_at.map_or_else(|| "0".to_owned(), text),
        complete_time_ms: text(end),
    }
}

fn task(view: &TaskView) -> Task {
    let (status, reason, progress) = match &view.task.state {
        TaskState::Queued { .. } => (Status::Queued, String::new(), Progress::default()),
        TaskState::Running { progress, .. } => (Status::Processing, String::new(), *progress),
        TaskState::Succeeded { .. } => (Status::Succeed, String::new(), Progress { done: 1, total: 1 }),
        TaskState::Failed { failure, .. } => (Status::Failed, failure.said(fields::name), Progress::default()),
        TaskState::Cancelled { .. } => (Status::Failed, "the task was cancelled".to_owned(), Progress::default()),
    };
    Task {
        task_id: view.task.id.to_string(),
        status,
        reason,
        task_type: task_type(&view.task.request.model),
        eta: 0,
        progress_percent: progress.percent(),
    }
}

/// `viduq2-pro-fast` is `VIDU_Q2_PRO_FAST_IMAGE_TO_VIDEO`, as the service's own ids are built.
fn task_type(model: &str) -> String {
    let spaced = match model.strip_prefix("vidu") {
        Some(rest) => format!("vidu_{rest}"),
        None => model.to_owned(),
    };
    let plain = |character: char| {
        if character.is_ascii_alphanumeric() {
            character
        } else {
            '_'
        }
    };
    let name: String = spaced.chars().map(plain).collect();
    format!("{}_IMAGE_TO_VIDEO", name.to_ascii_uppercase())
}

fn videos(view: &TaskView, link_seconds: u32) -> Vec<Video> {
    let TaskState::Succeeded { artifacts_expired, .. } = view.task.state else {
        return Vec::new();
    };
    let seconds = if artifacts_expired { 0 } else { link_seconds };
    let link = view.links.video.iter();
    link.map(|link| Video {
        video_url: link.url.clone(),
        video_url_ttl: seconds.to_string(),
        video_type: "mp4".to_owned(),
    })
    .collect()
}
