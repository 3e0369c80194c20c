//! Sound to AAC.

use domain::media::{FRAME_RATE, Pcm, SAMPLE_RATE};
use syom::{EncodeOptions, Encoder};

use crate::error::EncodeError;

/// Samples per channel in one access unit.
pub(crate) const UNIT_SAMPLES: u32 = 1024;

pub(crate) const CHANNELS: u16 = 2;

/// Bits per second, both channels together.
pub(crate) const BIT_RATE: u32 = 128_000;

/// An encoded soundtrack.
pub(crate) struct Sound {
    pub(crate) data: Vec<u8>,
    /// Bytes of each access unit, in order; they add up to `data`.
    pub(crate) sizes: Vec<u32>,
    /// MPEG-4 `AudioSpecificConfig`.
    pub(crate) config: Vec<u8>,
    /// Samples at the start that the encoder put before the sound; players skip them.
    pub(crate) priming: u32,
    /// Samples that are heard: exactly as long as the video.
    pub(crate) samples: u32,
}

/// Encodes exactly `frames / 24` seconds: AAC-LC, 48 kHz stereo.
pub(crate) fn encode(pcm: &Pcm, frames: u32) -> Result<Sound, EncodeError> {
    let samples = frames * (SAMPLE_RATE / FRAME_RATE);
    let [left, right] = planes(pcm, samples as usize);
    let options = EncodeOptions::raw().with_bitrate_bps(BIT_RATE);
    let mut encoder = Encoder::new(SAMPLE_RATE, usize::from(CHANNELS), &options).map_err(failed)?;
    let (mut data, mut sizes) = (Vec::new(), Vec::new());
    let mut keep = |unit: syom::EncodedFrame<'_>| {
        data.extend_from_slice(unit.payload);
        sizes.push(unit.payload.len() as u32);
        Ok(())
    };
    encoder.feed(&[&left, &right], &mut keep).map_err(failed)?;
    let info = encoder.finish(&mut keep).map_err(failed)?;
    Ok(Sound {
        data,
        sizes,
        config: encoder.asc().to_vec(),
        priming: u32::try_from(info.priming).map_err(|error| EncodeError::Sound(error.to_string()))?,
        samples,
    })
}

fn failed(error: syom::AacError) -> EncodeError {
    EncodeError::Sound(error.to_string())
}

/// Left and right apart, cut or padded to `samples`, within what the encoder accepts.
fn planes(pcm: &Pcm, samples: usize) -> [Vec<f32>; 2] {
    [0, 1].map(|channel| {
        let mut plane: Vec<f32> = pcm
            .samples
            .iter()
            .skip(channel)
            .step_by(2)
            .take(samples)
            .map(|sample| {
                if sample.is_finite() {
                    sample.clamp(-1.0, 1.0)
                } else {
                    0.0
                }
            })
            .collect();
        plane.resize(samples, 0.0);
        plane
    })
}
