//! Pictures inside a JSON body, cut out while the body arrives.
//!
//! A submit body may hold tens of megabytes of `data:image/png;base64,…`. [`Extractor`] is pushed the body
//! piece by piece: every string *value* that is a base64 data URI goes, decoded, to an [`InlineSink`], and the
//! reduced text that remains carries a short reference in its place. The reduced text then goes through the
//! ordinary JSON parser, which decides what is valid; [`References`] tells the drafts which of its strings
//! stand for pictures. A reference holds a number drawn for that one request, so no client can write one.
//!
//! What is tolerated: JSON escapes within the string (`\/`, `\u002b`), white space within the base64 as
//! escapes, missing padding, the URL-safe alphabet, any case in `DATA:image/JPEG;BASE64`, white space before
//! `data:`. A string that begins as the base64 of a png, a
//! jpeg or a webp does is one too, without any header. What is not: other types than png, jpeg, webp (and `application/octet-stream`, whose bytes are
//! looked at later), empty pictures, pictures that are too large; each becomes a fault of that picture. Data
//! URIs that are not base64 stay in the text and are refused wherever a picture is expected, so that a prompt
//! may still begin with "data:".

mod base64;
mod escape;
mod extractor;
mod header;
mod picture;
mod references;

use std::io;

pub use extractor::{ExtractError, Extracted, Extractor};
pub use references::References;

/// How much one body may hold. Memory stays within `text_bytes` and what `values` JSON values take, however
/// large the pictures are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Inline pictures.
    pub pictures: u32,
    /// Decoded bytes of one picture.
    pub picture_bytes: u64,
    /// Bytes of one string that is no picture, as written.
    pub string_bytes: usize,
    /// Bytes of the body without its pictures.
    pub text_bytes: usize,
    /// JSON values, counted by their commas and brackets.
    pub values: usize,
    /// Arrays and objects within one another.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            pictures: 40,
            picture_bytes: 50 * 1024 * 1024,
            string_bytes: 1024 * 1024,
            text_bytes: 2 * 1024 * 1024,
            values: 10_000,
            depth: 32,
        }
    }
}

/// Where the decoded pictures go. For each picture, numbered from 0 in the order of the text, `begin` is
/// called once, `write` as often as needed and `end` once. A picture that turns out to be faulty is ended too;
/// what was written of it is worth nothing.
pub trait InlineSink {
    /// A picture begins.
    ///
    /// # Errors
    /// When it cannot be stored; the extraction ends with that error.
    fn begin(&mut self, number: u32) -> io::Result<()>;

    /// The next decoded bytes of the picture that was begun last, at most 16 KiB at once.
    ///
    /// # Errors
    /// As [`InlineSink::begin`].
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// The picture is complete, or given up.
    ///
    /// # Errors
    /// As [`InlineSink::begin`].
    fn end(&mut self) -> io::Result<()>;
}

/// Keeps the pictures in memory, for bodies that are known to be small.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemorySink {
    /// The n-th picture's bytes.
    pub pictures: Vec<Vec<u8>>,
}

impl InlineSink for MemorySink {
    fn begin(&mut self, _number: u32) -> io::Result<()> {
        self.pictures.push(Vec::new());
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some(picture) = self.pictures.last_mut() {
            picture.extend_from_slice(bytes);
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        Ok(())
    }
}
