//! Telling clients what became of their task: the outbox's callbacks, sent and tried again.
//!
//! A callback is sent at least once. Every try of the same callback carries the same `webhook-id`, by which a
//! receiver tells repeats, and a signature as <https://www.standardwebhooks.com> describes it; a dialect that
//! signs in its own way does so beside that. Each try is resolved, checked and connected anew, and kept in the
//! delivery's log.

mod send;
mod settings;
pub mod signature;

use std::{sync::Arc, time::Duration};

use domain::{
    callback::CallbackBody,
    request::Dialect,
    store::{Delivery, DeliveryResult, StoreError, TaskStore},
    time::Clock,
};
use futures_util::future::join_all;

pub use self::settings::{NotifySettings, Wait};
use crate::{failpoint, fetch::Fetcher, links::LinkMaker, secret::Secret};

/// Sends what is due.
#[derive(Clone)]
pub struct Notifier {
    pub store: Arc<dyn TaskStore>,
    pub fetcher: Fetcher,
    /// Who writes the body of which dialect's tasks.
    pub callbacks: Vec<(Dialect, Arc<dyn CallbackBody>)>,
    pub links: LinkMaker,
    pub secret: Secret,
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
        let lease = self.settings.timeout + Duration::from_secs(5);
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
        failpoint::reach("notify: taken");
        let (tried, result) = self.send(delivery).await;
        failpoint::reach("notify: sent");
        self.store.delivered(id, &tried, result).await?;
        failpoint::reach("notify: noted");
        Ok(result)
    }

    /// Whether a task made in this dialect is announced when it begins, too.
    pub(crate) fn announces_beginning(&self, dialect: Dialect) -> bool {
        let writer = self.writer(dialect);
        self.settings.beginnings && writer.is_some_and(|writer| writer.announces_beginning())
    }

    fn writer(&self, dialect: Dialect) -> Option<&Arc<dyn CallbackBody>> {
        let found = self.callbacks.iter().find(|(written, _)| *written == dialect);
        found.map(|(_, writer)| writer)
    }
}
