//! The event that announces a video's end, as the service's own webhooks have it.

use domain::{callback::CallbackBody, state::TaskState, task::TaskView};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::status;

/// What is posted to `webhook_url`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = openai::Event)]
pub struct Event {
    pub id: String,
    /// Always `event`.
    pub object: String,
    /// Unix seconds.
    pub created_at: i64,
    /// `video.completed` or `video.failed`.
    #[serde(rename = "type")]
    pub kind: String,
    pub data: Data,
}

/// Which video it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = openai::EventData)]
pub struct Data {
    pub id: String,
}

/// Makes the events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Callback;

impl CallbackBody for Callback {
    fn body(&self, view: &TaskView) -> String {
        let kind = match view.task.state {
            TaskState::Succeeded { .. } => "video.completed",
            _ => "video.failed",
        };
        let event = Event {
            id: format!("evt_{}", view.task.id),
            object: "event".to_owned(),
            created_at: view.task.state.finished_at().unwrap_or(view.task.created_at).seconds(),
            kind: kind.to_owned(),
            data: Data {
                id: status::id(view.task.id),
            },
        };
        // Structs of strings and numbers always serialise.
        serde_json::to_string(&event).unwrap_or_default()
    }
}
