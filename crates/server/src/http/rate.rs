//! How often one key may ask.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};

use axum::http::{HeaderName, HeaderValue, Response, header};
use domain::id::KeyId;
use tokio::time::Instant;

/// So many seconds' worth may come at once.
const BURST_SECONDS: u32 = 10;

const LIMIT: HeaderName = HeaderName::from_static("ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("ratelimit-reset");

/// Counts each key's requests against its own limit: the generic cell rate algorithm. For each key one moment
/// is kept, the one at which everything that was taken would be earned back.
#[derive(Debug)]
pub(crate) struct Rate {
    general: u32,
    earned_back: Mutex<HashMap<KeyId, Instant>>,
}

/// How a key stands after a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Requests that may come at once.
    pub(crate) limit: u32,
    /// What is left of them.
    pub(crate) remaining: u32,
    /// Until all of them are there again.
    pub(crate) reset: Duration,
    /// Until there is one again, if this was one too many.
    pub(crate) wait: Option<Duration>,
}

/// Where a request's standing is put for its answer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Slot(pub(crate) Arc<OnceLock<Standing>>);

impl Rate {
    /// `general` is for keys without a rate of their own; zero requests per second means no limit.
    pub(crate) fn new(general: u32) -> Self {
        Self {
            general,
            earned_back: Mutex::default(),
        }
    }

    /// Counts one request of this key's. `None`: it has no limit.
    pub(crate) fn count(&self, key: KeyId, own: Option<u32>, now: Instant) -> Option<Standing> {
        let per_second = own.unwrap_or(self.general);
        if per_second == 0 {
            return None;
        }
        let cost = Duration::from_secs(1) / per_second;
        let limit = per_second.saturating_mul(BURST_SECONDS);
        let most = Duration::from_secs(BURST_SECONDS.into());
        // Nothing panics while it holds the lock.
        let mut all = self.earned_back.lock().unwrap_or_else(PoisonError::into_inner);
        let earned_back = all.entry(key).or_insert(now);
        let taken = earned_back.saturating_duration_since(now) + cost;
        let wait = taken.checked_sub(most).filter(|wait| !wait.is_zero());
        if wait.is_none() {
            *earned_back = now + taken;
        }
        let reset = earned_back.saturating_duration_since(now);
        let left = most.saturating_sub(reset).as_nanos() / cost.as_nanos().max(1);
        Some(Standing {
            limit,
            remaining: u32::try_from(left).unwrap_or(u32::MAX).min(limit),
            reset,
            wait,
        })
    }
}

impl Standing {
    /// Says in an answer how the key stands.
    pub(crate) fn tell<Body>(self, answer: &mut Response<Body>) {
        let headers = answer.headers_mut();
        headers.insert(LIMIT, HeaderValue::from(self.limit));
        headers.insert(REMAINING, HeaderValue::from(self.remaining));
        headers.insert(RESET, HeaderValue::from(seconds(self.reset)));
        if let Some(wait) = self.wait {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds(wait).max(1)));
        }
    }
}

/// Rounded up.
fn seconds(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_gets_its_burst_and_then_its_rate() {
        let rate = Rate::new(0);
        let (key, other) = (KeyId(1), KeyId(2));
        let begun = Instant::now();
        for taken in 1..=20 {
            let standing = rate.count(key, Some(2), begun).unwrap();
            assert_eq!(
                (standing.limit, standing.remaining, standing.wait),
                (20, 20 - taken, None)
            );
        }
        let refused = rate.count(key, Some(2), begun).unwrap();
        assert_eq!(refused.wait, Some(Duration::from_millis(500)));
        assert_eq!((refused.remaining, refused.reset), (0, Duration::from_secs(10)));
        let later = begun + Duration::from_millis(500);
        assert_eq!(rate.count(key, Some(2), later).unwrap().wait, None);
        assert!(rate.count(key, Some(2), later).unwrap().wait.is_some());
        assert_eq!(
            rate.count(other, Some(2), begun).unwrap().remaining,
            19,
            "each has its own"
        );
        assert_eq!(rate.count(other, None, begun), None, "no limit");
        let next_day = begun + Duration::from_secs(86_400);
        assert_eq!(rate.count(key, Some(2), next_day).unwrap().remaining, 19);
    }
}
