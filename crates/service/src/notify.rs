//! Telling clients that their task has ended: the outbox's callbacks, sent and tried again.
//!
//! A callback is sent at least once. Every try of the same callback carries the same `Kinora-Event-Id`, by
//! which a receiver tells repeats.

use std::{sync::Arc, time::Duration};

use domain::{
    callback::CallbackBody,
    id::TaskId,
    request::Dialect,
    store::{Delivery, DeliveryResult, StoreError, TaskStore},
    task::TaskView,
    time::Clock,
};
use futures_util::future::join_all;
use serde::{Deserialize, Serialize};

use crate::{
    fetch::{Fetcher, Post, PostError, RefusalKind},
    links::LinkMaker,
    quantity,
};

/// The header that is the same in every try of one callback.
pub const EVENT_ID_HEADER: &str = "Kinora-Event-Id";

/// How callbacks are sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NotifySettings {
    /// For one try, from the look-up of the name to the head of the answer.
    #[serde(with = "quantity::duration")]
    pub timeout: Duration,
    /// The waits before the second try, the third, and so on; after the last one's try a callback is given
    /// up.
    pub retry_after: Vec<Wait>,
    /// How many callbacks are sent at once.
    pub at_once: u32,
}

/// A duration in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Wait(#[serde(with = "quantity::duration")] pub Duration);

impl Default for NotifySettings {
    fn default() -> Self {
        let seconds = |seconds| Wait(Duration::from_secs(seconds));
        Self {
            timeout: Duration::from_secs(5),
            retry_after: vec![seconds(5), seconds(30), seconds(120), seconds(600), seconds(3600)],
            at_once: 16,
        }
    }
}

/// Sends what is due.
#[derive(Clone)]
pub struct Notifier {
    pub store: Arc<dyn TaskStore>,
    pub fetcher: Fetcher,
    /// Who writes the body of which dialect's tasks.
    pub callbacks: Vec<(Dialect, Arc<dyn CallbackBody>)>,
    pub links: LinkMaker,
    pub clock: Arc<dyn Clock>,
    pub settings: NotifySettings,
}

/// What one round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    pub delivered: u32,
    pub again: u32,
    pub dead: u32,
}

impl Round {
    /// How many callbacks were due: when it is [`NotifySettings::at_once`], more may be.
    pub fn total(self) -> u32 {
        self.delivered + self.again + self.dead
    }
}

impl Notifier {
    /// Takes the callbacks that are due, at most [`NotifySettings::at_once`], and sends each once, all at the
    /// same time.
    ///
    /// # Errors
    /// When the store fails; what was sent and not noted is sent again later.
    pub async fn deliver_due(&self) -> Result<Round, StoreError> {
        // Long enough for a try and for the note of it, so that nobody sends the same meanwhile.
        let lease = self.settings.timeout.saturating_mul(2) + Duration::from_secs(10);
        let due = self.store.due_deliveries(self.settings.at_once, lease).await?;
        let noted = join_all(due.into_iter().map(|delivery| self.deliver(delivery))).await;
        let mut round = Round::default();
        for result in noted {
            match result? {
                DeliveryResult::Delivered => round.delivered += 1,
                DeliveryResult::Again { .. } => round.again += 1,
                DeliveryResult::Dead => round.dead += 1,
            }
        }
        Ok(round)
    }

    async fn deliver(&self, delivery: Delivery) -> Result<DeliveryResult, StoreError> {
        let id = delivery.id;
        let result = self.send(delivery).await;
        self.store.delivered(id, result).await?;
        Ok(result)
    }

    /// One try.
    async fn send(&self, delivery: Delivery) -> DeliveryResult {
        let Delivery { id, task, tries } = delivery;
        let task_id = task.id;
        let writer = self.callbacks.iter().find(|(dialect, _)| *dialect == task.dialect);
        let (Some((dialect, writer)), Some(webhook)) = (writer, task.request.webhook.clone()) else {
            let dialect = task.dialect.name();
            tracing::warn!(task = %task_id, delivery = id, dialect, "a callback has no body or no address");
            return DeliveryResult::Dead;
        };
        let view = TaskView {
            links: self.links.links(&task, *dialect, self.clock.now()),
            queue_position: None,
            task,
        };
        let event = format!("evt_{task_id}_{id}");
        let post = Post {
            url: &webhook.url,
            headers: &[(EVENT_ID_HEADER, &event)],
            body: writer.body(&view),
            timeout: self.settings.timeout,
        };
        match self.fetcher.post(post).await {
            Ok(()) => {
                tracing::info!(task = %task_id, delivery = id, tries, "a callback was delivered");
                DeliveryResult::Delivered
            }
            Err(error) => self.after_failure(task_id, id, tries, &error),
        }
    }

    fn after_failure(&self, task: TaskId, id: i64, tries: u32, error: &PostError) -> DeliveryResult {
        // What is wrong with the URL itself does not mend.
        let hopeless = matches!(error.kind(), RefusalKind::Scheme | RefusalKind::Credentials);
        let wait = self.settings.retry_after.get(tries as usize).filter(|_| !hopeless);
        match wait {
            Some(Wait(wait)) => {
                tracing::info!(%task, delivery = id, tries, reason = %error, ?wait, "a callback is tried again later");
                DeliveryResult::Again {
                    not_before: self.clock.now() + *wait,
                }
            }
            None => {
                tracing::warn!(%task, delivery = id, tries, reason = %error, "a callback was given up");
                DeliveryResult::Dead
            }
        }
    }
}
