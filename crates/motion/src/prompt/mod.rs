//! From words to wishes: what a prompt asks of the camera and of the subject, in every language that has
//! a word list. What was understood and what had no effect is kept, so that nothing is dropped in silence.

mod lexicon;
mod matches;
mod tokens;
mod wishes;

pub(crate) use lexicon::{CameraWord, SubjectWord};
pub(crate) use wishes::{Wishes, wishes};
