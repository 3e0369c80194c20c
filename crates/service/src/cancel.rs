//! Cancelling a task.

use domain::{
    failure::{Code, Failure},
    id::TaskId,
    request::Dialect,
    store::Cancellation,
    task::TaskView,
};

use crate::{
    authenticate::Caller,
    objects,
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
        match self.store.cancel(caller.key, id).await.map_err(store_failure)? {
            Cancellation::Unknown => return Err(unknown()),
            Cancellation::TooLate(state) => {
                let public = format!("the task had already ended: {}", state.name());
                return Err(Failure::new(Code::CancelTooLate, public));
            }
            Cancellation::Requested => self.running.stop_task(id, Stop::Cancelled),
            Cancellation::Cancelled => {
                tracing::info!(task = %id, "task cancelled while it waited");
                self.callbacks_due.notify_one();
                if let Err(failure) = self.objects.delete_below(&objects::inputs(id)).await {
                    tracing::warn!(task = %id, detail = failure.detail, "a cancelled task's pictures were left behind");
                }
            }
        }
        self.poll(caller, id, dialect).await
    }
}
