//! Making a task's video again: with another seed, another prompt, or after a failure.

use domain::{
    failure::Failure,
    id::TaskId,
    remake::Changes,
    request::Dialect,
    store::{Idempotency, NewTask},
};

use crate::{
    authenticate::Caller,
    insert::Inputs,
    poll::unknown,
    secret,
    service::{Service, store_failure},
    submit::{Accepted, Rejected},
};

/// Which task is to be made again, and how.
#[derive(Debug, Clone)]
pub struct Remake {
    pub source: TaskId,
    pub changes: Changes,
    /// Whose task the new one is; it may be another one than the old task's.
    pub dialect: Dialect,
    pub request_id: String,
    pub idempotency: Option<Idempotency>,
}

impl Service {
    /// Queues a new task with the request and the pictures of an old one, in whatever state that is. Pictures
    /// that had been fetched are the same ones; others are fetched anew.
    ///
    /// # Errors
    /// [`domain::failure::Code::TaskUnknown`], and as [`Service::submit`].
    pub async fn remake(&self, caller: &Caller, remake: Remake) -> Result<Accepted, Rejected> {
        self.check_open()?;
        let found = self.store.get(caller.key, remake.source).await;
        let source = found.map_err(store_failure)?.ok_or_else(unknown)?;
        let drawn_seed = secret::random_u32().map_err(Failure::from)?;
        let request = remake
            .changes
            .apply(source.request.clone(), &self.catalog, drawn_seed)?;
        self.check_engine(&request)?;
        let id = self.new_id()?;
        let task = NewTask {
            id,
            key: caller.key,
            dialect: remake.dialect,
            request_id: remake.request_id,
            request,
            warnings: source.warnings.clone(),
            pictures: Vec::new(),
            made_from: Some(source.id),
            announce_beginning: self.notifier.announces_beginning(remake.dialect),
            idempotency: remake.idempotency,
            queue_limit: self.settings.limits.queue_per_key,
            daily_seconds: self.settings.limits.daily_seconds(caller),
        };
        self.accepted(self.insert(task, Inputs::Of(&source)).await?)
    }
}
