//! What the service asks of a database. The tasks table is the queue; there is no second truth.

mod attempts;
mod deliveries;
mod keys;
mod tasks;

use std::time::Duration;

use async_trait::async_trait;

pub use self::{
    attempts::{Beat, Claim, ClaimTerms, Claimed, Expired, Fenced, Outcome, RetryPolicy},
    deliveries::{
        Delivery, DeliveryQuery, DeliveryRecord, DeliveryResult, DeliveryState, DeliveryTerms, Event, Lane, Try,
        event_id,
    },
    keys::{KeyLimits, KeyRecord, UsageDay, UsageEntry},
    tasks::{
        Cancellation, Counts, Deletion, Idempotency, ListOrder, ListQuery, NewTask, Reach, SmallPicture, StateChange,
        Submission,
    },
};
use crate::{
    failure::Failure,
    id::{KeyId, TaskId},
    state::Progress,
    task::Task,
    time::Timestamp,
};

/// What can go wrong with any call.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// More waits to be written than the store takes; ask again in a moment.
    #[error("too many writes are waiting")]
    Busy,
    /// There is no room left for what was to be written; nothing was changed.
    #[error("the database has no room left on its disk")]
    Full,
    /// The database failed; nothing was changed.
    #[error("the database failed: {0}")]
    Unavailable(String),
    /// The database was made by a newer version.
    #[error("the database was made by a newer version ({found}, this one knows {known})")]
    TooNew { found: i64, known: i64 },
}

/// The database. Every implementation passes the contract suite of crate `store`. Times come from the
/// store's own clock, so that several machines agree.
#[async_trait]
pub trait TaskStore: Send + Sync {
    /// Inserts a task, queued. When this returns `Created`, it is on disk.
    async fn submit(&self, task: NewTask) -> Result<Submission, StoreError>;

    /// One task of this key's.
    async fn get(&self, key: KeyId, id: TaskId) -> Result<Option<Task>, StoreError>;

    /// The changes of a task of this key's with numbers above `after`, in order.
    async fn changes(&self, key: KeyId, id: TaskId, after: u32) -> Result<Vec<StateChange>, StoreError>;

    /// The bytes of a small picture that came with a task, as long as the task's row is there.
    async fn picture(&self, task: TaskId, number: u32) -> Result<Option<Vec<u8>>, StoreError>;

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

    /// Takes callbacks that are due, of each key the oldest first and of several keys in turn, and puts each off so
    /// that nobody else takes it meanwhile.
    async fn due_deliveries(&self, terms: &DeliveryTerms) -> Result<Vec<Delivery>, StoreError>;

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
