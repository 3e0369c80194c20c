//! The state machine in front of the JSON parser. It understands strings, escapes and which strings are keys,
//! and nothing else.

use std::io;

use domain::{
    draft::{Fault, Faults, Field},
    failure::Code,
};

use super::{
    InlineSink, Limits,
    escape::{Escape, Step},
    header,
    picture::Picture,
    references::References,
};

/// Why the extraction ended early.
#[derive(Debug, thiserror::Error)]
pub enum ExtractError {
    /// The body is refused.
    #[error("the body {}", .0.problem)]
    Refused(Fault),
    /// A picture could not be stored.
    #[error("an inline picture could not be stored: {0}")]
    Sink(#[from] io::Error),
}

impl ExtractError {
    fn body(code: Code, problem: impl Into<String>) -> Self {
        Self::Refused(Fault::new(Field::Body, code, problem))
    }

    fn malformed() -> Self {
        Self::body(Code::BodyMalformed, "is not valid JSON")
    }

    /// The faults to answer with, or the sink's error.
    ///
    /// # Errors
    /// The sink's.
    pub fn into_faults(self) -> io::Result<Faults> {
        match self {
            Self::Refused(fault) => Ok(Faults(vec![fault])),
            Self::Sink(error) => Err(error),
        }
    }
}

/// A body without its pictures.
#[derive(Debug)]
pub struct Extracted<S> {
    /// The reduced JSON text, not parsed yet.
    pub body: Vec<u8>,
    pub references: References,
    pub sink: S,
}

/// Where in the text the last byte was.
#[derive(Debug)]
enum Place {
    Outside,
    /// In a string that is passed on as it is: a key, or a value that is no picture.
    Text {
        escaped: bool,
        length: usize,
    },
    /// In a value that may turn out to be a picture.
    Opening {
        written: Vec<u8>,
        read: Vec<u8>,
        escape: Escape,
    },
    Picture {
        picture: Picture,
        escape: Escape,
    },
}

/// What encloses the current place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Enclosure {
    Array,
    /// `key`: the next string is one.
    Object {
        key: bool,
    },
}

/// Cuts pictures out of a body that is pushed to it piece by piece.
#[derive(Debug)]
pub struct Extractor<S> {
    limits: Limits,
    sink: S,
    body: Vec<u8>,
    references: References,
    place: Place,
    enclosures: Vec<Enclosure>,
    values: usize,
}

impl<S: InlineSink> Extractor<S> {
    /// `nonce` is drawn at random for each body, from a source that clients cannot predict.
    pub fn new(nonce: u128, limits: Limits, sink: S) -> Self {
        Self {
            limits,
            sink,
            body: Vec::new(),
            references: References::new(nonce),
            place: Place::Outside,
            enclosures: Vec::new(),
            values: 0,
        }
    }

    /// Where the pictures go.
    pub fn sink(&self) -> &S {
        &self.sink
    }

    /// Takes the next piece of the body, of any length.
    ///
    /// # Errors
    /// When a limit is passed, when a picture's string is not JSON, or when the sink fails. Nothing may be
    /// pushed after an error.
    pub fn push(&mut self, piece: &[u8]) -> Result<(), ExtractError> {
        let mut rest = piece;
        while !rest.is_empty() {
            let used = match &mut self.place {
                Place::Outside => self.outside(rest)?,
                Place::Text { .. } => self.text(rest)?,
                Place::Opening { .. } => self.opening(rest)?,
                Place::Picture { .. } => self.picture(rest)?,
            };
            rest = rest.get(used..).unwrap_or_default();
        }
        Ok(())
    }

    /// The body is complete.
    ///
    /// # Errors
    /// When it ends within a string.
    pub fn finish(self) -> Result<Extracted<S>, ExtractError> {
        match self.place {
            Place::Outside => Ok(Extracted {
                body: self.body,
                references: self.references,
                sink: self.sink,
            }),
            _ => Err(ExtractError::malformed()),
        }
    }

    fn keep(&mut self, bytes: &[u8]) -> Result<(), ExtractError> {
        if self.body.len() + bytes.len() > self.limits.text_bytes {
            let problem = format!("must have at most {} bytes beside its pictures", self.limits.text_bytes);
            return Err(ExtractError::body(Code::BodyTooLarge, problem));
        }
        self.body.extend_from_slice(bytes);
        Ok(())
    }

    fn outside(&mut self, rest: &[u8]) -> Result<usize, ExtractError> {
        let quote = rest.iter().position(|byte| *byte == b'"');
        let run = rest.get(..quote.unwrap_or(rest.len())).unwrap_or_default();
        for byte in run {
            self.structure(*byte)?;
        }
        self.keep(run)?;
        if quote.is_none() {
            return Ok(run.len());
        }
        self.place = if matches!(self.enclosures.last(), Some(Enclosure::Object { key: true })) {
            self.keep(b"\"")?;
            Place::Text {
                escaped: false,
                length: 0,
            }
        } else {
            Place::Opening {
                written: vec![b'"'],
                read: Vec::new(),
                escape: Escape::None,
            }
        };
        Ok(run.len() + 1)
    }

    fn structure(&mut self, byte: u8) -> Result<(), ExtractError> {
        match byte {
            b'{' => self.enclosures.push(Enclosure::Object { key: true }),
            b'[' => self.enclosures.push(Enclosure::Array),
            b'}' | b']' => {
                self.enclosures.pop();
                return Ok(());
            }
            b':' | b',' => {
                if let Some(Enclosure::Object { key }) = self.enclosures.last_mut() {
                    *key = byte == b',';
                }
            }
            _ => return Ok(()),
        }
        self.values += usize::from(byte != b':');
        if self.enclosures.len() > self.limits.depth {
            let problem = format!("must not be nested deeper than {} levels", self.limits.depth);
            return Err(ExtractError::body(Code::BodyMalformed, problem));
        }
        if self.values > self.limits.values {
            let problem = format!("must hold at most {} values", self.limits.values);
            return Err(ExtractError::body(Code::BodyTooLarge, problem));
        }
        Ok(())
    }

    fn text(&mut self, rest: &[u8]) -> Result<usize, ExtractError> {
        let Place::Text { escaped, length } = &mut self.place else {
            return Ok(0);
        };
        let special = if *escaped {
            Some(0)
        } else {
            rest.iter().position(|byte| matches!(byte, b'"' | b'\\'))
        };
        let used = special.map_or(rest.len(), |at| at + 1);
        let run = rest.get(..used).unwrap_or_default();
        let ends = !*escaped && run.last() == Some(&b'"');
        *escaped = !*escaped && run.last() == Some(&b'\\');
        *length += used - usize::from(ends);
        if *length > self.limits.string_bytes {
            let problem = format!(
                "holds a text of more than {} bytes; pictures are sent as URL or as base64 data URI",
                self.limits.string_bytes
            );
            return Err(ExtractError::body(Code::BodyTooLarge, problem));
        }
        if ends {
            self.place = Place::Outside;
        }
        self.keep(run)?;
        Ok(used)
    }

    fn opening(&mut self, rest: &[u8]) -> Result<usize, ExtractError> {
        let Place::Opening { written, read, escape } = &mut self.place else {
            return Ok(0);
        };
        for (index, byte) in rest.iter().enumerate() {
            written.push(*byte);
            let step = escape.step(*byte);
            if step == Step::Pending {
                continue;
            }
            if step == Step::Ascii(b',')
                && let Some(problem) = header::read(read)
            {
                let picture = Picture::new(self.limits.picture_bytes, problem);
                self.begin(picture)?;
                return Ok(index + 1);
            }
            if let Step::Ascii(character) = step
                && character != b','
            {
                read.push(character);
                if header::is_bare(read) {
                    let start = std::mem::take(read);
                    let picture = Picture::new(self.limits.picture_bytes, None);
                    self.begin(picture)?;
                    if let Place::Picture { picture, .. } = &mut self.place {
                        picture.feed(&start, &mut self.sink)?;
                    }
                    return Ok(index + 1);
                }
                if header::may_begin(read) {
                    continue;
                }
            }
            let written = std::mem::take(written);
            self.place = match step {
                Step::End => Place::Outside,
                _ => Place::Text {
                    escaped: false,
                    length: written.len() - 1,
                },
            };
            self.keep(&written)?;
            return Ok(index + 1);
        }
        Ok(rest.len())
    }

    fn begin(&mut self, picture: Picture) -> Result<(), ExtractError> {
        let number = self.references.count() as u32;
        if number >= self.limits.pictures {
            let problem = format!("must hold at most {} inline pictures", self.limits.pictures);
            return Err(ExtractError::Refused(Fault::new(
                Field::Images,
                Code::ImageCount,
                problem,
            )));
        }
        let reference = format!("\"{}\"", self.references.text(number));
        self.keep(reference.as_bytes())?;
        self.sink.begin(number)?;
        self.place = Place::Picture {
            picture,
            escape: Escape::None,
        };
        Ok(())
    }

    fn picture(&mut self, rest: &[u8]) -> Result<usize, ExtractError> {
        let Place::Picture { picture, escape } = &mut self.place else {
            return Ok(0);
        };
        if *escape == Escape::None {
            let plain = |byte: &u8| *byte >= 0x20 && !matches!(byte, b'"' | b'\\');
            let length = rest.iter().position(|byte| !plain(byte)).unwrap_or(rest.len());
            if length > 0 {
                picture.feed(rest.get(..length).unwrap_or_default(), &mut self.sink)?;
                return Ok(length);
            }
        }
        match rest.first().map(|byte| escape.step(*byte)) {
            Some(Step::Ascii(character)) => picture.feed(&[character], &mut self.sink)?,
            Some(Step::Beyond) => picture.not_base64(),
            Some(Step::Malformed) => return Err(ExtractError::malformed()),
            Some(Step::End) => self.end()?,
            Some(Step::Pending) | None => {}
        }
        Ok(1)
    }

    fn end(&mut self) -> Result<(), ExtractError> {
        if let Place::Picture { picture, .. } = std::mem::replace(&mut self.place, Place::Outside) {
            let problem = picture.finish(&mut self.sink)?;
            self.references.push(problem);
        }
        Ok(())
    }
}
