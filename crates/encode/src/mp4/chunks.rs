//! In which order the samples lie in `mdat`: half a second of frames, then the sound that goes with it, so
//! that a player reads forward only.

use std::io::Write;

use domain::media::{FRAME_RATE, SAMPLE_RATE};

use crate::{
    aac::{Sound, UNIT_SAMPLES},
    error::EncodeError,
    h264::Video,
};

/// Frames in one chunk.
const CHUNK_FRAMES: usize = FRAME_RATE as usize / 2;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Video,
    Sound,
}

/// Some samples of one track that lie side by side.
pub(crate) struct Chunk {
    pub(crate) kind: Kind,
    pub(crate) samples: u32,
    pub(crate) bytes: u64,
}

/// All chunks, in file order.
pub(crate) struct Plan {
    chunks: Vec<Chunk>,
}

impl Plan {
    pub(crate) fn new(video: &Video, sound: Option<&Sound>) -> Self {
        let frames: Vec<u32> = video.gops.iter().flat_map(|gop| gop.sizes.iter().copied()).collect();
        let mut units = sound.map_or(&[] as &[u32], |sound| &sound.sizes);
        let mut units_done = 0;
        let mut chunks = Vec::new();
        for (nth, part) in frames.chunks(CHUNK_FRAMES).enumerate() {
            chunks.push(Chunk::of(Kind::Video, part));
            let is_last = (nth + 1) * CHUNK_FRAMES >= frames.len();
            let due = if is_last {
                units.len()
            } else {
                units_before(nth + 1).saturating_sub(units_done).min(units.len())
            };
            let (now, later) = units.split_at(due);
            if !now.is_empty() {
                chunks.push(Chunk::of(Kind::Sound, now));
            }
            units_done += due;
            units = later;
        }
        Self { chunks }
    }

    pub(crate) fn chunks(&self) -> &[Chunk] {
        &self.chunks
    }

    /// Length of `mdat`'s content.
    pub(crate) fn bytes(&self) -> u64 {
        self.chunks.iter().map(|chunk| chunk.bytes).sum()
    }

    pub(crate) fn write(&self, video: &Video, sound: Option<&Sound>, out: &mut dyn Write) -> Result<(), EncodeError> {
        let mut frames = video.gops.iter().flat_map(|gop| samples(&gop.data, &gop.sizes));
        let mut units = sound.into_iter().flat_map(|sound| samples(&sound.data, &sound.sizes));
        for chunk in &self.chunks {
            let source: &mut dyn Iterator<Item = &[u8]> = match chunk.kind {
                Kind::Video => &mut frames,
                Kind::Sound => &mut units,
            };
            for sample in source.take(chunk.samples as usize) {
                out.write_all(sample)?;
            }
        }
        Ok(())
    }
}

impl Chunk {
    fn of(kind: Kind, sizes: &[u32]) -> Self {
        Self {
            kind,
            samples: sizes.len() as u32,
            bytes: sizes.iter().map(|size| u64::from(*size)).sum(),
        }
    }
}

/// Access units that begin before the given number of video chunks has played.
fn units_before(chunks: usize) -> usize {
    let samples = chunks * CHUNK_FRAMES * (SAMPLE_RATE / FRAME_RATE) as usize;
    samples.div_ceil(UNIT_SAMPLES as usize)
}

/// Cuts `data` at `sizes`.
fn samples<'d>(data: &'d [u8], sizes: &'d [u32]) -> impl Iterator<Item = &'d [u8]> {
    let mut rest = data;
    sizes.iter().map_while(move |size| {
        let (sample, after) = rest.split_at_checked(*size as usize)?;
        rest = after;
        Some(sample)
    })
}
