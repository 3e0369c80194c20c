//! Dense optical flow between two pictures: where each place of one is in the other, and how sure that is.

mod calm;
mod densify;
mod field;
mod fill;
mod matched;
mod octave;
mod reduced;
mod refine;
mod relax;
mod search;
mod sight;
mod slopes;
mod whole;

pub(crate) use field::Flow;
pub(crate) use matched::Match;
pub(crate) use sight::Sight;
