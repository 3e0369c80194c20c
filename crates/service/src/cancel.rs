//! Cancelling a task.

use domain::{
    failure::{Code, Failure},
    id::TaskId,
    request::Dialect,
    store::{Cancellation, Reach},
    task::TaskView,
};

use crate::{
    authenticate::Caller,
    poll::unknown,
    running::Stop,
    service::{Service, store_failure},
};

impl Service {
    /// Cancels a waiting task at once and a running one within a frame (when it runs in another process,
    /// within a beat); the view may then still say that it runs.
    ///
    /// # Errors
    /// [`Code::TaskUnknown`], or [`Code::CancelTooLate`] when it had ended.
    pub async fn cancel(&self, caller: &Caller, id: TaskId, dialect: Dialect) -> Result<TaskView, Failure> {
        self.cancel_within(caller, id, dialect, Reach::Running).await
    }

    /// Cancels a task that still waits, for dialects whose cancel does not reach further.
    ///
    /// # Errors
    /// [`Code::TaskUnknown`], or [`Code::CancelTooLate`] when it runs or had ended.
    pub async fn cancel_waiting(&self, caller: &Caller, id: TaskId, dialect: Dialect) -> Result<TaskView, Failure> {
        self.cancel_within(caller, id, dialect, Reach::Waiting).await
    }

    async fn cancel_within(
        &self,
        caller: &Caller,
        id: TaskId,
        dialect: Dialect,
        reach: Reach,
    ) -> Result<TaskView, Failure> {
        let cancelled = self.store.cancel(caller.key, id, reach).await;
        match cancelled.map_err(store_failure)? {
            Cancellation::Unknown => return Err(unknown()),
            Cancellation::TooLate(state) => {
                let public = match state.is_final() {
                    true => format!("the task had already ended: {}", state.name()),
                    false => format!("the task is {} and cannot be cancelled any more", state.name()),
                };
                return Err(Failure::new(Code::CancelTooLate, public));
            }
            Cancellation::Requested => self.running.stop_task(id, Stop::Cancelled),
            Cancellation::Cancelled => {
                tracing::info!(task = %id, "task cancelled while it waited");
                self.callbacks_due.notify_one();
            }
        }
        self.poll(caller, id, dialect).await
    }
}
