//! Forms (`multipart/form-data`, RFC 7578) turned into JSON while they arrive, so that a form takes the same way as a
//! JSON body: a text part becomes a string, a file part a base64 data URI, which [`crate::inline`] cuts out again.
//! The parts' names are the keys, brackets and all.

mod header;

use base64::{Engine as _, engine::general_purpose::STANDARD};

pub use header::boundary;

/// Bytes of a part's header.
const LONGEST_HEADER: usize = 8 * 1024;
/// Bytes of a file that are encoded at once: whole groups of three.
const PIECE: usize = 6 * 1024;

const FILE: &[u8] = b"data:application/octet-stream;base64,";

/// The body is no form; the text stands behind its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Malformed(&'static str);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before the first part.
    Preamble,
    /// Behind a boundary: another part, or the end.
    Behind,
    Header,
    Text,
    File,
    /// Behind the last part.
    Epilogue,
}

/// Turns a form, piece by piece, into JSON text. What it keeps is less than a part's header, whatever the form holds.
#[derive(Debug)]
pub struct Form {
    /// The line break and dashes before it included.
    delimiter: Vec<u8>,
    place: Place,
    /// What could not be decided yet.
    waiting: Vec<u8>,
    /// Whether a part was begun before.
    any: bool,
}

impl Form {
    /// `boundary` as the content type says it.
    pub fn new(boundary: &str) -> Self {
        Self {
            delimiter: format!("\r\n--{boundary}").into_bytes(),
            place: Place::Preamble,
            // The first boundary has no line before it.
            waiting: b"\r\n".to_vec(),
            any: false,
        }
    }

    /// Takes the next piece and appends JSON text to `out`.
    ///
    /// # Errors
    /// When it cannot be a form's. Nothing may be pushed after an error.
    pub fn push(&mut self, piece: &[u8], out: &mut Vec<u8>) -> Result<(), Malformed> {
        self.waiting.extend_from_slice(piece);
        let mut waiting = std::mem::take(&mut self.waiting);
        let mut used = 0;
        while let Some(step) = self.step(waiting.get(used..).unwrap_or_default(), out)? {
            used += step;
        }
        waiting.drain(..used.min(waiting.len()));
        let kept = self.keep(&waiting, out);
        waiting.drain(..kept);
        self.waiting = waiting;
        Ok(())
    }

    /// The form is complete: ends the JSON text.
    ///
    /// # Errors
    /// When its last boundary did not come.
    pub fn finish(self, out: &mut Vec<u8>) -> Result<(), Malformed> {
        if self.place != Place::Epilogue {
            return Err(Malformed("is a form that was cut off before its last boundary"));
        }
        out.extend_from_slice(if self.any { b"}" } else { b"{}" });
        Ok(())
    }

    /// Takes one thing from the front: how many bytes it had. `None`: more must come first.
    fn step(&mut self, text: &[u8], out: &mut Vec<u8>) -> Result<Option<usize>, Malformed> {
        match self.place {
            Place::Preamble => Ok(find(text, &self.delimiter).map(|at| {
                self.place = Place::Behind;
                at + self.delimiter.len()
            })),
            Place::Behind => self.behind(text),
            Place::Header => self.header(text, out),
            Place::Text | Place::File => Ok(find(text, &self.delimiter).map(|at| {
                self.content(text.get(..at).unwrap_or_default(), out);
                out.push(b'"');
                self.place = Place::Behind;
                at + self.delimiter.len()
            })),
            Place::Epilogue => Ok((!text.is_empty()).then_some(text.len())),
        }
    }

    fn behind(&mut self, text: &[u8]) -> Result<Option<usize>, Malformed> {
        match text {
            [b' ' | b'\t', ..] => Ok(Some(1)),
            [b'-', b'-', ..] => {
                self.place = Place::Epilogue;
                Ok(Some(2))
            }
            [b'\r', b'\n', ..] => {
                self.place = Place::Header;
                Ok(Some(2))
            }
            [] | [b'-' | b'\r'] => Ok(None),
            _ => Err(Malformed(
                "is a form with a boundary that is followed by something else",
            )),
        }
    }

    fn header(&mut self, text: &[u8], out: &mut Vec<u8>) -> Result<Option<usize>, Malformed> {
        let Some(end) = find(text, b"\r\n\r\n") else {
            return match text.len() > LONGEST_HEADER {
                true => Err(Malformed("is a form with a part that has too long a header")),
                false => Ok(None),
            };
        };
        let part = header::part(text.get(..end).unwrap_or_default());
        let part = part.ok_or(Malformed("is a form with a part that has no name"))?;
        out.push(if self.any { b',' } else { b'{' });
        self.any = true;
        out.push(b'"');
        escape(&part.name, out);
        out.extend_from_slice(b"\":\"");
        self.place = if part.is_file { Place::File } else { Place::Text };
        if part.is_file {
            out.extend_from_slice(FILE);
        }
        // The header's last line break may begin the boundary of an empty part.
        Ok(Some(end + 4))
    }

    fn content(&self, bytes: &[u8], out: &mut Vec<u8>) {
        if self.place == Place::File {
            for piece in bytes.chunks(PIECE) {
                out.extend_from_slice(STANDARD.encode(piece).as_bytes());
            }
        } else {
            escape(bytes, out);
        }
    }

    /// Passes on what cannot be a part of a boundary: how many bytes of `text` are done with.
    fn keep(&self, text: &[u8], out: &mut Vec<u8>) -> usize {
        let sure = (text.len() + 1).saturating_sub(self.delimiter.len());
        let done = match self.place {
            Place::Preamble | Place::Text => sure,
            // Only whole groups of three can be encoded without padding.
            Place::File => sure - sure % 3,
            Place::Behind | Place::Header | Place::Epilogue => 0,
        };
        if matches!(self.place, Place::Text | Place::File) {
            self.content(text.get(..done).unwrap_or_default(), out);
        }
        done
    }
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

/// Writes bytes as the inside of a JSON string. What is no UTF-8 stays so, for the JSON parser to refuse.
fn escape(bytes: &[u8], out: &mut Vec<u8>) {
    for byte in bytes {
        match byte {
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', *byte]),
            0..0x20 => out.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
            _ => out.push(*byte),
        }
    }
}
