//! The safe fetcher, and the callbacks that it sends, against real listeners on this machine.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "what cannot be set up is a failed test"
)]

mod address;
mod addresses_of_urls;
mod callbacks;
mod environment;
mod https;
mod names;
mod pictures;
mod redirects;
mod site;
mod transfer;
mod world;
