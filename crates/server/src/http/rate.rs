//! How often one key may ask.

use std::num::NonZeroU32;

use domain::id::KeyId;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

const BURST_SECONDS: u32 = 10;

/// A limit per key, or none.
pub(crate) struct Rate {
    limiter: Option<DefaultKeyedRateLimiter<KeyId>>,
}

impl Rate {
    /// Zero requests per second means no limit. Ten seconds' worth may come at once.
    pub(crate) fn new(requests_per_second: u32) -> Self {
        let limiter = NonZeroU32::new(requests_per_second).map(|rate| {
            let burst = rate.saturating_mul(NonZeroU32::new(BURST_SECONDS).unwrap_or(NonZeroU32::MIN));
            RateLimiter::keyed(Quota::per_second(rate).allow_burst(burst))
        });
        Self { limiter }
    }

    /// Counts one request of this key's; whether that was one too many.
    pub(crate) fn is_exceeded(&self, key: KeyId) -> bool {
        self.limiter
            .as_ref()
            .is_some_and(|limiter| limiter.check_key(&key).is_err())
    }
}
