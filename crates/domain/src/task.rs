//! One accepted request and its life.

use crate::{
    id::{KeyId, TaskId},
    request::{Dialect, GenerationRequest, Warning},
    state::TaskState,
    time::Timestamp,
};

/// One task as a store keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    pub id: TaskId,
    pub key: KeyId,
    /// The dialect that it was made in; any dialect may read it.
    pub dialect: Dialect,
    /// Id of the HTTP request that made it.
    pub request_id: String,
    pub request: GenerationRequest,
    /// The task whose request and pictures this one repeats.
    pub made_from: Option<TaskId>,
    pub warnings: Vec<Warning>,
    pub state: TaskState,
    /// How many attempts were begun, those that were returned unharmed not counted.
    pub attempts: u32,
    pub created_at: Timestamp,
    /// When the latest attempt began.
    pub started_at: Option<Timestamp>,
}

impl Task {
    /// The task as it was when it entered the queue.
    #[must_use]
    pub fn newborn(self) -> Self {
        Self {
            state: TaskState::Queued {
                not_before: self.created_at,
            },
            attempts: 0,
            started_at: None,
            ..self
        }
    }
}

/// A link that anyone can GET until it expires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub url: String,
    pub expires_at: Timestamp,
}

/// The links to a succeeded task's files; all `None` before that and after they expired.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Links {
    pub video: Option<Link>,
    pub cover: Option<Link>,
    pub last_frame: Option<Link>,
    /// The video without its watermark.
    pub clean: Option<Link>,
}

/// What a status query shows.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskView {
    pub task: Task,
    /// 1 is next. `None` when the task does not wait.
    pub queue_position: Option<u32>,
    pub links: Links,
}
