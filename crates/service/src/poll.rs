//! Reading a task.

use domain::{
    failure::{Code, Failure},
    id::TaskId,
    request::Dialect,
    state::TaskState,
    store::StateChange,
    task::{Task, TaskView},
};

use crate::{
    authenticate::Caller,
    service::{Service, store_failure},
};

impl Service {
    /// One task of the caller's, with its place in the queue and fresh links that live as long as
    /// `dialect`, the one that asks, promises.
    ///
    /// # Errors
    /// [`Code::TaskUnknown`] when there is none, or it belongs to another key.
    pub async fn poll(&self, caller: &Caller, id: TaskId, dialect: Dialect) -> Result<TaskView, Failure> {
        let found = self.store.get(caller.key, id).await.map_err(store_failure)?;
        let task = found.ok_or_else(unknown)?;
        let waits = matches!(task.state, TaskState::Queued { .. });
        let mut view = self.view(task, dialect)?;
        if waits {
            view.queue_position = self.store.queue_position(id).await.map_err(store_failure)?;
        }
        Ok(view)
    }

    /// What became of a task of the caller's after it entered the queue, from the change behind number `after` on.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn changes(&self, caller: &Caller, id: TaskId, after: u32) -> Result<Vec<StateChange>, Failure> {
        self.store.changes(caller.key, id, after).await.map_err(store_failure)
    }

    /// A task as a status query shows it, without its place in the queue.
    pub(crate) fn view(&self, mut task: Task, dialect: Dialect) -> Result<TaskView, Failure> {
        if let TaskState::Running { attempt, progress, .. } = &mut task.state
            && let Some(newer) = self.running.progress(task.id, *attempt)
        {
            *progress = newer;
        }
        let links = self.links.links(&task, dialect, self.now());
        Ok(TaskView {
            task,
            queue_position: None,
            links,
        })
    }
}

/// The one answer for a task that does not exist and for one that is somebody else's.
pub(crate) fn unknown() -> Failure {
    Failure::new(Code::TaskUnknown, "there is no such task")
}
