//! The service at its door: a real database, real files, and an engine whose timing the test holds.

#![expect(clippy::unwrap_used, reason = "a broken test bench may as well stop at once")]
#![expect(clippy::expect_used, reason = "a broken test bench may as well stop at once")]
#![expect(clippy::panic, reason = "a condition that never holds must say which")]

mod announcing;
mod bench;
mod cancelling;
mod colliding;
mod deleting;
mod disk;
mod expiry;
mod fetching;
mod off_peak;
mod picture_server;
mod puppet;
mod readiness;
mod remaking;
mod restarts;
mod retries;
mod sharing;
mod submitting;
mod success;
