//! What the service asks of a database. The tasks table is the queue; there is no second truth.

use std::time::Duration;

use async_trait::async_trait;

use crate::{
    failure::Failure,
    id::{KeyId, TaskId},
    request::{Dialect, GenerationRequest, Warning},
    state::{Output, Progress, StateName},
    task::Task,
    time::Timestamp,
};

/// What can go wrong with any call.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// More waits to be written than the store takes; ask again in a moment.
    #[error("too many writes are waiting")]
    Busy,
    /// The database failed; nothing was changed.
    #[error("the database failed: {0}")]
    Unavailable(String),
    /// The database was made by a newer version.
    #[error("the database was made by a newer version ({found}, this one knows {known})")]
    TooNew { found: i64, known: i64 },
}

/// A task to be inserted.
#[derive(Debug, Clone, PartialEq)]
pub struct NewTask {
    pub id: TaskId,
    pub key: KeyId,
    pub dialect: Dialect,
    pub request_id: String,
    pub request: GenerationRequest,
    pub warnings: Vec<Warning>,
    /// The task whose request and pictures this one repeats.
    pub made_from: Option<TaskId>,
    /// Where there is a webhook: tell it of the first attempt too.
    pub announce_beginning: bool,
    /// The client's idempotency key and a hash of what it sent.
    pub idempotency: Option<Idempotency>,
    /// How many tasks of this key may wait at once.
    pub queue_limit: u32,
    /// Seconds of video that this key may have made in one day, UTC; failed and cancelled tasks do not count.
    pub daily_seconds: Option<u64>,
}

/// Same key and same hash: the same task. Same key and another hash: refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idempotency {
    pub key: String,
    pub body_hash: [u8; 32],
}

/// How a submit ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Submission {
    Created(Task),
    /// The idempotency key was seen before, with the same body.
    Replayed(Task),
    /// The idempotency key was seen before, with another body.
    Mismatch,
    /// The API key has `queue_limit` tasks waiting.
    QueueFull,
    /// The API key's `daily_seconds` are used up until then.
    QuotaExceeded {
        until: Timestamp,
    },
}

/// How far a cancel reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Only tasks that wait: one that runs is [`Cancellation::TooLate`].
    Waiting,
    /// Those that run as well.
    Running,
}

/// How a cancel ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cancellation {
    /// It waited and is now cancelled.
    Cancelled,
    /// It runs; its worker is told at the next beat.
    Requested,
    /// It had already ended in this state, or runs and was out of reach.
    TooLate(StateName),
    /// This key has no such task.
    Unknown,
}

/// How a deletion ended. A deleted task is gone for its owner at once; its row and files follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deletion {
    /// It had ended, or waited and now never runs.
    Deleted,
    /// It ran; its worker is told at the next beat.
    Stopping,
    /// This key has no such task.
    Unknown,
}

/// One run of a task by one worker: the right to finish it, as long as the lease holds. Not Clone, and
/// finishing consumes it.
#[derive(Debug, PartialEq, Eq)]
pub struct Claim {
    task: TaskId,
    attempt: u32,
}

impl Claim {
    /// For stores, and for trying a finish again that a failing store did not take: whoever makes one up gets
    /// [`Fenced::LeaseLost`] for it.
    pub fn new(task: TaskId, attempt: u32) -> Self {
        Self { task, attempt }
    }

    pub fn task(&self) -> TaskId {
        self.task
    }

    pub fn attempt(&self) -> u32 {
        self.attempt
    }
}

/// On which terms a worker asks for work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClaimTerms {
    /// Until when the claim holds without a beat.
    pub lease: Duration,
    /// Off-peak tasks count like all others (inside the configured window). Otherwise they are claimed
    /// only when no other task is ready.
    pub off_peak_now: bool,
    /// How many tasks may run at once of a key that has no limit of its own.
    pub per_key: u32,
}

/// Work.
#[derive(Debug, PartialEq)]
pub struct Claimed {
    pub claim: Claim,
    pub task: Task,
}

/// The answer to a beat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beat {
    GoOn,
    /// The client wants it cancelled.
    Cancel,
    LeaseLost,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// `warnings` are added to the task's own.
    Succeeded {
        output: Box<Output>,
        warnings: Vec<Warning>,
    },
    /// For good.
    Failed(Failure),
    /// Once more, not before the given time.
    Retry {
        not_before: Timestamp,
    },
    Cancelled,
    /// Back to the queue as if it had not been claimed: a shutdown, or a full disk. The attempt's
    /// number is used up (it names files), but it does not count against the limit.
    Returned {
        not_before: Timestamp,
    },
}

/// The answer to a finish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fenced {
    Done,
    /// Another attempt has the task, or nobody: what this one made is to be dropped.
    LeaseLost,
}

/// What becomes of tasks whose worker died.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Attempts that count, before a task fails.
    pub most_attempts: u32,
    /// Wait before the next attempt.
    pub back_off: Duration,
}

/// What became of one task whose lease ran out.
#[derive(Debug, Clone, PartialEq)]
pub struct Expired {
    pub task: TaskId,
    /// The attempt whose lease ran out; its artifacts, if any, may be deleted.
    pub attempt: u32,
    /// `Queued` again, `Failed` because attempts ran out, or `Cancelled` because that had been asked.
    pub now: StateName,
}

/// In which order a list shows tasks: by id, which is by time of birth.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ListOrder {
    #[default]
    NewestFirst,
    OldestFirst,
}

/// Which tasks a list shows. Every condition that is set must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListQuery {
    /// In one of these states; none: in any.
    pub states: Vec<StateName>,
    /// Of one of these models; none: of any.
    pub models: Vec<String>,
    /// Made in this dialect.
    pub dialect: Option<Dialect>,
    /// With exactly this payload.
    pub payload: Option<String>,
    /// Born at this time or later.
    pub created_from: Option<Timestamp>,
    /// Born before this time.
    pub created_until: Option<Timestamp>,
    /// The page begins behind this id: the last one of the page before.
    pub after: Option<TaskId>,
    pub order: ListOrder,
    /// At most this many; stores cap it at 1000.
    pub limit: u32,
}

/// What a callback tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The first attempt has begun.
    Began,
    Ended,
}

impl Event {
    pub const ALL: [Self; 2] = [Self::Began, Self::Ended];

    pub fn name(self) -> &'static str {
        match self {
            Self::Began => "began",
            Self::Ended => "ended",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.name() == name)
    }
}

/// A callback that is due. Inserted with the state change that it announces, in one transaction.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    pub id: i64,
    pub task: Task,
    pub event: Event,
    /// How often it was tried before, since it was put on the schedule.
    pub tries: u32,
}

/// One try to deliver a callback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Try {
    pub at: Timestamp,
    /// Milliseconds.
    pub took: u32,
    /// HTTP's, where there was an answer.
    pub status: Option<u16>,
    /// Why it was no success, in words that its owner may read.
    pub problem: Option<String>,
}

/// Where a callback stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    /// To be sent, or sent again.
    Due,
    Delivered,
    /// Given up.
    Dead,
}

impl DeliveryState {
    pub const ALL: [Self; 3] = [Self::Due, Self::Delivered, Self::Dead];

    pub fn name(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Delivered => "delivered",
            Self::Dead => "dead",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// A callback as its owner sees it, with all its tries, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryRecord {
    pub id: i64,
    pub task: TaskId,
    pub event: Event,
    pub state: DeliveryState,
    /// When it is sent next, if it is due.
    pub due_at: Timestamp,
    pub created_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    pub tries: Vec<Try>,
}

impl DeliveryRecord {
    /// The same in every try.
    pub fn event_id(&self) -> String {
        event_id(self.task, self.id)
    }
}

/// By which a receiver tells repeats of a callback.
pub fn event_id(task: TaskId, delivery: i64) -> String {
    format!("evt_{task}_{delivery}")
}

/// Which callbacks a list shows, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeliveryQuery {
    pub task: Option<TaskId>,
    pub state: Option<DeliveryState>,
    /// Only ids below this one.
    pub before: Option<i64>,
    /// At most this many; stores cap it at 1000.
    pub limit: u32,
}

/// How a delivery's try ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryResult {
    Delivered,
    /// Once more, not before the given time.
    Again {
        not_before: Timestamp,
    },
    /// Given up; the row stays visible.
    Dead,
}

/// An API key as a store keeps it. The token itself is nowhere in clear text.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyRecord {
    pub id: KeyId,
    pub name: String,
    /// SHA-256 of the token, for look-up.
    pub hash: [u8; 32],
    /// The token, encrypted under the data directory's secret.
    pub sealed: Vec<u8>,
    pub created_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
    pub limits: KeyLimits,
}

/// What one API key may do. `None`: what is configured for all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KeyLimits {
    /// Tasks that run at once; others wait.
    pub concurrency: Option<u32>,
    pub requests_per_second: Option<u32>,
    /// Seconds of video in one day, UTC.
    pub daily_seconds: Option<u64>,
}

/// What a key used on one day, UTC. A refund belongs to the day on which its task was accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsageDay {
    /// The day's first moment.
    pub day: Timestamp,
    pub tasks: u64,
    /// Seconds of video.
    pub seconds: u64,
    /// Tasks that failed or were cancelled.
    pub refunded_tasks: u64,
    pub refunded_seconds: u64,
}

/// One line of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsageEntry {
    pub id: i64,
    pub task: TaskId,
    pub at: Timestamp,
    /// Seconds of video; negative for a refund.
    pub seconds: i64,
}

impl std::fmt::Debug for KeyRecord {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("KeyRecord")
            .field("id", &self.id)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// How many tasks are in each state, and how long the oldest waiting one has waited.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub queued: u64,
    pub running: u64,
    pub succeeded: u64,
    pub failed: u64,
    pub cancelled: u64,
    pub oldest_queued: Option<Timestamp>,
}

/// The database. Every implementation passes the contract suite of crate `store`. Times come from the
/// store's own clock, so that several machines agree.
#[async_trait]
pub trait TaskStore: Send + Sync {
    /// Inserts a task, queued. When this returns `Created`, it is on disk.
    async fn submit(&self, task: NewTask) -> Result<Submission, StoreError>;

    /// One task of this key's.
    async fn get(&self, key: KeyId, id: TaskId) -> Result<Option<Task>, StoreError>;

    /// How many ready tasks would be claimed before this one, plus one; `None` when it does not wait.
    /// Counts up to 10,000 and stops there, and up to 1,000 tasks of any other key.
    async fn queue_position(&self, id: TaskId) -> Result<Option<u32>, StoreError>;

    /// Tasks of this key's.
    async fn list(&self, key: KeyId, query: &ListQuery) -> Result<Vec<Task>, StoreError>;

    /// Cancels a waiting task, or asks a running one to stop if the cancel reaches that far.
    async fn cancel(&self, key: KeyId, id: TaskId, reach: Reach) -> Result<Cancellation, StoreError>;

    /// Hides a task from its owner for good, stops it if it has not ended, and announces nothing more about
    /// it. Its idempotency key is free again. Its row becomes due for deletion when it has ended.
    async fn delete(&self, key: KeyId, id: TaskId) -> Result<Deletion, StoreError>;

    /// Takes the next ready task. Keys take turns: the one that was served longest ago comes first, if it has a
    /// ready task and fewer than its limit run. Of one key's tasks: first in, first out, off-peak ones last.
    async fn claim(&self, terms: &ClaimTerms) -> Result<Option<Claimed>, StoreError>;

    /// Renews the lease and stores the progress.
    async fn beat(&self, claim: &Claim, progress: Progress, lease: Duration) -> Result<Beat, StoreError>;

    /// Ends the attempt, fenced on (task, attempt). A final state and its callback commit together.
    async fn finish(&self, claim: Claim, outcome: Outcome) -> Result<Fenced, StoreError>;

    /// Takes back tasks whose lease ran out.
    async fn release_expired(&self, policy: &RetryPolicy) -> Result<Vec<Expired>, StoreError>;

    /// Takes back every running task, whatever its lease says: at the start of the only process that
    /// can have workers on this database.
    async fn release_all(&self, policy: &RetryPolicy) -> Result<Vec<Expired>, StoreError>;

    /// Fails off-peak tasks that were made before `created_before` and still wait. Returns how many.
    async fn fail_overdue_off_peak(&self, created_before: Timestamp, failure: &Failure) -> Result<u64, StoreError>;

    /// Takes up to `limit` callbacks that are due, and puts each off by `lease` so that nobody else
    /// takes it meanwhile.
    async fn due_deliveries(&self, limit: u32, lease: Duration) -> Result<Vec<Delivery>, StoreError>;

    /// Notes a delivery's try and how it ended.
    async fn delivered(&self, delivery: i64, tried: &Try, result: DeliveryResult) -> Result<(), StoreError>;

    /// Callbacks of this key's tasks.
    async fn deliveries(&self, key: KeyId, query: &DeliveryQuery) -> Result<Vec<DeliveryRecord>, StoreError>;

    /// Puts a callback of this key's on the schedule again, from its beginning, however it ended. False: there
    /// is none.
    async fn resend(&self, key: KeyId, delivery: i64) -> Result<bool, StoreError>;

    /// Ended tasks whose files are older than that and not yet marked as expired.
    async fn artifacts_due(&self, finished_before: Timestamp, limit: u32) -> Result<Vec<TaskId>, StoreError>;

    /// Marks the files of these tasks as gone.
    async fn mark_artifacts_expired(&self, tasks: &[TaskId]) -> Result<(), StoreError>;

    /// Ended tasks whose rows may go: those that were deleted, and those that ended before that and whose
    /// files have expired.
    async fn rows_due(&self, finished_before: Timestamp, limit: u32) -> Result<Vec<TaskId>, StoreError>;

    /// Deletes the rows of these tasks, those that have not ended excepted. Returns how many.
    async fn delete_rows(&self, tasks: &[TaskId]) -> Result<u64, StoreError>;

    /// Which of these tasks exist, whoever owns them.
    async fn existing(&self, tasks: &[TaskId]) -> Result<Vec<TaskId>, StoreError>;

    /// Tasks by state.
    async fn counts(&self) -> Result<Counts, StoreError>;

    /// Adds an API key. `None`: an unrevoked key has that name.
    async fn create_key(&self, name: &str, hash: [u8; 32], sealed: &[u8]) -> Result<Option<KeyRecord>, StoreError>;

    /// The unrevoked key with this hash.
    async fn key_by_hash(&self, hash: [u8; 32]) -> Result<Option<KeyRecord>, StoreError>;

    /// The key of this number, also a revoked one.
    async fn key_by_id(&self, id: KeyId) -> Result<Option<KeyRecord>, StoreError>;

    /// All keys, revoked ones too, oldest first.
    async fn keys(&self) -> Result<Vec<KeyRecord>, StoreError>;

    /// Sets all limits of the unrevoked key of this name. False: there is none.
    async fn limit_key(&self, name: &str, limits: &KeyLimits) -> Result<bool, StoreError>;

    /// What a key used, newest day first, from one day to another, both included; at most 1000 days.
    async fn usage(&self, key: KeyId, from: Timestamp, to: Timestamp) -> Result<Vec<UsageDay>, StoreError>;

    /// Lines of a key's ledger, newest first, only ids below `before`; stores cap `limit` at 1000.
    async fn ledger(&self, key: KeyId, before: Option<i64>, limit: u32) -> Result<Vec<UsageEntry>, StoreError>;

    /// Revokes the unrevoked key of this name. False: there is none.
    async fn revoke_key(&self, name: &str) -> Result<bool, StoreError>;
}
