//! One picture while it is being cut out.

use std::io;

use domain::failure::Code;

use super::{
    InlineSink,
    base64::{Decoder, NotBase64},
    references::Problem,
};

/// Text is decoded in pieces of this size, and decoded bytes wait until there are so many.
const PIECE: usize = 8 * 1024;

/// Decodes one picture into the sink until it ends or a problem is found.
#[derive(Debug)]
pub(super) struct Picture {
    decoder: Decoder,
    /// Decoded bytes that the sink has not seen.
    pending: Vec<u8>,
    /// Decoded bytes so far.
    length: u64,
    most: u64,
    problem: Option<Problem>,
}

impl Picture {
    pub(super) fn new(most: u64, problem: Option<Problem>) -> Self {
        Self {
            decoder: Decoder::default(),
            pending: Vec::new(),
            length: 0,
            most,
            problem,
        }
    }

    /// More base64 text. After a problem it is skipped.
    pub(super) fn feed(&mut self, text: &[u8], sink: &mut impl InlineSink) -> io::Result<()> {
        for piece in text.chunks(PIECE) {
            if self.problem.is_some() {
                return Ok(());
            }
            if self.decoder.feed(piece, &mut self.pending) == Err(NotBase64) {
                self.not_base64();
            }
            if self.pending.len() >= PIECE {
                self.flush(sink)?;
            }
        }
        Ok(())
    }

    /// The text holds something else. The first problem stays.
    pub(super) fn not_base64(&mut self) {
        if self.problem.is_none() {
            self.problem = Some(Problem::new(Code::ImageFormat, "must be valid base64"));
        }
    }

    fn flush(&mut self, sink: &mut impl InlineSink) -> io::Result<()> {
        self.length += self.pending.len() as u64;
        if self.length > self.most && self.problem.is_none() {
            let text = format!("must have at most {} bytes", self.most);
            self.problem = Some(Problem::new(Code::ImageTooLarge, text));
        }
        if self.problem.is_none() {
            sink.write(&self.pending)?;
        }
        self.pending.clear();
        Ok(())
    }

    /// The closing quote was seen. Returns what is wrong with the picture.
    pub(super) fn finish(mut self, sink: &mut impl InlineSink) -> io::Result<Option<Problem>> {
        let decoder = std::mem::take(&mut self.decoder);
        if self.problem.is_none() && decoder.finish(&mut self.pending) == Err(NotBase64) {
            self.not_base64();
        }
        self.flush(sink)?;
        if self.problem.is_none() && self.length == 0 {
            self.problem = Some(Problem::new(Code::ImageFormat, "must not be empty"));
        }
        sink.end()?;
        Ok(self.problem)
    }
}
