//! Kinora's list of tasks: conditions and pages.

use axum::{
    Json,
    extract::{Request, State},
    http::Uri,
};
use domain::{
    failure::Failure,
    request::Dialect,
    state::StateName,
    store::{ListOrder, ListQuery},
    time::Timestamp,
};
use wire::{kinora, rfc3339};

use super::{App, auth, query::parameter, refused::Refused};

const PAGE: u32 = 20;
const LONGEST_PAGE: u32 = 500;

/// Lists this key's tasks. Every condition that is given must hold.
#[utoipa::path(
    get,
    operation_id = "kinora_list",
    path = "/kinora/v1/tasks",
    tag = "kinora",
    params(
        ("state" = Option<String>, Query, description = "queued, running, succeeded, failed, cancelled; several with commas"),
        ("model" = Option<String>, Query, description = "A model's name; several with commas"),
        ("dialect" = Option<String>, Query, description = "The dialect that the tasks were made in"),
        ("payload" = Option<String>, Query, description = "Exactly this payload"),
        ("created_from" = Option<String>, Query, description = "Made at this time or later: RFC 3339, a date, or seconds since 1970"),
        ("created_until" = Option<String>, Query, description = "Made before this time"),
        ("order" = Option<String>, Query, description = "desc, newest first, or asc; desc when left out"),
        ("limit" = Option<u32>, Query, description = "At most this many, 1 to 500; 20 when left out"),
        ("after" = Option<String>, Query, description = "The page before ended with this id: its `next`"),
    ),
    responses(
        (status = 200, description = "One page", body = kinora::list::List),
        (status = 400, description = "A parameter is wrong", body = kinora::error::Body),
        (status = 401, description = "No API key, or a wrong one", body = kinora::error::Body),
        (status = 429, description = "Too many requests", body = kinora::error::Body),
    ),
    security(("key" = [])),
)]
pub(crate) async fn list(State(app): State<App>, request: Request) -> Result<Json<kinora::list::List>, Refused> {
    let (head, _) = request.into_parts();
    let caller = auth::caller(&app, &head).await?;
    let query = list_query(&head.uri)?;
    // One more than asked for says whether there is another page.
    let more = ListQuery {
        limit: query.limit.saturating_add(1),
        ..query.clone()
    };
    let mut views = app.service.list(&caller, &more, Dialect::Kinora).await?;
    let shown = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let next = (views.len() > shown)
        .then(|| views.get(shown - 1).map(|view| view.task.id))
        .flatten();
    views.truncate(shown);
    Ok(Json(kinora::list::answer(&views, next)))
}

fn list_query(uri: &Uri) -> Result<ListQuery, Failure> {
    Ok(ListQuery {
        states: states(uri)?,
        models: several(uri, "model"),
        dialect: dialect(uri)?,
        payload: parameter(uri, &["payload"]),
        created_from: time(uri, "created_from")?,
        created_until: time(uri, "created_until")?,
        after: after(uri)?,
        order: order(uri)?,
        limit: limit(uri)?,
    })
}

fn several(uri: &Uri, name: &str) -> Vec<String> {
    let text = parameter(uri, &[name]).unwrap_or_default();
    let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}

fn states(uri: &Uri) -> Result<Vec<StateName>, Failure> {
    let names = several(uri, "state").into_iter();
    names
        .map(|name| {
            StateName::from_name(&name).ok_or_else(|| {
                Failure::of_parameter("state", "must be one of queued, running, succeeded, failed, cancelled")
            })
        })
        .collect()
}

fn dialect(uri: &Uri) -> Result<Option<Dialect>, Failure> {
    let Some(name) = parameter(uri, &["dialect"]) else {
        return Ok(None);
    };
    match Dialect::from_name(&name) {
        Some(dialect) => Ok(Some(dialect)),
        None => {
            let names = Dialect::ALL.map(Dialect::name).join(", ");
            Err(Failure::of_parameter("dialect", format!("must be one of {names}")))
        }
    }
}

pub(super) fn time(uri: &Uri, name: &str) -> Result<Option<Timestamp>, Failure> {
    let Some(text) = parameter(uri, &[name]) else {
        return Ok(None);
    };
    // A plus sign in a query is a blank.
    match rfc3339::parse(&text.replace(' ', "+")).or_else(|| rfc3339::parse(&text)) {
        Some(time) => Ok(Some(time)),
        None => Err(Failure::of_parameter(
            name,
            "must be a time such as 2026-11-20T08:30:00Z, a date, or seconds since 1970",
        )),
    }
}

fn order(uri: &Uri) -> Result<ListOrder, Failure> {
    match parameter(uri, &["order"]).as_deref() {
        None | Some("desc") => Ok(ListOrder::NewestFirst),
        Some("asc") => Ok(ListOrder::OldestFirst),
        Some(_) => Err(Failure::of_parameter("order", "must be desc or asc")),
    }
}

pub(super) fn limit(uri: &Uri) -> Result<u32, Failure> {
    let Some(text) = parameter(uri, &["limit"]) else {
        return Ok(PAGE);
    };
    let limit = text.parse().ok().filter(|limit| (1..=LONGEST_PAGE).contains(limit));
    limit.ok_or_else(|| Failure::of_parameter("limit", format!("must be a whole number from 1 to {LONGEST_PAGE}")))
}

fn after(uri: &Uri) -> Result<Option<domain::id::TaskId>, Failure> {
    let text = parameter(uri, &["after"]);
    let parsed = text.map(|text| {
        text.parse()
            .map_err(|_| Failure::of_parameter("after", "must be a task's id"))
    });
    parsed.transpose()
}
