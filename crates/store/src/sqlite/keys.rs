//! API keys.

use domain::store::{KeyLimits, KeyRecord};

use super::{
    operation::{Operation, Writing},
    queries,
};
use crate::{error::Error, rows};

pub(super) struct CreateKey {
    pub(super) name: String,
    pub(super) hash: [u8; 32],
    pub(super) sealed: Vec<u8>,
}

impl Operation for CreateKey {
    type Answer = Option<KeyRecord>;

    fn apply(&self, writing: &mut Writing<'_>) -> Result<Option<KeyRecord>, Error> {
        let values = (
            &self.name,
            self.hash.as_slice(),
            &self.sealed,
            writing.now.milliseconds(),
        );
        writing.first(queries::INSERT_KEY, values, |row| rows::key(row))
    }
}

pub(super) struct LimitKey {
    pub(super) name: String,
    pub(super) limits: KeyLimits,
}

impl Operation for LimitKey {
    type Answer = bool;

    fn apply(&self, writing: &mut Writing<'_>) -> Result<bool, Error> {
        let KeyLimits {
            concurrency,
            requests_per_second,
            daily_seconds,
        } = self.limits;
        let daily_seconds = daily_seconds.map(|seconds| i64::try_from(seconds).unwrap_or(i64::MAX));
        let values = (&self.name, concurrency, requests_per_second, daily_seconds);
        Ok(writing.execute(queries::LIMIT_KEY, values)? > 0)
    }
}

pub(super) struct RevokeKey(pub(super) String);

impl Operation for RevokeKey {
    type Answer = bool;

    fn apply(&self, writing: &mut Writing<'_>) -> Result<bool, Error> {
        let values = (&self.0, writing.now.milliseconds());
        Ok(writing.execute(queries::REVOKE_KEY, values)? > 0)
    }
}
