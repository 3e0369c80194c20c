//! The product in its own words: what a task is, what a request may ask for, and the few traits that
//! everything else implements. This crate knows no database, no network, no codec and no clock.

pub mod artifact;
pub mod callback;
pub mod catalog;
pub mod draft;
pub mod engine;
pub mod failure;
pub mod id;
pub mod media;
pub mod places;
pub mod quantity;
pub mod recipe;
pub mod remake;
pub mod request;
pub mod state;
pub mod store;
pub mod task;
pub mod time;
