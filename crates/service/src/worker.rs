//! Workers: each waits for work, claims it, runs it.

use std::{sync::Arc, time::Duration};

use domain::store::{ClaimTerms, Claimed};
use serde::{Deserialize, Serialize};

use crate::{failpoint, off_peak::Window, quantity, run, service::Service};

/// A shorter one would run out between two beats on a busy machine.
const SHORTEST_LEASE: Duration = Duration::from_secs(3);

/// How tasks are run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WorkerSettings {
    /// How many tasks run at once; one task already uses every core. 0: this process only takes requests.
    pub concurrency: usize,
    /// How often an idle worker looks for work that nobody woke it for, such as a retry that became due.
    #[serde(with = "quantity::duration")]
    pub poll_interval: Duration,
    /// How long a task is left alone when its worker gives no sign of life.
    #[serde(with = "quantity::duration")]
    pub lease: Duration,
    /// How long fetching all of a task's pictures may take.
    #[serde(with = "quantity::duration")]
    pub fetch_limit: Duration,
    /// How long one attempt may render.
    #[serde(with = "quantity::duration")]
    pub render_limit: Duration,
    /// Attempts before a task fails; only faults that are not the request's are tried again.
    pub most_attempts: u32,
    /// Wait before the second attempt; doubled before each further one.
    #[serde(with = "quantity::duration")]
    pub back_off: Duration,
    /// Wait of a task that went back to the queue because the disk was full.
    #[serde(with = "quantity::duration")]
    pub disk_wait: Duration,
    /// How long running tasks may go on when the server is told to stop.
    #[serde(with = "quantity::duration")]
    pub drain: Duration,
    /// The stretch of the day, in UTC, in which off-peak tasks count like all others, such as
    /// `22:00-06:00`. At other times, and without one, they run when nothing else waits.
    pub off_peak_window: Option<Window>,
    /// How long an off-peak task waits before it fails.
    #[serde(with = "quantity::duration")]
    pub off_peak_limit: Duration,
}

impl Default for WorkerSettings {
    fn default() -> Self {
        Self {
            concurrency: 1,
            poll_interval: Duration::from_secs(1),
            lease: Duration::from_secs(30),
            fetch_limit: Duration::from_secs(180),
            render_limit: Duration::from_secs(15 * 60),
            most_attempts: 3,
            back_off: Duration::from_secs(5),
            disk_wait: Duration::from_secs(30),
            drain: Duration::from_secs(30),
            off_peak_window: None,
            off_peak_limit: Duration::from_secs(48 * 3600),
        }
    }
}

impl WorkerSettings {
    /// What nobody can work with, in a sentence.
    pub(crate) fn problem(&self) -> Option<&'static str> {
        if self.poll_interval.is_zero() {
            Some("worker.poll_interval must be more than nothing")
        } else if self.lease < SHORTEST_LEASE {
            Some("worker.lease must be at least 3s")
        } else if self.fetch_limit.is_zero() || self.render_limit.is_zero() {
            Some("worker.fetch_limit and worker.render_limit must be more than nothing")
        } else if self.most_attempts == 0 {
            Some("worker.most_attempts must be at least 1")
        } else {
            None
        }
    }
}

/// Runs tasks until the service stops; the attempt in hand is finished first.
pub(crate) async fn work(service: Arc<Service>) {
    let mut had_room = true;
    while !service.stopping.is_cancelled() {
        match claim(&service, &mut had_room).await {
            // In a task of its own: a panic costs one attempt, whose lease then runs out, not the worker.
            Some(claimed) => {
                let task = claimed.task.id;
                failpoint::reach("worker: claimed");
                // That it began is told while it runs, or not at all.
                if claimed.task.request.webhook.is_some() {
                    service.callbacks_due.notify_one();
                }
                if let Err(error) = tokio::spawn(run::run(Arc::clone(&service), claimed)).await {
                    tracing::error!(%task, %error, "an attempt broke down");
                }
            }
            None => idle(&service).await,
        }
    }
}

async fn claim(service: &Service, had_room: &mut bool) -> Option<Claimed> {
    let room = service.disk.check();
    if let Err(failure) = &room
        && *had_room
    {
        tracing::warn!(detail = failure.detail, "no work is taken until there is disk space");
    }
    *had_room = room.is_ok();
    room.ok()?;
    let settings = &service.settings.worker;
    let now = service.now();
    let terms = ClaimTerms {
        lease: settings.lease,
        off_peak_now: settings.off_peak_window.is_some_and(|window| window.contains(now)),
        per_key: service.settings.limits.running(),
    };
    service.store.claim(&terms).await.unwrap_or_else(|error| {
        tracing::error!(%error, "work could not be claimed");
        None
    })
}

async fn idle(service: &Service) {
    tokio::select! {
        () = service.work.notified() => {}
        () = tokio::time::sleep(service.settings.worker.poll_interval) => {}
        () = service.stopping.cancelled() => {}
    }
}
