//! The outbox of callbacks.

use domain::{
    id::KeyId,
    store::{Delivery, DeliveryResult, DeliveryTerms, Event, Try},
};
use rusqlite::Row;

use super::{
    due,
    operation::{Operation, Writing},
    queries,
};
use crate::{
    error::Error,
    rows::{self, NamedColumns},
};

pub(super) struct TakeDue(pub(super) DeliveryTerms);

impl Operation for TakeDue {
    type Answer = Vec<Delivery>;

    fn apply(&self, writing: &mut Writing<'_>) -> Result<Vec<Delivery>, Error> {
        let chosen = rows::json(&due::choose(writing, &self.0)?)?;
        let due = writing.all(queries::GET_DELIVERIES, [chosen], |row| {
            let id = row.integer("delivery_id")?;
            Ok((id, delivery(id, row)))
        })?;
        let mut deliveries = Vec::with_capacity(due.len());
        for (id, found) in due {
            match found {
                Ok(delivery) => deliveries.push(delivery),
                // A row that nobody can read would be due for ever.
                Err(error) => {
                    tracing::error!(delivery = id, %error, "a task's row cannot be read, its callback is given up");
                    end(writing, id, "dead")?;
                }
            }
        }
        if !deliveries.is_empty() {
            let ids: Vec<i64> = deliveries.iter().map(|delivery| delivery.id).collect();
            let leased_until = (writing.now + self.0.lease).milliseconds();
            writing.execute(queries::LEASE_DELIVERIES, (rows::json(&ids)?, leased_until))?;
        }
        Ok(deliveries)
    }
}

fn delivery(id: i64, row: &Row<'_>) -> Result<Delivery, Error> {
    Ok(Delivery {
        id,
        task: rows::task(row)?,
        event: rows::named(row, "delivery_event", Event::from_name)?,
        tries: rows::count(row, "delivery_tries")?,
        receiver: row.text("delivery_receiver")?.to_owned(),
    })
}

pub(super) struct Delivered {
    pub(super) delivery: i64,
    pub(super) tried: Try,
    pub(super) result: DeliveryResult,
}

impl Operation for Delivered {
    type Answer = ();

    fn apply(&self, writing: &mut Writing<'_>) -> Result<(), Error> {
        let Try {
            at,
            took,
            status,
            problem,
        } = &self.tried;
        let values = (self.delivery, at.milliseconds(), took, status, problem);
        writing.execute(queries::INSERT_TRY, values)?;
        match self.result {
            DeliveryResult::Delivered => end(writing, self.delivery, "delivered"),
            DeliveryResult::Dead => end(writing, self.delivery, "dead"),
            DeliveryResult::Again { not_before } => {
                writing.execute(queries::POSTPONE_DELIVERY, (self.delivery, not_before.milliseconds()))?;
                Ok(())
            }
        }
    }
}

pub(super) struct Resend {
    pub(super) key: KeyId,
    pub(super) delivery: i64,
}

impl Operation for Resend {
    type Answer = bool;

    fn apply(&self, writing: &mut Writing<'_>) -> Result<bool, Error> {
        let values = (self.delivery, self.key.0, writing.now.milliseconds());
        Ok(writing.execute(queries::RESEND_DELIVERY, values)? > 0)
    }
}

fn end(writing: &Writing<'_>, delivery: i64, state: &'static str) -> Result<(), Error> {
    writing.execute(queries::END_DELIVERY, (delivery, state, writing.now.milliseconds()))?;
    Ok(())
}
