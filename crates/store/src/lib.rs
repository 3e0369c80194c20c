//! The database behind [`domain::store::TaskStore`], and the suite of promises that every database
//! keeps. SQL lives in `queries/` and `migrations/`, a folder for each database with files of the same
//! names; what a row means is in `rows`, once for all of them.

pub mod contract;
mod error;
mod rows;
mod settings;
pub mod sqlite;

pub use settings::{CommitObserver, StoreSettings};
