//! Watching a task by server-sent events.

use std::{collections::VecDeque, convert::Infallible, time::Duration};

use axum::{
    extract::{Path, Request, State},
    http::HeaderMap,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use domain::{
    id::TaskId,
    request::Dialect,
    state::{Progress, StateName, TaskState},
    store::StateChange,
    task::{Links, Task, TaskView},
};
use futures_util::{Stream, stream};
use service::Caller;
use tokio::time::sleep;
use wire::{kinora, task_id};

use super::{App, auth, refused::Refused};

/// How often a watched task is looked at.
const LOOK: Duration = Duration::from_millis(250);
/// How often a silent stream says that it lives: proxies cut what is silent for longer.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);
const LAST_EVENT_ID: &str = "last-event-id";

/// Watches a task: an event for each state that it comes to, from the queue on, and for its progress, the last one when
/// it has ended. Each event is named after the state and holds the task as a query shows it. A client that comes back
/// with the id of the last one in `Last-Event-ID` hears of every state that came later, in order and with the same ids,
/// and nothing twice; of progress it hears the newest. Any other id counts as none.
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
            body = String, example = "id: 7530125487000584192.1.24\nevent: running\ndata: {\"id\":\"7530125487000584192\",\"state\":\"running\"}\n\n"),
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
    app.service.poll(&caller, id, Dialect::Kinora).await?;
    let watching = Watching {
        app,
        caller,
        id,
        seen: seen(&head.headers, id),
        known: None,
        waiting: VecDeque::new(),
        ended: false,
    };
    let alive = KeepAlive::new().interval(SIGN_OF_LIFE);
    Ok(Sse::new(watching.stream()).keep_alive(alive).into_response())
}

/// How far a watch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    task: TaskId,
    /// The number of the latest change of state; 0: the task entered the queue.
    change: u32,
    /// Frames that were drawn since.
    done: u32,
}

impl Place {
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().split('.');
        let place = Self {
            task: parts.next()?.parse().ok()?,
            change: parts.next()?.parse().ok()?,
            done: parts.next()?.parse().ok()?,
        };
        parts.next().is_none().then_some(place)
    }

    fn text(self) -> String {
        format!("{}.{}.{}", self.task, self.change, self.done)
    }
}

/// The place that the client has come to, if it is one of this task's.
fn seen(headers: &HeaderMap, task: TaskId) -> Option<Place> {
    let place = Place::parse(headers.get(LAST_EVENT_ID)?.to_str().ok()?)?;
    (place.task == task).then_some(place)
}

/// One client's watch of one task.
struct Watching {
    app: App,
    caller: Caller,
    id: TaskId,
    /// Of the latest event that the client has, or that waits for it.
    seen: Option<Place>,
    /// How the task was when it was last looked at.
    known: Option<(StateName, u32)>,
    waiting: VecDeque<Event>,
    ended: bool,
}

impl Watching {
    fn stream(self) -> impl Stream<Item = Result<Event, Infallible>> + Send + 'static {
        stream::unfold(self, async |mut watching| {
            let event = watching.next().await?;
            Some((Ok(event), watching))
        })
    }

    /// Waits for news. `None`: there will be no more, or the task is gone; a client that comes back learns which.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            if self.ended || self.app.service.is_stopping() {
                return None;
            }
            if self.known.is_some() {
                sleep(LOOK).await;
            }
            self.look().await?;
        }
    }

    async fn look(&mut self) -> Option<()> {
        let view = self.poll().await?;
        let state = (view.task.state.name(), view.task.attempts);
        if self.known == Some(state) {
            return self.progress(&view);
        }
        self.known = Some(state);
        self.catch_up(view).await
    }

    async fn poll(&self) -> Option<TaskView> {
        let polled = self.app.service.poll(&self.caller, self.id, Dialect::Kinora);
        polled.await.ok()
    }

    /// All changes that the client has not heard of. They are read after the task, so that its end is among them.
    async fn catch_up(&mut self, mut view: TaskView) -> Option<()> {
        self.ended = view.task.state.name().is_final();
        let changes = self.changes().await?;
        if !self.ended && changes.last().is_some_and(|change| change.state.is_final()) {
            view = self.poll().await?;
            self.ended = true;
        }
        if self.seen.is_none() {
            let is_now = changes.is_empty();
            let born = if is_now {
                view.clone()
            } else {
                past(view.task.clone().newborn())
            };
            self.say(0, 0, &born)?;
        }
        for change in changes {
            self.say(change.number, 0, &at(&view, change))?;
        }
        Some(())
    }

    /// The changes since the place that the client has come to; all of them if there is no such place.
    async fn changes(&mut self) -> Option<Vec<StateChange>> {
        let after = self.seen.map_or(0, |seen| seen.change);
        // One more, to see that there is such a place.
        let from = after.saturating_sub(1);
        let mut changes = self.app.service.changes(&self.caller, self.id, from).await.ok()?;
        if after > 0 && changes.first().is_none_or(|change| change.number != after) {
            self.seen = None;
            return self.app.service.changes(&self.caller, self.id, 0).await.ok();
        }
        changes.retain(|change| change.number > after);
        Some(changes)
    }

    fn progress(&mut self, view: &TaskView) -> Option<()> {
        let (Some(seen), TaskState::Running { progress, .. }) = (self.seen, &view.task.state) else {
            return Some(());
        };
        if progress.done > seen.done {
            self.say(seen.change, progress.done, view)?;
        }
        Some(())
    }

    fn say(&mut self, change: u32, done: u32, view: &TaskView) -> Option<()> {
        let place = Place {
            task: self.id,
            change,
            done,
        };
        let event = Event::default().id(place.text()).event(view.task.state.name().name());
        self.waiting
            .push_back(event.json_data(kinora::status::answer(view)).ok()?);
        self.seen = Some(place);
        Some(())
    }
}

/// The task as it was when that had happened to it.
fn at(view: &TaskView, change: StateChange) -> TaskView {
    let state = match change.state {
        StateName::Queued => TaskState::Queued {
            not_before: view.task.created_at,
        },
        StateName::Running => TaskState::Running {
            attempt: change.attempt,
            started_at: change.at.unwrap_or(view.task.created_at),
            progress: Progress::default(),
        },
        _ => return view.clone(),
    };
    let task = Task {
        state,
        attempts: view.task.attempts.min(change.attempt),
        started_at: change.at.or(view.task.started_at),
        ..view.task.clone()
    };
    past(task)
}

fn past(task: Task) -> TaskView {
    TaskView {
        task,
        queue_position: None,
        links: Links::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_was_written() {
        let place = Place::parse("7530125487000584192.2.77").unwrap();
        assert_eq!((place.change, place.done), (2, 77));
        assert_eq!(Place::parse(&place.text()), Some(place));
        for wrong in [
            "",
            "1",
            "1.2",
            "1.2.3.4",
            "a.b.c",
            "1.2.-3",
            "1.2.99999999999",
            "-1.2.3",
        ] {
            assert_eq!(Place::parse(wrong), None, "{wrong}");
        }
    }
}
