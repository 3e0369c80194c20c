//! Pixels: the enlarged picture that is sampled, the grid of where to sample, and the spans between.

mod enlarge;
mod grid;
mod pyramid;
mod reference;
mod span;
mod warp;

pub(crate) use grid::{CELL, Grid, Warp};
pub(crate) use pyramid::{Pyramid, Sampling};
pub(crate) use reference::supersampled;
pub(crate) use warp::draw;
