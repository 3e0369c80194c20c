//! What the product does, a verb per file: `submit`, `remake`, `poll`, `list`, `cancel`, `delete`, `expire`; `worker`, `run`,
//! `finish`, `notify`; `artifacts`. Databases and engines are traits here; HTTP is elsewhere.

mod artifacts;
mod authenticate;
mod cancel;
mod delete;
mod disk;
mod expire;
pub mod fetch;
mod fetch_pictures;
mod finish;
mod heartbeat;
pub mod keys;
pub mod links;
mod list;
pub mod metrics;
pub mod notify;
mod objects;
mod off_peak;
mod parts;
mod pictures;
mod poll;
pub use domain::quantity;
mod ready;
mod remake;
mod rounds;
mod run;
mod running;
mod scratch;
pub mod secret;
mod service;
mod submit;
mod usage;
mod webhooks;
mod worker;

pub use artifacts::{LinkRefused, OpenArtifact};
pub use authenticate::Caller;
pub use disk::free_bytes;
pub use expire::RetentionSettings;
pub use metrics::Metrics;
pub use off_peak::Window;
pub use parts::{Parts, Settings, StartError};
pub use remake::Remake;
pub use service::Service;
pub use submit::{Accepted, LimitSettings, Order, Rejected};
pub use usage::Allowance;
pub use worker::WorkerSettings;
