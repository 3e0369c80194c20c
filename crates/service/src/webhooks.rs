//! What clients ask about the callbacks of their tasks.

use domain::{
    failure::{Code, Failure},
    store::{DeliveryQuery, DeliveryRecord},
};

use crate::{
    authenticate::Caller,
    notify::signature,
    service::{Service, store_failure},
};

impl Service {
    /// Callbacks of the caller's tasks, newest first, each with the log of its tries.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn webhooks(&self, caller: &Caller, query: &DeliveryQuery) -> Result<Vec<DeliveryRecord>, Failure> {
        self.store.deliveries(caller.key, query).await.map_err(store_failure)
    }

    /// One callback of the caller's.
    ///
    /// # Errors
    /// [`Code::TaskUnknown`] when there is none.
    pub async fn webhook(&self, caller: &Caller, id: i64) -> Result<DeliveryRecord, Failure> {
        let query = DeliveryQuery {
            before: Some(id.saturating_add(1)),
            limit: 1,
            ..DeliveryQuery::default()
        };
        let found = self.webhooks(caller, &query).await?;
        found.into_iter().find(|record| record.id == id).ok_or_else(unknown)
    }

    /// Sends a callback again, however it ended: at once, and then on the schedule if need be.
    ///
    /// # Errors
    /// [`Code::TaskUnknown`] when there is none.
    pub async fn resend_webhook(&self, caller: &Caller, id: i64) -> Result<DeliveryRecord, Failure> {
        if !self.store.resend(caller.key, id).await.map_err(store_failure)? {
            return Err(unknown());
        }
        self.callbacks_due.notify_one();
        self.webhook(caller, id).await
    }

    /// What the caller's callbacks are signed with: `whsec_` and base64.
    pub fn webhook_secret(&self, caller: &Caller) -> String {
        signature::secret_of(&self.notifier.secret, caller.key)
    }
}

fn unknown() -> Failure {
    Failure::new(Code::TaskUnknown, "there is no such callback")
}
