//! What the subject does: signals over time, from a beat, become a soft displacement of the places that
//! belong to it.

mod actor;
mod dance;
mod gesture;
mod idle;

pub(crate) use actor::{Actor, Moment};
