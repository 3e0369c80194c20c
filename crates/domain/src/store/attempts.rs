//! Attempts: a task in the hands of a worker.

use std::time::Duration;

use crate::{
    failure::Failure,
    id::TaskId,
    request::Warning,
    state::{Output, StateName},
    task::Task,
    time::Timestamp,
};

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
