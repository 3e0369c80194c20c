//! The wire formats: for each dialect a folder with the same file names, and in it pure translation both
//! ways. `submit` reads a body into a [`domain::draft::Draft`], `status` shows a task, `error` holds the one
//! table from our failure codes to the dialect's words, `fields` spells our fields as the dialect does, and
//! `callback` announces a task's end where the dialect can. Nothing here knows HTTP beyond its status numbers,
//! and time is an argument.
//!
//! What all dialects share: [`inline`] cuts pictures out of a body while it arrives, a lenient reader of
//! JSON fields, task ids in queries, times as text,
//! and what is [`unserved`].

pub mod form;
pub mod inline;
pub mod jiekou;
pub mod kinora;
pub mod modelverse;
pub mod openai;
pub mod task_id;
pub mod unserved;
pub mod upload;
pub mod vidu;

mod read;
pub mod rfc3339;
pub mod sequence;
mod verdict;
