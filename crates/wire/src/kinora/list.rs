//! A page of tasks.

use domain::{id::TaskId, task::TaskView};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::status::{self, View};

/// Tasks, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = kinora::TaskList)]
pub struct List {
    pub data: Vec<View>,
    /// Pass it as `after` for the next page; null on the last one.
    pub next: Option<String>,
}

/// Shows a page. `next`: the id before which the next page begins, when there is one.
pub fn answer(views: &[TaskView], next: Option<TaskId>) -> List {
    List {
        data: views.iter().map(status::answer).collect(),
        next: next.map(|id| id.to_string()),
    }
}
