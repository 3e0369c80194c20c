//! Watching a task: server-sent events, and status queries that wait.

use std::{cmp::Ordering, convert::Infallible, time::Duration};

use axum::{
    extract::{Path, Request, State},
    http::HeaderMap,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use domain::{
    failure::{Code, Failure},
    id::TaskId,
    request::Dialect,
    state::TaskState,
    task::TaskView,
};
use futures_util::{Stream, stream};
use service::Caller;
use tokio::time::{Instant, sleep};
use wire::{kinora, task_id};

use super::{App, auth, refused::Refused};

/// How often a watched task is looked at.
const LOOK: Duration = Duration::from_millis(250);
/// How often a silent stream says that it lives: proxies cut what is silent for longer.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);
const LAST_EVENT_ID: &str = "last-event-id";
const PREFER: &str = "prefer";
const LONGEST_WAIT: u64 = 60;
const USUAL_WAIT: u64 = 30;

/// Watches a task: an event whenever it gets further, the last one when it has ended. Each event is named after
/// the state and holds the task as a query shows it. Its id says how far the task was; a client that comes back
/// with it in `Last-Event-ID` hears of what came later, and nothing twice.
#[utoipa::path(
    get,
    operation_id = "kinora_events",
    path = "/kinora/v1/tasks/{id}/events",
    tag = "kinora",
    params(
        ("id" = String, Path, description = "The task's id"),
        ("Last-Event-ID" = Option<String>, Header, description = "The id of the last event that was received"),
    ),
    responses(
        (status = 200, description = "Server-sent events until the task has ended", content_type = "text/event-stream",
            body = String, example = "id: 1.1.24\nevent: running\ndata: {\"id\":\"7530125487000584192\",\"state\":\"running\"}\n\n"),
        (status = 401, description = "No API key, or a wrong one", body = kinora::error::Body),
        (status = 404, description = "No such task of this key's", body = kinora::error::Body),
        (status = 429, description = "Too many requests", body = kinora::error::Body),
    ),
    security(("key" = [])),
)]
pub(crate) async fn events(
    State(app): State<App>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Refused> {
    let (head, _) = request.into_parts();
    let caller = auth::caller(&app, &head).await?;
    let id = task_id::parse(Some(&id))?;
    let first = app.service.poll(&caller, id, Dialect::Kinora).await?;
    let watching = Watching {
        app,
        caller,
        id,
        seen: seen(&head.headers),
        first: Some(first),
        ended: false,
    };
    let alive = KeepAlive::new().interval(SIGN_OF_LIFE);
    Ok(Sse::new(watching.stream()).keep_alive(alive).into_response())
}

/// How far a task is: grows until its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    attempt: u32,
    phase: u32,
    done: u32,
}

impl Place {
    fn of(view: &TaskView) -> Self {
        let (attempt, phase, done) = match &view.task.state {
            TaskState::Queued { .. } => (view.task.attempts, 2, 0),
            TaskState::Running { attempt, progress, .. } => (*attempt, 1, progress.done),
            _ => (u32::MAX, 3, 0),
        };
        Self { attempt, phase, done }
    }

    fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.trim().split('.').map(|number| number.parse().ok());
        let place = Self {
            attempt: numbers.next()??,
            phase: numbers.next()??,
            done: numbers.next()??,
        };
        numbers.next().is_none().then_some(place)
    }

    fn text(self) -> String {
        format!("{}.{}.{}", self.attempt, self.phase, self.done)
    }
}

fn seen(headers: &HeaderMap) -> Option<Place> {
    Place::parse(headers.get(LAST_EVENT_ID)?.to_str().ok()?)
}

/// One client's watch of one task.
struct Watching {
    app: App,
    caller: Caller,
    id: TaskId,
    seen: Option<Place>,
    first: Option<TaskView>,
    ended: bool,
}

impl Watching {
    fn stream(self) -> impl Stream<Item = Result<Event, Infallible>> + Send + 'static {
        stream::unfold(self, async |mut watching| {
            let event = watching.next().await?;
            Some((Ok(event), watching))
        })
    }

    /// Waits for news. `None`: there will be no more.
    async fn next(&mut self) -> Option<Event> {
        while !self.ended && !self.app.service.is_stopping() {
            let view = match self.first.take() {
                Some(view) => view,
                None => {
                    sleep(LOOK).await;
                    // Deleted, or a failure of ours: a client that comes back learns which.
                    self.app
                        .service
                        .poll(&self.caller, self.id, Dialect::Kinora)
                        .await
                        .ok()?
                }
            };
            self.ended = view.task.state.name().is_final();
            let place = Place::of(&view);
            let news = self.seen.is_none_or(|seen| place.cmp(&seen) == Ordering::Greater);
            if news {
                self.seen = Some(place);
                let event = Event::default().id(place.text()).event(view.task.state.name().name());
                return event.json_data(kinora::status::answer(&view)).ok();
            }
        }
        None
    }
}

/// How long a client prefers to wait for the end: `Prefer: wait=n`, at most a minute (RFC 7240).
///
/// # Errors
/// A wait that is no number of seconds.
pub(super) fn preferred_wait(headers: &HeaderMap) -> Result<Option<Duration>, Failure> {
    let values = headers.get_all(PREFER).iter().filter_map(|value| value.to_str().ok());
    let preferences = values.flat_map(|value| value.split([',', ';'])).map(str::trim);
    for preference in preferences {
        let (name, value) = preference.split_once('=').unwrap_or((preference, ""));
        if !name.trim().eq_ignore_ascii_case("wait") {
            continue;
        }
        let seconds = match value.trim().trim_matches('"') {
            "" => USUAL_WAIT,
            text => {
                let wrong = || Failure::new(Code::FieldInvalid, "Prefer: wait must be a whole number of seconds");
                text.parse().map_err(|_| wrong())?
            }
        };
        return Ok(Some(Duration::from_secs(seconds.min(LONGEST_WAIT))));
    }
    Ok(None)
}

/// Shows a task when it has ended, or as it stands when the wait is over.
///
/// # Errors
/// As a status query.
pub(super) async fn wait(app: &App, caller: &Caller, id: TaskId, wait: Duration) -> Result<TaskView, Failure> {
    let deadline = Instant::now() + wait;
    loop {
        let view = app.service.poll(caller, id, Dialect::Kinora).await?;
        let left = deadline.saturating_duration_since(Instant::now());
        if view.task.state.name().is_final() || left.is_zero() || app.service.is_stopping() {
            return Ok(view);
        }
        sleep(LOOK.min(left)).await;
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_preference_to_wait_is_found_among_others() {
        let of = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(PREFER, HeaderValue::from_static(value));
            preferred_wait(&headers).map(|wait| wait.map(|wait| wait.as_secs()))
        };
        assert_eq!(of("wait=5"), Ok(Some(5)));
        assert_eq!(of("respond-async, Wait = \"7\""), Ok(Some(7)));
        assert_eq!(of("wait=86400"), Ok(Some(LONGEST_WAIT)));
        assert_eq!(of("wait"), Ok(Some(USUAL_WAIT)));
        assert_eq!(of("respond-async"), Ok(None));
        for wrong in ["wait=soon", "wait=-1", "wait=1.5"] {
            assert!(of(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_place_is_read_as_it_was_written() {
        let place = Place {
            attempt: 2,
            phase: 1,
            done: 77,
        };
        assert_eq!(Place::parse(&place.text()), Some(place));
        for wrong in ["", "1", "1.2", "1.2.3.4", "a.b.c", "1.2.-3", "1.2.99999999999"] {
            assert_eq!(Place::parse(wrong), None, "{wrong}");
        }
    }
}
