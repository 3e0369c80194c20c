//! Callbacks as their owner sees them.

use domain::store::{DeliveryRecord, DeliveryState, Try};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::rfc3339;

/// One callback and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = kinora::Webhook)]
pub struct View {
    /// Decimal digits.
    #[schema(example = "17")]
    pub id: String,
    /// The `webhook-id` of every try.
    #[schema(example = "evt_7530125487000584192_17")]
    pub event_id: String,
    #[schema(example = "7530125487000584192")]
    pub task_id: String,
    /// `began` or `ended`.
    #[schema(example = "ended")]
    pub event: String,
    /// `due`: to be sent, or sent again. `delivered`. `dead`: given up.
    #[schema(example = "dead")]
    pub state: String,
    pub created_at: String,
    /// When it is sent next; null when it is not.
    pub next_try_at: Option<String>,
    /// When it was delivered or given up.
    pub ended_at: Option<String>,
    /// Oldest first.
    pub tries: Vec<Attempt>,
}

/// One try.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = kinora::WebhookTry)]
pub struct Attempt {
    #[schema(example = "2026-11-20T07:40:05.120Z")]
    pub at: String,
    pub milliseconds: u32,
    /// HTTP's, where there was an answer.
    #[schema(example = 500)]
    pub status: Option<u16>,
    /// Null when it was taken.
    #[schema(example = "the receiver answered 500")]
    pub problem: Option<String>,
}

/// Callbacks, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = kinora::WebhookList)]
pub struct List {
    pub data: Vec<View>,
    /// Pass it as `after` for the next page; null on the last one.
    pub next: Option<String>,
}

/// What callbacks are signed with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = kinora::WebhookSecret)]
pub struct Secret {
    /// For receivers that check signatures as standardwebhooks.com describes them.
    #[schema(example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    pub secret: String,
}

/// Shows one callback.
pub fn answer(record: &DeliveryRecord) -> View {
    View {
        id: record.id.to_string(),
        event_id: record.event_id(),
        task_id: record.task.to_string(),
        event: record.event.name().to_owned(),
        state: record.state.name().to_owned(),
        created_at: rfc3339::text(record.created_at),
        next_try_at: (record.state == DeliveryState::Due).then(|| rfc3339::text(record.due_at)),
        ended_at: record.ended_at.map(rfc3339::text),
        tries: record.tries.iter().map(attempt).collect(),
    }
}

fn attempt(tried: &Try) -> Attempt {
    Attempt {
        at: rfc3339::text(tried.at),
        milliseconds: tried.took,
        status: tried.status,
        problem: tried.problem.clone(),
    }
}

/// Shows a page. `next`: the id behind which the next page begins, when there is one.
pub fn page(records: &[DeliveryRecord], next: Option<i64>) -> List {
    List {
        data: records.iter().map(answer).collect(),
        next: next.map(|id| id.to_string()),
    }
}
