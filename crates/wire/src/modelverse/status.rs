//! A task as Modelverse shows it.

use domain::{state::TaskState, task::TaskView};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::fields;

/// The answer to a status query, HTTP 200 whatever became of the task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = modelverse::StatusAnswer, example = json!({
    "output": {
        "task_id": "7530125487000584192", "task_status": "Success",
        "urls": ["https://kinora.example/files/7530125487000584192/1/video.mp4?expires=1795246805&signature=…"],
        "submit_time": 1795160405, "finish_time": 1795160409
    },
    "usage": {"duration": 5}, "request_id": ""
}))]
pub struct Answer {
    pub output: Output,
    pub usage: Usage,
    /// Always empty, as in the manual's examples.
    pub request_id: String,
}

/// Where the task stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = modelverse::StatusOutput)]
pub struct Output {
    pub task_id: String,
    pub task_status: Status,
    /// The video; only on success. Once its file has expired, the link answers that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urls: Option<Vec<String>>,
    /// Unix seconds.
    pub submit_time: i64,
    /// Unix seconds; only at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finish_time: Option<i64>,
    /// Why it failed; only on failure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
}

/// What is accounted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = modelverse::Usage)]
pub struct Usage {
    /// The clip's whole seconds.
    pub duration: u32,
}

/// The only four words that clients understand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = modelverse::Status)]
pub enum Status {
    Pending,
    Running,
    Success,
    /// Cancelled and overdue tasks too.
    Failure,
}

/// Shows a task, whichever dialect made it.
pub fn answer(view: &TaskView) -> Answer {
    let task = &view.task;
    let (task_status, urls, error_message) = match &task.state {
        TaskState::Queued { .. } => (Status::Pending, None, None),
        TaskState::Running { .. } => (Status::Running, None, None),
        TaskState::Succeeded { .. } => {
            let urls = view.links.video.iter().map(|link| link.url.clone());
            (Status::Success, Some(urls.collect()), None)
        }
        TaskState::Failed { failure, .. } => (Status::Failure, None, Some(failure.said(fields::name))),
        TaskState::Cancelled { .. } => (Status::Failure, None, Some("the task was cancelled".to_owned())),
    };
    Answer {
        output: Output {
            task_id: task.id.to_string(),
            task_status,
            urls,
            submit_time: task.created_at.seconds(),
            finish_time: task.state.finished_at().map(|time| time.seconds()),
            error_message,
        },
        usage: Usage {
            duration: task.request.duration,
        },
        request_id: String::new(),
    }
}
