//! Random walks through the state machine: the store and a small model of it must agree after every step.

#![expect(clippy::unwrap_used, reason = "a walk that cannot go on has failed")]

mod model;
mod step;

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use domain::{
    id::{KeyId, TaskId},
    state::{Progress, StateName, TaskState},
    store::{Claim, ClaimTerms, Reach, TaskStore},
    task::Task,
    time::{Clock, Timestamp},
};
use proptest::{prelude::ProptestConfig, proptest};
use store::{
    StoreSettings,
    contract::{ManualClock, sample},
    sqlite::SqliteStore,
};

use self::{
    model::{Model, ModelTask, POLICY},
    step::{LEASE, Step, any_step},
};

struct Walk {
    store: SqliteStore,
    clock: Arc<ManualClock>,
    key: KeyId,
    /// By place in the queue, as in the model.
    ids: Vec<TaskId>,
    seen: Vec<StateName>,
    model: Model,
}

impl Walk {
    async fn take(&mut self, step: Step) {
        match step {
            Step::Submit { off_peak, webhook } => self.submit(off_peak, webhook).await,
            Step::Claim { window } => self.claim(window).await,
            Step::Advance { by } => {
                self.clock.advance(by);
                self.model.now = self.clock.now();
            }
            Step::Release { all } => self.release(all).await,
            Step::FailOverdue { older_than } => {
                let before = Timestamp::from_milliseconds(
                    self.model.now.milliseconds() - i64::try_from(older_than.as_millis()).unwrap(),
                );
                let failed = self
                    .store
                    .fail_overdue_off_peak(before, &sample::failure())
                    .await
                    .unwrap();
                assert_eq!(failed, self.model.fail_overdue(before));
            }
            Step::Beat { .. } | Step::Finish { .. } | Step::Cancel { .. } if self.ids.is_empty() => {}
            Step::Beat { which, stale, done } => {
                let (place, claim) = self.pick(which, stale);
                let progress = Progress { done, total: 120 };
                let beat = self.store.beat(&claim, progress, LEASE).await.unwrap();
                assert_eq!(beat, self.model.beat(place, claim.attempt(), progress));
            }
            Step::Finish { which, stale, how } => {
                let (place, claim) = self.pick(which, stale);
                let not_before = self.model.now + Duration::from_secs(2);
                let expected = self.model.finish(place, claim.attempt(), how, not_before);
                let outcome = how.outcome(&claim, not_before);
                assert_eq!(self.store.finish(claim, outcome).await.unwrap(), expected);
            }
            Step::Cancel { which } => {
                let (place, claim) = self.pick(which, false);
                let cancelled = self.store.cancel(self.key, claim.task(), Reach::Running).await.unwrap();
                assert_eq!(cancelled, self.model.cancel(place));
            }
        }
    }

    fn pick(&self, which: usize, stale: bool) -> (usize, Claim) {
        let place = which % self.ids.len();
        let attempt = self.model.tasks[place].attempt;
        (
            place,
            Claim::new(self.ids[place], attempt.saturating_sub(u32::from(stale))),
        )
    }

    async fn submit(&mut self, off_peak: bool, webhook: bool) {
        let number = u32::try_from(self.ids.len()).unwrap();
        let mut task = match webhook {
            true => sample::task_with_webhook(self.key, number),
            false => sample::task(self.key, number),
        };
        task.request.off_peak = off_peak;
        self.ids.push(sample::submit(&self.store, task).await.unwrap().id);
        self.seen.push(StateName::Queued);
        self.model.submit(off_peak, webhook);
    }

    async fn claim(&mut self, window: bool) {
        let terms = ClaimTerms {
            lease: LEASE,
            off_peak_now: window,
            per_key: u32::MAX,
        };
        let claimed = self.store.claim(&terms).await.unwrap().map(|claimed| claimed.claim);
        let expected = self
            .model
            .claim(window)
            .map(|place| (self.ids[place], self.model.tasks[place].attempt));
        assert_eq!(claimed.map(|claim| (claim.task(), claim.attempt())), expected);
    }

    async fn release(&mut self, all: bool) {
        let released = match all {
            true => self.store.release_all(&POLICY).await.unwrap(),
            false => self.store.release_expired(&POLICY).await.unwrap(),
        };
        let mut released: Vec<_> = released
            .iter()
            .map(|one| (one.task, one.attempt, one.now.name()))
            .collect();
        released.sort();
        let expected = self.model.release(all).into_iter();
        let mut expected: Vec<_> = expected
            .map(|(place, attempt, state)| (self.ids[place], attempt, state.name()))
            .collect();
        expected.sort();
        assert_eq!(released, expected);
    }

    /// Every task stands where the model says, and came there by a step that is allowed.
    async fn compare(&mut self) {
        for place in 0..self.ids.len() {
            let task = sample::get(&self.store, self.key, self.ids[place]).await.unwrap();
            let (before, after) = (self.seen[place], task.state.name());
            assert!(
                before == after || before.may_become(after),
                "{before:?} became {after:?}"
            );
            self.seen[place] = after;
            assert_same(&task, &self.model.tasks[place]);
        }
    }

    async fn compare_callbacks(&self) {
        let due = self.store.due_deliveries(&sample::any_due(1000)).await.unwrap();
        let announced: Vec<_> = due.iter().map(|delivery| delivery.task.id).collect();
        assert_eq!(announced.len(), self.model.announced.len());
        let expected: BTreeSet<_> = self.model.announced.iter().map(|place| self.ids[*place]).collect();
        assert_eq!(BTreeSet::from_iter(announced), expected);
    }
}

fn assert_same(task: &Task, model: &ModelTask) {
    assert_eq!((task.state.name(), task.attempts), (model.state, model.counted));
    assert_eq!(task.state.finished_at(), model.finished_at);
    match &task.state {
        TaskState::Queued { not_before } => assert_eq!(*not_before, model.not_before),
        TaskState::Running { attempt, progress, .. } => {
            assert_eq!((*attempt, *progress), (model.attempt, model.progress));
        }
        TaskState::Succeeded { output, .. } => assert_eq!(output.attempt, model.attempt),
        TaskState::Failed { .. } | TaskState::Cancelled { .. } => {}
    }
}

async fn walk(steps: Vec<Step>) {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::default());
    let stores_clock: Arc<dyn Clock> = Arc::<ManualClock>::clone(&clock);
    let path = folder.path().join("tasks.db");
    let store = SqliteStore::open(&path, stores_clock, &StoreSettings::default())
        .await
        .unwrap();
    let key = sample::key(&store, "walker").await.unwrap();
    let mut walk = Walk {
        store,
        key,
        ids: Vec::new(),
        seen: Vec::new(),
        model: Model {
            now: clock.now(),
            tasks: Vec::new(),
            announced: BTreeSet::new(),
        },
        clock,
    };
    for step in steps {
        walk.take(step).await;
        walk.compare().await;
    }
    walk.compare_callbacks().await;
    walk.store.close().await;
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_store_agrees_with_the_model(steps in proptest::collection::vec(any_step(), 1..50)) {
        tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap()
            .block_on(walk(steps));
    }
}
