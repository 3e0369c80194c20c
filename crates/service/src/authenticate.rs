//! Who asks.

use domain::{
    failure::{Code, Failure},
    id::KeyId,
    store::KeyLimits,
};

use crate::{keys, service::Service, service::store_failure};

/// The holder of an API key. Every task belongs to one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    pub key: KeyId,
    /// The key's name, for logs.
    pub name: String,
    /// The key's own limits.
    pub limits: KeyLimits,
}

impl Service {
    /// Finds the key that a token belongs to.
    ///
    /// # Errors
    /// [`Code::KeyInvalid`] when there is none or it was revoked.
    pub async fn authenticate(&self, token: &str) -> Result<Caller, Failure> {
        let found = self.store.key_by_hash(keys::hash(token)).await;
        match found.map_err(store_failure)? {
            Some(record) => Ok(Caller {
                key: record.id,
                name: record.name,
                limits: record.limits,
            }),
            None => Err(Failure::new(Code::KeyInvalid, "the API key is not valid")),
        }
    }
}
