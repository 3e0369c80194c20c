//! Pixels: the enlarged picture that is sampled, the grid of where to sample, and the spans between.

mod coarse;
mod enlarge;
mod grid;
mod lanes;
mod layer;
mod over;
mod pair;
mod pyramid;
mod reference;
mod sheet;
mod span;
mod spot;
mod warp;

pub(crate) use coarse::Coarse;
pub(crate) use grid::{CELL, Grid, Warp};
pub(crate) use layer::{Part, draw_part};
pub(crate) use over::{Mixture, Over, draw_over};
pub(crate) use pair::{Source, draw_pair};
pub use pyramid::Detail;
pub(crate) use pyramid::Pyramid;
pub(crate) use reference::supersampled;
#[cfg(test)]
pub(crate) use spot::Spot;
pub(crate) use warp::draw;
