//! From words to wishes: what a prompt asks of the camera, the subject and everything round them, in every language that
//! has a word list. What was understood and what had no effect is kept, so that nothing is dropped in silence.
//!
//! ```text
//! text -> tokens -> phrases found (matches, by the lexicon) -> read in order (reader) -> manners, directions and counts
//! bound to what they are said of (binding) -> wishes
//! ```

mod binding;
mod lexicon;
mod matches;
mod phrase;
mod reader;
mod tokens;
mod wishes;
mod words;

pub(crate) use reader::wishes;
pub(crate) use wishes::{Manners, Start, Wanted, Wishes};
pub(crate) use words::{CameraWord, SubjectWord, TimeWord, What};
