//! Status queries that wait for the end.

use std::time::Duration;

use axum::http::HeaderMap;
use domain::{failure::Failure, id::TaskId, request::Dialect, task::TaskView};
use service::Caller;
use tokio::time::{Instant, sleep};

use super::App;

/// How often a task that is waited for is looked at.
const LOOK: Duration = Duration::from_millis(250);
const PREFER: &str = "prefer";
const LONGEST_WAIT: u64 = 60;
const USUAL_WAIT: u64 = 30;

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
                let wrong = || Failure::of_parameter("Prefer", "must say wait= and a whole number of seconds");
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
}
