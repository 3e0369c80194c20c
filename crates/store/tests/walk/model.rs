//! The state machine in memory, as plainly as it can be said.

use std::{cmp::Reverse, collections::BTreeSet};

use domain::{
    state::{Progress, StateName},
    store::{Beat, Cancellation, Fenced, RetryPolicy},
    time::Timestamp,
};

use crate::step::{How, LEASE};

pub(crate) const POLICY: RetryPolicy = RetryPolicy {
    most_attempts: 2,
    back_off: std::time::Duration::from_secs(3),
};

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ModelTask {
    pub(crate) state: StateName,
    pub(crate) off_peak: bool,
    pub(crate) webhook: bool,
    pub(crate) attempt: u32,
    pub(crate) counted: u32,
    pub(crate) cancel_requested: bool,
    pub(crate) created_at: Timestamp,
    pub(crate) not_before: Timestamp,
    pub(crate) lease_until: Timestamp,
    pub(crate) progress: Progress,
    pub(crate) finished_at: Option<Timestamp>,
}

/// Tasks by their place in the queue.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) now: Timestamp,
    pub(crate) tasks: Vec<ModelTask>,
    /// Whose end has a callback.
    pub(crate) announced: BTreeSet<usize>,
}

impl Model {
    pub(crate) fn submit(&mut self, off_peak: bool, webhook: bool) {
        self.tasks.push(ModelTask {
            state: StateName::Queued,
            off_peak,
            webhook,
            attempt: 0,
            counted: 0,
            cancel_requested: false,
            created_at: self.now,
            not_before: self.now,
            lease_until: self.now,
            progress: Progress::default(),
            finished_at: None,
        });
    }

    pub(crate) fn claim(&mut self, window: bool) -> Option<usize> {
        let ready = |task: &ModelTask| task.state == StateName::Queued && task.not_before <= self.now;
        let next = (0..self.tasks.len())
            .filter(|place| ready(&self.tasks[*place]))
            .max_by_key(|place| (window || !self.tasks[*place].off_peak, Reverse(*place)))?;
        self.become_state(next, StateName::Running);
        let lease_until = self.now + LEASE;
        let task = &mut self.tasks[next];
        task.attempt += 1;
        task.counted += 1;
        task.cancel_requested = false;
        task.lease_until = lease_until;
        task.progress = Progress::default();
        Some(next)
    }

    fn is_held(&self, place: usize, attempt: u32) -> bool {
        self.tasks[place].state == StateName::Running && self.tasks[place].attempt == attempt
    }

    pub(crate) fn beat(&mut self, place: usize, attempt: u32, progress: Progress) -> Beat {
        if !self.is_held(place, attempt) {
            return Beat::LeaseLost;
        }
        self.tasks[place].lease_until = self.now + LEASE;
        self.tasks[place].progress = progress;
        match self.tasks[place].cancel_requested {
            true => Beat::Cancel,
            false => Beat::GoOn,
        }
    }

    pub(crate) fn finish(&mut self, place: usize, attempt: u32, how: How, not_before: Timestamp) -> Fenced {
        if !self.is_held(place, attempt) {
            return Fenced::LeaseLost;
        }
        let state = match how {
            How::Succeeded => StateName::Succeeded,
            How::Failed => StateName::Failed,
            How::Retry | How::Returned if !self.tasks[place].cancel_requested => StateName::Queued,
            How::Cancelled | How::Retry | How::Returned => StateName::Cancelled,
        };
        self.become_state(place, state);
        self.tasks[place].not_before = not_before;
        if how == How::Returned {
            self.tasks[place].counted -= 1;
        }
        Fenced::Done
    }

    pub(crate) fn cancel(&mut self, place: usize) -> Cancellation {
        match self.tasks[place].state {
            StateName::Queued => {
                self.become_state(place, StateName::Cancelled);
                Cancellation::Cancelled
            }
            StateName::Running => {
                self.tasks[place].cancel_requested = true;
                Cancellation::Requested
            }
            ended => Cancellation::TooLate(ended),
        }
    }

    /// Place, attempt and new state of each task that was taken back.
    pub(crate) fn release(&mut self, all: bool) -> Vec<(usize, u32, StateName)> {
        let mut released = Vec::new();
        for place in 0..self.tasks.len() {
            let task = &self.tasks[place];
            if task.state != StateName::Running || !(all || task.lease_until <= self.now) {
                continue;
            }
            let state = match task.counted {
                _ if task.cancel_requested => StateName::Cancelled,
                counted if counted >= POLICY.most_attempts => StateName::Failed,
                _ => StateName::Queued,
            };
            released.push((place, task.attempt, state));
            self.become_state(place, state);
            self.tasks[place].not_before = self.now + POLICY.back_off;
        }
        released
    }

    pub(crate) fn fail_overdue(&mut self, created_before: Timestamp) -> u64 {
        let mut failed = 0;
        for place in 0..self.tasks.len() {
            let task = &self.tasks[place];
            if task.state == StateName::Queued && task.off_peak && task.created_at < created_before {
                self.become_state(place, StateName::Failed);
                failed += 1;
            }
        }
        failed
    }

    fn become_state(&mut self, place: usize, state: StateName) {
        let task = &mut self.tasks[place];
        assert!(
            task.state.may_become(state),
            "the model itself is wrong: {task:?} to {state:?}"
        );
        task.state = state;
        if state.is_final() {
            task.finished_at = Some(self.now);
            if task.webhook {
                self.announced.insert(place);
            }
        }
    }
}
