//! Many tasks in one request.

use axum::{
    Json,
    extract::{Request, State},
};
use domain::{request::Dialect, store::Idempotency};
use futures_util::future::join_all;
use service::{Accepted, Order, Rejected};
use wire::kinora::{batch, error, submit as wire_submit};

use super::{App, auth, refused::Refused, submit};

/// Hands many tasks over at once, at most 100. Each is accepted or refused by itself, in the order of the list;
/// the answer says which. With an `Idempotency-Key`, sending the same batch again makes nothing twice.
#[utoipa::path(
    post,
    operation_id = "kinora_batch",
    path = "/kinora/v1/batches",
    tag = "kinora",
    request_body = batch::Request,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key with the same body gives the same tasks")),
    responses(
        (status = 200, description = "What became of each", body = batch::Answer),
        (status = 400, description = "The body is no list of tasks", body = error::Body),
        (status = 401, description = "No API key, or a wrong one", body = error::Body),
        (status = 413, description = "The body is too large", body = error::Body),
        (status = 429, description = "Too many requests", body = error::Body),
    ),
    security(("key" = [])),
)]
pub(crate) async fn submit(State(app): State<App>, request: Request) -> Result<Json<batch::Answer>, Refused> {
    let (head, incoming) = request.into_parts();
    let caller = auth::caller(&app, &head).await?;
    let spooled = submit::spool(&app, &head, incoming, Dialect::Kinora).await?;
    let tasks = batch::tasks(&spooled.text)?;
    let request_id = submit::request_id(&head);
    let idempotency = submit::idempotency(&head.headers, spooled.digest)?;
    let pictures = spooled.pictures();
    let submits = tasks.iter().enumerate().map(async |(index, task)| {
        let draft = wire_submit::draft(task, &spooled.references)?;
        let order = Order {
            dialect: Dialect::Kinora,
            draft,
            inlines: pictures.clone(),
            request_id: request_id.clone(),
            idempotency: idempotency.as_ref().map(|idempotency| Idempotency {
                key: format!("{}/{index}", idempotency.key),
                ..idempotency.clone()
            }),
        };
        app.service.submit(&caller, order).await
    });
    let results = join_all(submits).await.into_iter().enumerate();
    let data = results
        .map(|(index, result)| item(index, result, &request_id))
        .collect();
    Ok(Json(batch::Answer { data }))
}

fn item(index: usize, result: Result<Accepted, Rejected>, request_id: &str) -> batch::Item {
    let (task, error) = match result {
        Ok(accepted) => (Some(wire_submit::answer(&accepted.task)), None),
        Err(Rejected::Faults(faults)) => (None, Some(error::faults(&faults, request_id).1.error)),
        Err(Rejected::Failure(failure)) => (None, Some(error::failure(&failure, request_id).1.error)),
    };
    batch::Item { index, task, error }
}
