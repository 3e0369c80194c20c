//! Tasks as clients make, find, cancel and delete them.

use crate::{
    id::{KeyId, TaskId},
    request::{Dialect, GenerationRequest, Warning},
    state::StateName,
    task::Task,
    time::Timestamp,
};

/// A task to be inserted.
#[derive(Debug, Clone, PartialEq)]
pub struct NewTask {
    pub id: TaskId,
    pub key: KeyId,
    pub dialect: Dialect,
    pub request_id: String,
    pub request: GenerationRequest,
    pub warnings: Vec<Warning>,
    /// Small pictures, kept with the row.
    pub pictures: Vec<SmallPicture>,
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

/// A picture of a request that is small enough to be kept by the store itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmallPicture {
    /// Its place among the request's pictures, from 0.
    pub number: u32,
    pub bytes: Vec<u8>,
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
    /// There is a task of this id, or was one; nothing was changed. The new one comes back, to be given another id.
    IdTaken(Box<NewTask>),
}

/// A step of a task's life after it entered the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StateChange {
    /// From 1, without gaps.
    pub number: u32,
    pub state: StateName,
    /// The number of the latest attempt.
    pub attempt: u32,
    /// When that attempt began, or the task ended. `None` for a return to the queue.
    pub at: Option<Timestamp>,
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
