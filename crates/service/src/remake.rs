//! Making a task's video again: with another seed, another prompt, or after a failure.

use domain::{
    draft::{Fault, Faults},
    failure::{Code, Failure},
    id::TaskId,
    remake::Changes,
    request::{Dialect, GenerationRequest, ImageSource},
    store::{Idempotency, SmallPicture, Submission},
    task::Task,
};

use crate::{
    authenticate::Caller,
    objects,
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
    /// [`Code::TaskUnknown`], and as [`Service::submit`].
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
        let copied = self.copy_inputs(&source, id, &request).await;
        let (copied, pictures) = match copied {
            Ok(pictures) => (Ok(()), pictures),
            Err(rejected) => (Err(rejected), Vec::new()),
        };
        let task = domain::store::NewTask {
            id,
            key: caller.key,
            dialect: remake.dialect,
            request_id: remake.request_id,
            request,
            warnings: source.warnings,
            pictures,
            made_from: Some(source.id),
            announce_beginning: self.notifier.announces_beginning(remake.dialect),
            idempotency: remake.idempotency,
            queue_limit: self.settings.limits.queue_per_key,
            daily_seconds: self.settings.limits.daily_seconds(caller),
        };
        let submitted = match copied {
            Ok(()) => self
                .store
                .submit(task)
                .await
                .map_err(|error| store_failure(error).into()),
            Err(rejected) => Err(rejected),
        };
        if !matches!(submitted, Ok(Submission::Created(_))) {
            self.drop_inputs(id).await;
        }
        self.accepted(submitted?)
    }

    /// Copies the objects among a task's pictures, and returns the others.
    async fn copy_inputs(
        &self,
        source: &Task,
        id: TaskId,
        request: &GenerationRequest,
    ) -> Result<Vec<SmallPicture>, Rejected> {
        let mut small = Vec::new();
        for (number, image) in request.pictures() {
            if let Some(picture) = self.small_picture(source.id, number).await? {
                small.push(picture);
                continue;
            }
            let there = self
                .objects
                .copy(&objects::input(source.id, number), &objects::input(id, number))
                .await?;
            if !there && !matches!(image, ImageSource::Url(_)) {
                let problem = "is no longer kept";
                let fault = Fault::new(request.picture_field(number), Code::ImageUnreachable, problem);
                return Err(Faults(vec![fault]).into());
            }
        }
        Ok(small)
    }
}
