//! How one picture of a clip passes into the next.

mod blur;
mod dissolve;
mod framing;
mod lattice;
mod light_leak;
mod morph;
mod order;
mod passage;
mod reveal;
mod whip;
mod zoom_through;

pub(crate) use framing::Framing;
pub(crate) use passage::{Passage, Sides, Views};
