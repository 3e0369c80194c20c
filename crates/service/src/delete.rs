//! Deleting a task.

use domain::{failure::Failure, id::TaskId, store::Deletion};

use crate::{
    authenticate::Caller,
    poll::unknown,
    running::Stop,
    service::{Service, store_failure},
};

impl Service {
    /// Deletes a task with its pictures and results. From now on it is unknown to everybody; one that runs is
    /// stopped within a frame and goes then.
    ///
    /// # Errors
    /// [`domain::failure::Code::TaskUnknown`].
    pub async fn delete(&self, caller: &Caller, id: TaskId) -> Result<(), Failure> {
        match self.store.delete(caller.key, id).await.map_err(store_failure)? {
            Deletion::Unknown => return Err(unknown()),
            Deletion::Stopping => self.running.stop_task(id, Stop::Cancelled),
            Deletion::Deleted => {
                if let Err(failure) = self.delete_for_good(&[id]).await {
                    tracing::warn!(task = %id, detail = failure.detail, "a deleted task's files go later");
                }
            }
        }
        tracing::info!(task = %id, "task deleted");
        Ok(())
    }
}
