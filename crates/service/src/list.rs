//! Listing tasks.

use domain::{failure::Failure, request::Dialect, store::ListQuery, task::TaskView};

use crate::{
    authenticate::Caller,
    service::{Service, store_failure},
};

impl Service {
    /// Tasks of the caller's, newest first. Places in the queue are left out: each would cost a count.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn list(&self, caller: &Caller, query: &ListQuery, dialect: Dialect) -> Result<Vec<TaskView>, Failure> {
        let tasks = self.store.list(caller.key, query).await.map_err(store_failure)?;
        tasks.into_iter().map(|task| self.view(task, dialect)).collect()
    }
}
