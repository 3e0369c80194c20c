//! WAV files to mono samples at the clip's rate. Speech programs write them to a pipe, before they know how long they
//! get, so that the lengths in the header may be anything and the file's end counts.

use domain::media::SAMPLE_RATE;

use super::error::SpeechError;

const PCM: u16 = 1;
const FLOAT: u16 = 3;
const EXTENSIBLE: u16 = 0xfffe;

struct Format {
    tag: u16,
    channels: u16,
    rate: u32,
    bits: u16,
}

/// Seconds of a file that are taken: more than the longest clip holds at the fastest pace. What a low rate would swell to
/// is bounded by it.
const MOST_SECONDS: usize = 120;

/// Mono samples at 48 kHz, nominal range -1 to 1, of the first two minutes. Takes 8 to 32 bit PCM and 32 bit float, 1 to 8 channels, 4 to 192 kHz.
///
/// # Errors
/// When it is no such file.
pub(super) fn samples(bytes: &[u8]) -> Result<Vec<f32>, SpeechError> {
    let is_wav = bytes.get(..4) == Some(b"RIFF") && bytes.get(8..12) == Some(b"WAVE");
    if !is_wav {
        return Err(SpeechError::Wav("no RIFF header"));
    }
    let mut format = None;
    let mut at = 12;
    while let (Some(name), Some(length)) = (bytes.get(at..at + 4), number(bytes, at + 4)) {
        let start = at + 8;
        let end = start.saturating_add(length as usize).min(bytes.len());
        let body = bytes.get(start..end).unwrap_or_default();
        match name {
            b"fmt " => format = Some(read_format(body)?),
            b"data" => {
                let format = format.ok_or(SpeechError::Wav("no format before the samples"))?;
                return Ok(resampled(&mono(body, &format)?, format.rate));
            }
            _ => {}
        }
        // Chunks are padded to even lengths.
        at = start
            .saturating_add(length as usize)
            .saturating_add(length as usize % 2);
    }
    Err(SpeechError::Wav("no samples"))
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let field = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes(field.try_into().ok()?))
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    let field = bytes.get(at..at + 2)?;
    Some(u16::from_le_bytes(field.try_into().ok()?))
}

fn read_format(body: &[u8]) -> Result<Format, SpeechError> {
    let fields = (short(body, 0), short(body, 2), number(body, 4), short(body, 14));
    let (Some(mut tag), Some(channels), Some(rate), Some(bits)) = fields else {
        return Err(SpeechError::Wav("a short format"));
    };
    if tag == EXTENSIBLE {
        tag = short(body, 24).ok_or(SpeechError::Wav("a short format"))?;
    }
    let known = matches!((tag, bits), (PCM, 8 | 16 | 24 | 32) | (FLOAT, 32));
    if !known || !(1..=8).contains(&channels) || !(4_000..=192_000).contains(&rate) {
        return Err(SpeechError::Wav("a format that is not supported"));
    }
    Ok(Format {
        tag,
        channels,
        rate,
        bits,
    })
}

/// The mean of the channels.
fn mono(body: &[u8], format: &Format) -> Result<Vec<f32>, SpeechError> {
    let width = usize::from(format.bits / 8);
    let frame = width * usize::from(format.channels);
    let value = |sample: &[u8]| match (format.tag, sample) {
        (PCM, [byte]) => (f32::from(*byte) - 128.0) / 128.0,
        (PCM, [low, high]) => f32::from(i16::from_le_bytes([*low, *high])) / 32768.0,
        (PCM, [low, middle, high]) => (i32::from_le_bytes([0, *low, *middle, *high]) >> 8) as f32 / 8_388_608.0,
        (PCM, [a, b, c, d]) => i32::from_le_bytes([*a, *b, *c, *d]) as f32 / 2_147_483_648.0,
        (_, [a, b, c, d]) => f32::from_le_bytes([*a, *b, *c, *d]),
        _ => 0.0,
    };
    let samples: Vec<f32> = body
        .chunks_exact(frame)
        .take(MOST_SECONDS * format.rate as usize)
        .map(|frame| frame.chunks_exact(width).map(value).sum::<f32>() / f32::from(format.channels))
        .map(|sample| {
            if sample.is_finite() {
                sample.clamp(-1.0, 1.0)
            } else {
                0.0
            }
        })
        .collect();
    if samples.is_empty() {
        return Err(SpeechError::Silent);
    }
    Ok(samples)
}

/// Half the width of the interpolating filter, in samples of the lower rate.
const REACH: f64 = 12.0;

/// Band-limited interpolation with a Hann-windowed sinc (Smith and Gossett, "A flexible sampling-rate conversion
/// method", ICASSP 1984).
fn resampled(samples: &[f32], rate: u32) -> Vec<f32> {
    if rate == SAMPLE_RATE {
        return samples.to_vec();
    }
    let step = f64::from(rate) / f64::from(SAMPLE_RATE);
    // Going down, what the lower rate cannot hold is filtered out.
    let cutoff = (1.0 / step).min(1.0);
    let reach = REACH / cutoff;
    let length = (samples.len() as f64 / step) as usize;
    (0..length)
        .map(|index| {
            let centre = index as f64 * step;
            let first = (centre - reach).ceil().max(0.0) as usize;
            let last = ((centre + reach) as usize).min(samples.len().saturating_sub(1));
            let mut sum = 0.0;
            for (sample, at) in samples.iter().skip(first).zip(first..=last) {
                let distance = at as f64 - centre;
                let angle = std::f64::consts::PI * distance * cutoff;
                let sinc = if angle.abs() < 1e-9 { 1.0 } else { angle.sin() / angle };
                let window = 0.5 + 0.5 * (std::f64::consts::PI * distance / reach).cos();
                sum += f64::from(*sample) * sinc * window * cutoff;
            }
            sum as f32
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wav(rate: u32, samples: &[i16]) -> Vec<u8> {
        let mut bytes = b"RIFF\xff\xff\xff\x7fWAVEfmt \x10\0\0\0\x01\0\x01\0".to_vec();
        bytes.extend(rate.to_le_bytes());
        bytes.extend((rate * 2).to_le_bytes());
        bytes.extend([2, 0, 16, 0]);
        // As written to a pipe: a length that is not true.
        bytes.extend(b"data\xff\xff\xff\x7f");
        bytes.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
        bytes
    }

    #[test]
    fn a_tone_stays_the_tone_it_was() {
        let tone = |rate: f32, count: usize| -> Vec<f32> {
            (0..count)
                .map(|index| (index as f32 / rate * 440.0 * std::f32::consts::TAU).sin() * 0.5)
                .collect()
        };
        let written: Vec<i16> = tone(22050.0, 22050)
            .iter()
            .map(|sample| (sample * 32767.0) as i16)
            .collect();
        let read = samples(&wav(22050, &written)).unwrap_or_default();
        assert_eq!(read.len(), 48_000);
        let wanted = tone(48_000.0, 48_000);
        let worst = (200..47_800)
            .map(|at| (read[at] - wanted[at]).abs())
            .fold(0.0_f32, f32::max);
        assert!(worst < 0.005, "{worst}");
    }

    #[test]
    fn what_is_no_wav_is_an_error() {
        for bytes in [
            &b""[..],
            b"RIFF",
            b"ID3\x04 mp3 file, not a wav",
            &wav(22050, &[])[..30],
            &wav(1, &[0; 9]),
        ] {
            assert!(samples(bytes).is_err());
        }
    }
}
