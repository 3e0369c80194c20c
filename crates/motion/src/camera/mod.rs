//! The camera: how each move goes over time, what it comes to at one moment, and how much of the picture's
//! edge it needs.

pub(crate) mod ease;
mod moves;
mod overscan;
mod path;
mod pose;

pub(crate) use path::{Path, Role};
pub(crate) use pose::Pose;
