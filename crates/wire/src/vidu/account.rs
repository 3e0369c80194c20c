//! `GET /ent/v2/credits`: what is left, and how much of the concurrency is in use.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Kinora charges nothing: clients that refuse to submit when too little is left must find enough.
const CREDITS: u64 = 1_000_000_000;

/// The answer to a credits query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = vidu::Credits, example = json!({
    "remains": [{"type": "metered", "credit_remain": 1_000_000_000, "concurrency_limit": 2, "current_concurrency": 1, "queue_count": 3}],
    "packages": []
}))]
pub struct Answer {
    pub remains: Vec<Remain>,
    /// Always empty; there only when the detail is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Object>>)]
    pub packages: Option<Vec<serde_json::Value>>,
}

/// One account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = vidu::Remain)]
pub struct Remain {
    /// Always `metered`.
    #[serde(rename = "type")]
    pub kind: String,
    pub credit_remain: u64,
    /// Tasks that may run at once; more wait.
    pub concurrency_limit: u32,
    /// Tasks of this key that run.
    pub current_concurrency: u32,
    /// Tasks of this key that wait.
    pub queue_count: u32,
}

/// How busy one key's tasks are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    pub limit: u32,
    pub running: u32,
    pub waiting: u32,
}

/// Shows the account.
pub fn answer(load: Load, detail: bool) -> Answer {
    let remain = Remain {
        kind: "metered".to_owned(),
        credit_remain: CREDITS,
        concurrency_limit: load.limit,
        current_concurrency: load.running,
        queue_count: load.waiting,
    };
    Answer {
        remains: vec![remain],
        packages: detail.then(Vec::new),
    }
}
