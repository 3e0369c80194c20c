//! The callbacks that are being sent. Each runs by itself: one whose receiver is slow keeps its own place and no other.

use std::collections::HashMap;

use domain::store::{Delivery, DeliveryResult, DeliveryTerms, Lane, StoreError};
use tokio::task::{Id, JoinSet};

use super::Notifier;

/// One receiver has at most one of so many places, and one key half of all.
const RECEIVERS: u32 = 8;

/// What is under way. Dropping it breaks off what is being sent.
#[derive(Debug, Default)]
pub struct UnderWay {
    sending: JoinSet<Result<DeliveryResult, StoreError>>,
    lanes: HashMap<Id, Lane>,
}

impl UnderWay {
    /// Waits until one is done; what came of it. `None`: nothing is under way.
    ///
    /// # Errors
    /// When it could not be noted; it is sent again later.
    pub async fn next(&mut self) -> Option<Result<DeliveryResult, StoreError>> {
        let (id, result) = match self.sending.join_next_with_id().await? {
            Ok((id, result)) => (id, result),
            Err(error) => {
                let broken = StoreError::Unavailable(format!("sending a callback broke down: {error}"));
                (error.id(), Err(broken))
            }
        };
        self.lanes.remove(&id);
        Some(result)
    }

    fn begin(&mut self, notifier: &Notifier, delivery: Delivery) {
        let lane = delivery.lane();
        let notifier = notifier.clone();
        let sending = self.sending.spawn(async move { notifier.deliver(delivery).await });
        self.lanes.insert(sending.id(), lane);
    }
}

impl Notifier {
    /// Takes the callbacks that are due and for which there is a place, and begins to send them.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn send_due(&self, under_way: &mut UnderWay) -> Result<(), StoreError> {
        let places = self.settings.at_once;
        let taken = u32::try_from(under_way.lanes.len()).unwrap_or(u32::MAX);
        let free = places.saturating_sub(taken);
        if free == 0 {
            return Ok(());
        }
        let terms = DeliveryTerms {
            limit: free,
            // Long enough for a try and for the note of it, so that nobody sends the same meanwhile.
            lease: self.settings.timeout + super::TIME_TO_NOTE,
            per_key: places.div_ceil(2),
            per_receiver: places.div_ceil(RECEIVERS),
            under_way: under_way.lanes.values().cloned().collect(),
        };
        for delivery in self.store.due_deliveries(&terms).await? {
            under_way.begin(self, delivery);
        }
        Ok(())
    }
}
