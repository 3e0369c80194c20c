//! The secret, and what depends on it: keys and links.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what cannot be set up is a failed test"
)]

mod keys;
mod links;
mod sealing;
