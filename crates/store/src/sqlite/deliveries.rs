//! The outbox of callbacks.

use std::time::Duration;

use async_trait::async_trait;
use domain::{
    id::KeyId,
    store::{Delivery, DeliveryResult, Event, Try},
};
use sqlx::{Error, sqlite::SqliteRow};

use super::{
    operation::{Operation, Writing},
    queries,
};
use crate::rows::{self, NamedColumns};

pub(super) struct TakeDue {
    pub(super) limit: u32,
    pub(super) lease: Duration,
}

#[async_trait]
impl Operation for TakeDue {
    type Answer = Vec<Delivery>;

    async fn apply(&self, writing: &mut Writing<'_>) -> Result<Vec<Delivery>, Error> {
        let rows = sqlx::query(queries::DUE_DELIVERIES)
            .bind(writing.now.milliseconds())
            .bind(i64::from(self.limit))
            .fetch_all(&mut *writing.connection)
            .await?;
        let mut deliveries = Vec::with_capacity(rows.len());
        for row in &rows {
            let id = row.integer("delivery_id")?;
            match delivery(id, row) {
                Ok(delivery) => deliveries.push(delivery),
                // A row that nobody can read would be due for ever.
                Err(error) => {
                    tracing::error!(delivery = id, %error, "a task's row cannot be read, its callback is given up");
                    end(writing, id, "dead").await?;
                }
            }
        }
        if !deliveries.is_empty() {
            let ids: Vec<i64> = deliveries.iter().map(|delivery| delivery.id).collect();
            sqlx::query(queries::LEASE_DELIVERIES)
                .bind(rows::json(&ids)?)
                .bind((writing.now + self.lease).milliseconds())
                .execute(&mut *writing.connection)
                .await?;
        }
        Ok(deliveries)
    }
}

fn delivery(id: i64, row: &SqliteRow) -> Result<Delivery, Error> {
    Ok(Delivery {
        id,
        task: rows::task(row)?,
        event: rows::named(row, "delivery_event", Event::from_name)?,
        tries: rows::count(row, "delivery_tries")?,
    })
}

pub(super) struct Delivered {
    pub(super) delivery: i64,
    pub(super) tried: Try,
    pub(super) result: DeliveryResult,
}

#[async_trait]
impl Operation for Delivered {
    type Answer = ();

    async fn apply(&self, writing: &mut Writing<'_>) -> Result<(), Error> {
        sqlx::query(queries::INSERT_TRY)
            .bind(self.delivery)
            .bind(self.tried.at.milliseconds())
            .bind(i64::from(self.tried.took))
            .bind(self.tried.status.map(i64::from))
            .bind(&self.tried.problem)
            .execute(&mut *writing.connection)
            .await?;
        match self.result {
            DeliveryResult::Delivered => end(writing, self.delivery, "delivered").await,
            DeliveryResult::Dead => end(writing, self.delivery, "dead").await,
            DeliveryResult::Again { not_before } => {
                sqlx::query(queries::POSTPONE_DELIVERY)
                    .bind(self.delivery)
                    .bind(not_before.milliseconds())
                    .execute(&mut *writing.connection)
                    .await?;
                Ok(())
            }
        }
    }
}

pub(super) struct Resend {
    pub(super) key: KeyId,
    pub(super) delivery: i64,
}

#[async_trait]
impl Operation for Resend {
    type Answer = bool;

    async fn apply(&self, writing: &mut Writing<'_>) -> Result<bool, Error> {
        let due = sqlx::query(queries::RESEND_DELIVERY)
            .bind(self.delivery)
            .bind(self.key.0)
            .bind(writing.now.milliseconds())
            .execute(&mut *writing.connection)
            .await?;
        Ok(due.rows_affected() > 0)
    }
}

async fn end(writing: &mut Writing<'_>, delivery: i64, state: &'static str) -> Result<(), Error> {
    sqlx::query(queries::END_DELIVERY)
        .bind(delivery)
        .bind(state)
        .bind(writing.now.milliseconds())
        .execute(&mut *writing.connection)
        .await?;
    Ok(())
}
