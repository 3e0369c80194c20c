//! Just enough of JPEG's segments (ITU-T T.81, annex B) to read a header without the rest, and to see whether
//! a file was cut off, which the decoder forgives by painting the missing part grey.

use std::io::{BufRead, Read};

use crate::error::PictureError;

const START_OF_SCAN: u8 = 0xda;
const END_OF_IMAGE: u8 = 0xd9;

/// Markers without a length after them: TEM, the restart markers and start of image.
fn stands_alone(marker: u8) -> bool {
    marker == 0x01 || (0xd0..=0xd8).contains(&marker)
}

/// Everything up to and with the header of the first scan. `reader` stands at the file's start.
pub(crate) fn header(reader: impl BufRead) -> Result<Vec<u8>, PictureError> {
    let mut reader = reader;
    let mut bytes = Vec::new();
    loop {
        let marker = next_marker(&mut reader, &mut bytes)?;
        if stands_alone(marker) {
            continue;
        }
        let mut length = [0; 2];
        reader.read_exact(&mut length).map_err(PictureError::damaged)?;
        bytes.extend_from_slice(&length);
        let body = u64::from(u16::from_be_bytes(length)).saturating_sub(2);
        let copied = reader.by_ref().take(body).read_to_end(&mut bytes);
        if copied.map_err(PictureError::damaged)? as u64 != body {
            return Err(PictureError::damaged("a segment of the header is cut off"));
        }
        if marker == START_OF_SCAN {
            return Ok(bytes);
        }
    }
}

/// Copies what comes up to and with the next marker.
fn next_marker(reader: &mut impl BufRead, bytes: &mut Vec<u8>) -> Result<u8, PictureError> {
    let mut next = [0];
    let mut last = 0;
    loop {
        reader.read_exact(&mut next).map_err(PictureError::damaged)?;
        let [byte] = next;
        bytes.push(byte);
        if last == 0xff && byte != 0xff && byte != 0 {
            return Ok(byte);
        }
        last = byte;
    }
}

/// Whether the end marker comes after a scan. Within a scan every 0xff of the data is followed by a zero, so
/// the marker cannot be mistaken; within other segments it could, and those are skipped by their length.
pub(crate) fn is_complete(bytes: &[u8]) -> bool {
    let mut scanned = false;
    let mut rest = bytes;
    while let Some(at) = rest.windows(2).position(is_marker) {
        let (_, after) = rest.split_at(at + 2);
        let marker = rest.get(at + 1).copied().unwrap_or_default();
        rest = after;
        if marker == END_OF_IMAGE {
            return scanned;
        }
        if !stands_alone(marker) {
            let Some((length, _)) = rest.split_first_chunk::<2>() else {
                return false;
            };
            let Some(next) = rest.get(usize::from(u16::from_be_bytes(*length))..) else {
                return false;
            };
            rest = next;
        }
        scanned |= marker == START_OF_SCAN;
    }
    false
}

fn is_marker(pair: &[u8]) -> bool {
    matches!(pair, [0xff, code] if *code != 0 && *code != 0xff)
}
