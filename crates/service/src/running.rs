//! The attempts that run in this process, so that a cancel reaches them at once.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

use domain::{engine::JobWatch, id::TaskId, state::Progress};
use tokio_util::sync::CancellationToken;

/// Why an attempt is to end early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The client wants it.
    Cancelled,
    /// Another attempt has the task.
    LeaseLost,
    /// It took too long.
    TimedOut,
    /// There is no room to go on.
    DiskFull,
    /// The process shuts down.
    Draining,
}

/// What an attempt, its heartbeat and everybody who may stop it share.
#[derive(Debug)]
pub(crate) struct Control {
    attempt: u32,
    watch: Arc<JobWatch>,
    reason: OnceLock<Stop>,
    token: CancellationToken,
}

impl Control {
    fn new(attempt: u32) -> Self {
        Self {
            attempt,
            watch: Arc::default(),
            reason: OnceLock::new(),
            token: CancellationToken::new(),
        }
    }

    /// Ends the attempt within one frame. The first reason counts.
    pub(crate) fn stop(&self, reason: Stop) {
        if self.reason.set(reason).is_ok() {
            self.watch.cancel();
            self.token.cancel();
        }
    }

    pub(crate) fn stop_reason(&self) -> Option<Stop> {
        self.reason.get().copied()
    }

    /// Waits until the attempt is to end early.
    pub(crate) async fn stopped(&self) {
        self.token.cancelled().await;
    }

    pub(crate) fn watch(&self) -> &Arc<JobWatch> {
        &self.watch
    }
}

/// All attempts that run here. A process can hold two attempts of one task for a moment, when the older
/// one lost its lease: both are kept.
#[derive(Debug, Default)]
pub(crate) struct Running {
    controls: Mutex<HashMap<(TaskId, u32), Arc<Control>>>,
}

impl Running {
    fn controls(&self) -> MutexGuard<'_, HashMap<(TaskId, u32), Arc<Control>>> {
        // Nothing panics while it holds the lock; if something did, the map is still whole.
        self.controls.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Enters an attempt; it leaves when the guard is dropped.
    pub(crate) fn enter(&self, task: TaskId, attempt: u32) -> Entered<'_> {
        let control = Arc::new(Control::new(attempt));
        self.controls().insert((task, attempt), Arc::clone(&control));
        Entered {
            running: self,
            task,
            control,
        }
    }

    /// Stops all attempts of a task that run here.
    pub(crate) fn stop_task(&self, task: TaskId, reason: Stop) {
        for ((running, _), control) in self.controls().iter() {
            if *running == task {
                control.stop(reason);
            }
        }
    }

    /// Stops one attempt, if it runs here.
    pub(crate) fn stop_attempt(&self, task: TaskId, attempt: u32, reason: Stop) {
        if let Some(control) = self.controls().get(&(task, attempt)) {
            control.stop(reason);
        }
    }

    /// Stops everything.
    pub(crate) fn stop_all(&self, reason: Stop) {
        for control in self.controls().values() {
            control.stop(reason);
        }
    }

    /// How far an attempt is, if it runs here: newer than what its last beat stored.
    pub(crate) fn progress(&self, task: TaskId, attempt: u32) -> Option<Progress> {
        let controls = self.controls();
        controls.get(&(task, attempt)).map(|control| control.watch.progress())
    }
}

/// An attempt that runs.
#[derive(Debug)]
pub(crate) struct Entered<'r> {
    running: &'r Running,
    task: TaskId,
    control: Arc<Control>,
}

impl std::ops::Deref for Entered<'_> {
    type Target = Control;

    fn deref(&self) -> &Control {
        &self.control
    }
}

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        self.running.controls().remove(&(self.task, self.control.attempt));
    }
}
