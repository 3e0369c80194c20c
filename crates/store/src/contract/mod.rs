//! The promises of [`domain::store::TaskStore`], one function each. Every database runs all of them.
//!
//! A function panics with the broken promise's words when the store does not keep it. Each wants a
//! database of its own: run it with a fresh [`Harness`].

use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

use async_trait::async_trait;
use domain::store::{StoreError, TaskStore};

mod all;
mod cancel;
mod changes;
mod claim;
mod clock;
mod concurrency;
mod counts;
mod delete;
mod deliveries;
mod finish;
mod idempotency;
mod keys;
mod lease;
mod list;
mod off_peak;
mod position;
mod release;
mod retention;
mod retry;
pub mod sample;
mod submit;
mod tenants;

pub use all::all;
pub use clock::ManualClock;

/// A fresh, empty database with a clock that stands still.
#[async_trait]
pub trait Harness: Send + Sync {
    /// The store under test; the same one each time.
    fn store(&self) -> Arc<dyn TaskStore>;

    /// Opens the same database a second time, as another process would.
    async fn second(&self) -> Arc<dyn TaskStore>;

    /// Moves the clock of every handle forward.
    fn advance(&self, by: Duration);
}

/// What a promise returns: an unexpected error of the store breaks it.
pub type Kept = Result<(), StoreError>;

/// The run of one promise.
pub type Run<'harness> = Pin<Box<dyn Future<Output = Kept> + Send + 'harness>>;

/// One promise.
#[derive(Clone, Copy)]
pub struct Promise {
    /// `theme::what_holds`.
    pub name: &'static str,
    pub check: for<'harness> fn(&'harness dyn Harness) -> Run<'harness>,
}
