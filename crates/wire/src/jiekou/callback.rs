//! The webhook's body: one event, when the task ends.

use domain::{callback::CallbackBody, task::TaskView};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{status, submit::Webhook};

/// What is posted to `extra.webhook.url`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = jiekou::Event)]
pub struct Event {
    /// Always `ASYNC_TASK_RESULT`.
    #[schema(example = "ASYNC_TASK_RESULT")]
    pub event_type: String,
    /// As the answer to a task-result query, with the webhook in its `extra`.
    pub payload: status::Answer,
}

/// Makes the events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Callback {
    /// How long the links in the event live: 3600 by the manual.
    pub link_seconds: u32,
}

impl Callback {
    /// The event that announces this task's end.
    pub fn event(&self, view: &TaskView) -> Event {
        let mut payload = status::answer(view, self.link_seconds);
        let webhook = view.task.request.webhook.as_ref();
        payload.extra.webhook = webhook.map(|webhook| Webhook {
            url: webhook.url.to_string(),
        });
        Event {
            event_type: "ASYNC_TASK_RESULT".to_owned(),
            payload,
        }
    }
}

impl CallbackBody for Callback {
    fn body(&self, view: &TaskView) -> String {
        // Structs of strings and numbers always serialise.
        serde_json::to_string(&self.event(view)).unwrap_or_default()
    }

    /// The manual promises five retries.
    fn most_tries(&self) -> Option<u32> {
        Some(6)
    }
}
