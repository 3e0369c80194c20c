//! What a key used.

use axum::{
    Json,
    extract::{Request, State},
};
use domain::{failure::Failure, time::Timestamp};
use wire::kinora::{error::Body, usage};

use super::{
    App, auth,
    kinora_list::{limit, time},
    query::parameter,
    refused::Refused,
};

/// Shows what this key used: seconds of video by day, and the ledger behind the sums. Tasks that failed or were
/// cancelled are refunded.
#[utoipa::path(
    get,
    operation_id = "kinora_usage",
    path = "/kinora/v1/usage",
    tag = "kinora",
    params(
        ("from" = Option<String>, Query, description = "From this day on: RFC 3339, a date, or seconds since 1970"),
        ("to" = Option<String>, Query, description = "Up to this day"),
        ("limit" = Option<u32>, Query, description = "Lines of the ledger, 1 to 500; 20 when left out"),
        ("after" = Option<String>, Query, description = "Older lines than the page before: its `next`"),
    ),
    responses(
        (status = 200, description = "Limits, days and the ledger", body = usage::Usage),
        (status = 400, description = "A parameter is wrong", body = Body),
        (status = 401, description = "No API key, or a wrong one", body = Body),
        (status = 429, description = "Too many requests", body = Body),
    ),
    security(("key" = [])),
)]
pub(crate) async fn usage(State(app): State<App>, request: Request) -> Result<Json<usage::Usage>, Refused> {
    let (head, _) = request.into_parts();
    let caller = auth::caller(&app, &head).await?;
    let uri = &head.uri;
    let from = time(uri, "from")?.unwrap_or(Timestamp::from_milliseconds(0));
    let to = time(uri, "to")?.unwrap_or(Timestamp::from_milliseconds(i64::MAX));
    let wrong = || Failure::of_parameter("after", "must be the next of a page");
    let after = parameter(uri, &["after"]).map(|text| text.parse().map_err(|_| wrong()));
    let lines = limit(uri)?;
    let days = app.service.usage(&caller, from, to).await?;
    let entries = app.service.ledger(&caller, after.transpose()?, lines).await?;
    let full = u32::try_from(entries.len()).is_ok_and(|shown| shown == lines);
    let allowance = app.service.allowance(&caller);
    Ok(Json(usage::Usage {
        limits: usage::Limits {
            queued: allowance.queued,
            running: allowance.running,
            daily_seconds: allowance.daily_seconds,
        },
        days: days.iter().map(usage::day).collect(),
        next: entries.last().filter(|_| full).map(|entry| entry.id.to_string()),
        entries: entries.iter().map(usage::entry).collect(),
    }))
}
