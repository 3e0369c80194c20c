//! API keys.

use async_trait::async_trait;
use domain::store::{KeyLimits, KeyRecord};
use sqlx::Error;

use super::{
    operation::{Operation, Writing},
    queries,
};
use crate::rows;

pub(super) struct CreateKey {
    pub(super) name: String,
    pub(super) hash: [u8; 32],
    pub(super) sealed: Vec<u8>,
}

#[async_trait]
impl Operation for CreateKey {
    type Answer = Option<KeyRecord>;

    async fn apply(&self, writing: &mut Writing<'_>) -> Result<Option<KeyRecord>, Error> {
        sqlx::query(queries::INSERT_KEY)
            .bind(&self.name)
            .bind(self.hash.as_slice())
            .bind(&self.sealed)
            .bind(writing.now.milliseconds())
            .fetch_optional(&mut *writing.connection)
            .await?
            .map(|row| rows::key(&row))
            .transpose()
    }
}

pub(super) struct LimitKey {
    pub(super) name: String,
    pub(super) limits: KeyLimits,
}

#[async_trait]
impl Operation for LimitKey {
    type Answer = bool;

    async fn apply(&self, writing: &mut Writing<'_>) -> Result<bool, Error> {
        let KeyLimits {
            concurrency,
            requests_per_second,
            daily_seconds,
        } = self.limits;
        let limited = sqlx::query(queries::LIMIT_KEY)
            .bind(&self.name)
            .bind(concurrency.map(i64::from))
            .bind(requests_per_second.map(i64::from))
            .bind(daily_seconds.map(|seconds| i64::try_from(seconds).unwrap_or(i64::MAX)))
            .execute(&mut *writing.connection)
            .await?;
        Ok(limited.rows_affected() > 0)
    }
}

pub(super) struct RevokeKey(pub(super) String);

#[async_trait]
impl Operation for RevokeKey {
    type Answer = bool;

    async fn apply(&self, writing: &mut Writing<'_>) -> Result<bool, Error> {
        let revoked = sqlx::query(queries::REVOKE_KEY)
            .bind(&self.0)
            .bind(writing.now.milliseconds())
            .execute(&mut *writing.connection)
            .await?;
        Ok(revoked.rows_affected() > 0)
    }
}
