//! The camera: how each move goes over time, what it comes to at one moment, and how much of the picture's
//! edge it needs.

mod course;
mod defocus;
pub(crate) mod ease;
mod exposure;
mod focus;
mod follow;
mod leg;
mod moves;
mod overscan;
mod path;
mod pose;

pub(crate) use course::Course;
pub(crate) use defocus::defocus;
pub(crate) use exposure::{exposed, moments};
pub(crate) use leg::Role;
pub(crate) use moves::flight;
pub(crate) use path::Path;
pub(crate) use pose::Pose;
