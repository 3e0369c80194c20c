//! The outbox of callbacks.

use std::time::Duration;

use crate::{
    id::{KeyId, TaskId},
    task::Task,
    time::Timestamp,
};

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
    /// Who hears it: scheme, host and port of its URL.
    pub receiver: String,
}

impl Delivery {
    pub fn lane(&self) -> Lane {
        Lane {
            key: self.task.key,
            receiver: self.receiver.clone(),
        }
    }
}

/// Whose callback goes where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lane {
    pub key: KeyId,
    pub receiver: String,
}

/// Which callbacks are taken. A receiver that is slow or dead keeps only so many places, and so does a key: the others
/// are for everybody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryTerms {
    /// At most this many.
    pub limit: u32,
    /// For how long nobody else takes the same.
    pub lease: Duration,
    /// How many of one key may be under way at once.
    pub per_key: u32,
    /// How many may be under way at once to one receiver.
    pub per_receiver: u32,
    /// What is under way already.
    pub under_way: Vec<Lane>,
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
