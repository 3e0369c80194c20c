//! Telling clients what became of their task: the outbox's callbacks, sent and tried again.
//!
//! A callback is sent at least once. Every try of the same callback carries the same `webhook-id`, by which a
//! receiver tells repeats, and a signature as <https://www.standardwebhooks.com> describes it; a dialect that
//! signs in its own way does so beside that. Each try is resolved, checked and connected anew, and kept in the
//! delivery's log.

mod send;
mod settings;
pub mod signature;
mod under_way;

use std::{sync::Arc, time::Duration};

use domain::{
    callback::CallbackBody,
    request::Dialect,
    store::{Delivery, DeliveryResult, StoreError, TaskStore},
    time::Clock,
};

pub use self::{
    settings::{NotifySettings, Wait},
    under_way::UnderWay,
};
use crate::{failpoint, fetch::Fetcher, links::LinkMaker, secret::Secret};

/// How long it may take to note what came of a try.
const TIME_TO_NOTE: Duration = Duration::from_secs(5);

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

impl Notifier {
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
