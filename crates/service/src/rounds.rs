//! What runs beside the requests: workers, and the rounds that look after leases, callbacks and old files.

use std::{sync::Arc, time::Duration};

use domain::{
    failure::Failure,
    state::StateName,
    store::{DeliveryResult, Expired, StoreError},
};
use tokio::{
    task::{JoinError, JoinSet},
    time::timeout,
};
use tokio_util::sync::CancellationToken;

use crate::{
    notify::UnderWay,
    objects,
    parts::StartError,
    running::Stop,
    service::{Service, store_failure},
    worker,
};

/// How often waiting off-peak tasks are looked at: as often as they may wait, within these bounds.
const OFF_PEAK_INTERVAL: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(60));

/// How often callbacks are looked for that nobody announced, such as a retry that became due.
const CALLBACK_INTERVAL: Duration = Duration::from_secs(1);

/// How often taking interrupted tasks back is tried where there is no room for that.
const TAKE_BACK_INTERVAL: Duration = Duration::from_secs(2);

/// How long attempts have to hand their tasks back once they were told to, and rounds to end.
const LAST_CALL: Duration = Duration::from_secs(15);

impl Service {
    /// Runs workers and rounds until `shutdown`, then lets running tasks end within the drain time, hands
    /// back those that do not, and returns. Call it once. Whatever was running when the last process died is
    /// queued again first.
    ///
    /// # Errors
    /// When the store cannot be asked for that, or a worker or a round broke down: then everything is shut down, as
    /// tasks would be taken in that nobody looks after.
    pub async fn run(self: Arc<Self>, shutdown: CancellationToken) -> Result<(), StartError> {
        let Some(released) = self.take_back(&shutdown).await? else {
            return Ok(());
        };
        self.clean_up(&released).await;

        let rounds_end = CancellationToken::new();
        let mut rounds = JoinSet::new();
        rounds.spawn(Arc::clone(&self).sweep_leases(rounds_end.clone()));
        rounds.spawn(Arc::clone(&self).retain(rounds_end.clone()));
        rounds.spawn(Arc::clone(&self).watch_off_peak(rounds_end.clone()));
        rounds.spawn(Arc::clone(&self).deliver(rounds_end.clone()));
        let mut workers = JoinSet::new();
        for _ in 0..self.settings.worker.concurrency {
            workers.spawn(worker::work(Arc::clone(&self)));
        }

        // None of them ends by itself.
        let result = tokio::select! {
            () = shutdown.cancelled() => Ok(()),
            Some(broken) = rounds.join_next() => Err(broken_down(broken)),
            Some(broken) = workers.join_next() => Err(broken_down(broken)),
        };
        self.drain(&mut workers).await;
        rounds_end.cancel();
        if timeout(LAST_CALL, all_ended(&mut rounds)).await.is_err() {
            rounds.abort_all();
        }
        result
    }

    /// Queues again what was running, as soon as that can be written. `None`: `shutdown` came first.
    async fn take_back(&self, shutdown: &CancellationToken) -> Result<Option<Vec<Expired>>, StartError> {
        loop {
            match self.store.release_all(&self.retry_policy()).await {
                Ok(released) => {
                    if !released.is_empty() {
                        tracing::info!(tasks = released.len(), "interrupted tasks taken back");
                    }
                    return Ok(Some(released));
                }
                Err(error @ (StoreError::Full | StoreError::Busy)) => {
                    tracing::warn!(%error, "interrupted tasks cannot be taken back yet");
                    if !wait(TAKE_BACK_INTERVAL, shutdown).await {
                        return Ok(None);
                    }
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    async fn drain(&self, workers: &mut JoinSet<()>) {
        self.stopping.cancel();
        let drain = self.settings.worker.drain;
        tracing::info!(?drain, "shutting down: running tasks may end");
        if timeout(drain, all_ended(workers)).await.is_ok() {
            return;
        }
        tracing::info!("running tasks are handed back to the queue");
        self.running.stop_all(Stop::Draining);
        if timeout(LAST_CALL, all_ended(workers)).await.is_err() {
            tracing::error!("a task could not be handed back; the next start takes it back");
            workers.abort_all();
        }
    }

    async fn sweep_leases(self: Arc<Self>, end: CancellationToken) {
        let interval = self.settings.worker.lease / 3;
        while wait(interval, &end).await {
            match self.store.release_expired(&self.retry_policy()).await {
                Ok(released) => self.clean_up(&released).await,
                Err(error) => tracing::error!(%error, "leases could not be looked after"),
            }
        }
    }

    /// After leases ran out: nothing of those attempts is needed any more.
    async fn clean_up(&self, released: &[Expired]) {
        for Expired { task, attempt, now } in released {
            tracing::warn!(%task, attempt, now = now.name(), "an attempt was given up");
            self.running.stop_attempt(*task, *attempt, Stop::LeaseLost);
            let deleted = self.objects.delete_below(&objects::attempt(*task, *attempt)).await;
            if *now == StateName::Queued {
                self.work.notify_one();
            } else {
                self.callbacks_due.notify_one();
            }
            if let Err(failure) = deleted {
                tracing::warn!(%task, detail = failure.detail, "an attempt's files were left behind");
            }
        }
    }

    async fn retain(self: Arc<Self>, end: CancellationToken) {
        loop {
            log_failure("old files and rows could not be looked after", self.expire().await);
            if !wait(self.settings.retention.interval, &end).await {
                return;
            }
        }
    }

    async fn watch_off_peak(self: Arc<Self>, end: CancellationToken) {
        let (shortest, longest) = OFF_PEAK_INTERVAL;
        let interval = self.settings.worker.off_peak_limit.clamp(shortest, longest);
        loop {
            let expired = self.expire_off_peak().await;
            log_failure("off-peak tasks could not be looked after", expired);
            if !wait(interval, &end).await {
                return;
            }
        }
    }

    async fn deliver(self: Arc<Self>, end: CancellationToken) {
        let mut under_way = UnderWay::default();
        while !end.is_cancelled() {
            let begun = self.notifier.send_due(&mut under_way).await.map_err(store_failure);
            log_failure("callbacks could not be looked after", begun);
            tokio::select! {
                Some(sent) = under_way.next() => self.sent(sent),
                () = self.callbacks_due.notified() => {}
                () = tokio::time::sleep(CALLBACK_INTERVAL) => {}
                () = end.cancelled() => {}
            }
        }
        while let Some(sent) = under_way.next().await {
            self.sent(sent);
        }
    }

    fn sent(&self, sent: Result<DeliveryResult, StoreError>) {
        match sent {
            Ok(result) => self.metrics.delivered(result),
            Err(error) => log_failure("a callback could not be noted", Err(store_failure(error))),
        }
    }
}

/// False: it is over.
async fn wait(interval: Duration, end: &CancellationToken) -> bool {
    tokio::select! {
        () = tokio::time::sleep(interval) => true,
        () = end.cancelled() => false,
    }
}

async fn all_ended(tasks: &mut JoinSet<()>) {
    while let Some(joined) = tasks.join_next().await {
        if joined.is_err_and(|error| error.is_panic()) {
            tracing::error!("a part of the service broke down while it ended");
        }
    }
}

fn broken_down(ended: Result<(), JoinError>) -> StartError {
    let error = ended.map_or_else(|error| error.to_string(), |()| "it ended".to_owned());
    tracing::error!(error, "a part of the service broke down: shutting down");
    StartError::Broken
}

fn log_failure(what: &'static str, result: Result<(), Failure>) {
    if let Err(failure) = result {
        tracing::error!(detail = failure.detail, public = %failure, "{what}");
    }
}
