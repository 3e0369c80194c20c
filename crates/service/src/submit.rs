//! Accepting a request: everything that can be refused is refused now, and what is accepted is on disk.

use domain::{
    draft::{Draft, Fault, Faults, Resolved},
    failure::{Code, Failure},
    request::{Dialect, GenerationRequest, ImageSource},
    state::TaskState,
    store::{Idempotency, NewTask, Submission},
    task::Task,
};
use serde::{Deserialize, Serialize};

use crate::{
    authenticate::Caller,
    insert::Inputs,
    pictures::{self, PictureBytes},
    quantity, secret,
    service::Service,
};

/// How much may wait, and how much room there must be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LimitSettings {
    /// How many tasks of one API key may wait at once.
    pub queue_per_key: u32,
    /// How many tasks of one API key may run at once, if the key has no limit of its own; 0: no limit.
    pub running_per_key: u32,
    /// Seconds of video that one API key may have made in one day (UTC), if it has no limit of its own; 0: no
    /// limit. Failed and cancelled tasks do not count.
    pub daily_seconds_per_key: u64,
    /// Free disk space under which nothing is accepted and running tasks go back to the queue.
    #[serde(with = "quantity::bytes")]
    pub min_free_disk: u64,
}

impl Default for LimitSettings {
    fn default() -> Self {
        Self {
            queue_per_key: 10_000,
            running_per_key: 0,
            daily_seconds_per_key: 0,
            min_free_disk: 512 << 20,
        }
    }
}

impl LimitSettings {
    /// The caller's quota of a day, its own or everybody's.
    pub(crate) fn daily_seconds(&self, caller: &Caller) -> Option<u64> {
        let general = (self.daily_seconds_per_key > 0).then_some(self.daily_seconds_per_key);
        caller.limits.daily_seconds.or(general)
    }

    /// How many tasks of a key without a limit of its own may run at once.
    pub(crate) fn running(&self) -> u32 {
        match self.running_per_key {
            0 => u32::MAX,
            most => most,
        }
    }
}

/// A request as one dialect said it.
#[derive(Debug, Clone)]
pub struct Order {
    pub dialect: Dialect,
    pub draft: Draft,
    /// The decoded bytes of the n-th inline picture. They are copied; files stay the caller's.
    pub inlines: Vec<PictureBytes>,
    pub request_id: String,
    pub idempotency: Option<Idempotency>,
}

/// A task that is on disk.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepted {
    pub task: Task,
    /// It was there before, under the same idempotency key; it is shown as it was when it was made, so that
    /// the same answer comes again.
    pub replayed: bool,
}

/// Why there is no task.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Rejected {
    /// The request is wrong, in all these ways.
    #[error(transparent)]
    Faults(#[from] Faults),
    /// The request may be right; it was refused all the same.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl Service {
    /// Checks a request, stores its inline pictures, and queues it.
    ///
    /// # Errors
    /// What is wrong with it, or why this service does not take it now.
    pub async fn submit(&self, caller: &Caller, order: Order) -> Result<Accepted, Rejected> {
        self.check_open()?;
        let drawn_seed = secret::random_u32().map_err(Failure::from)?;
        let mock = order.draft.mock;
        let Resolved { mut request, warnings } = order.draft.resolve(&self.catalog, drawn_seed)?;
        self.check_engine(&request)?;
        let uploaded = self.uploaded(caller, &request).await?;
        let mut inlines = inline_pictures(&request, &order.inlines)?;
        let files = uploaded.iter();
        inlines.extend(files.map(|(index, file)| (*index, PictureBytes::File(file.to_path_buf()))));
        let first = pictures::check(&request, &inlines).await?;
        request.extras.size = pictures::frame_size(&request, first);
        let id = self.new_id()?;
        if let Some(end) = mock.filter(|_| request.webhook.is_some()) {
            let created_at = self.now();
            let task = Task {
                id,
                key: caller.key,
                dialect: order.dialect,
                request_id: order.request_id,
                request,
                made_from: None,
                warnings,
                state: TaskState::Queued { not_before: created_at },
                attempts: 0,
                created_at,
                started_at: None,
            };
            return self.mock(task, end);
        }
        let task = NewTask {
            id,
            key: caller.key,
            dialect: order.dialect,
            request_id: order.request_id,
            request,
            warnings,
            pictures: Vec::new(),
            made_from: None,
            announce_beginning: self.notifier.announces_beginning(order.dialect),
            idempotency: order.idempotency,
            queue_limit: self.settings.limits.queue_per_key,
            daily_seconds: self.settings.limits.daily_seconds(caller),
        };
        self.accepted(self.insert(task, Inputs::Sent(&inlines)).await?)
    }

    pub(crate) fn check_open(&self) -> Result<(), Failure> {
        if self.stopping.is_cancelled() {
            return Err(Failure::new(
                Code::ShuttingDown,
                "the server is shutting down; try again in a moment",
            ));
        }
        self.disk.check()
    }

    pub(crate) fn check_engine(&self, request: &GenerationRequest) -> Result<(), Failure> {
        let Some(engine) = self.engines.get(request.engine.as_str()) else {
            let public = format!("the model {} is not available on this server", request.model);
            return Err(Failure::new(Code::EngineUnavailable, public));
        };
        engine.accepts(request)
    }

    pub(crate) fn accepted(&self, submission: Submission) -> Result<Accepted, Rejected> {
        match submission {
            Submission::Created(task) => {
                tracing::info!(
                    task = %task.id,
                    request_id = task.request_id,
                    dialect = task.dialect.name(),
                    model = task.request.model,
                    duration = task.request.duration,
                    resolution = task.request.resolution.name(),
                    "task accepted"
                );
                self.metrics.submitted(task.dialect);
                self.work.notify_one();
                Ok(Accepted { task, replayed: false })
            }
            Submission::Replayed(task) => Ok(Accepted {
                task: task.newborn(),
                replayed: true,
            }),
            Submission::Mismatch => {
                let public = "this idempotency key was used before, with another content";
                Err(Failure::new(Code::IdempotencyMismatch, public).into())
            }
            Submission::QuotaExceeded { until } => {
                let hours = until.since(self.now()).as_secs().div_ceil(3600);
                let public =
                    format!("this key's seconds of video for today are used up; the day ends in {hours} h (UTC)");
                Err(Failure::new(Code::QuotaExceeded, public).into())
            }
            Submission::IdTaken(_) => Err(Failure::internal("a task's id was taken").into()),
            Submission::QueueFull => {
                let limit = self.settings.limits.queue_per_key;
                let public = format!("{limit} tasks of this key are waiting already; try again when some are done");
                Err(Failure::new(Code::QueueFull, public).into())
            }
        }
    }
}

/// Which bytes are which pictures of the request.
fn inline_pictures(
    request: &GenerationRequest,
    pictures: &[PictureBytes],
) -> Result<Vec<(usize, PictureBytes)>, Faults> {
    let mut found = Vec::new();
    let mut faults = Vec::new();
    for (number, image) in request.pictures() {
        if let ImageSource::Inline(sent) = image {
            match usize::try_from(*sent).ok().and_then(|sent| pictures.get(sent)) {
                Some(picture) => found.push((number, picture.clone())),
                None => faults.push(Fault::invalid(
                    request.picture_field(number),
                    "did not come with the request",
                )),
            }
        }
    }
    if faults.is_empty() {
        Ok(found)
    } else {
        Err(Faults(faults))
    }
}
