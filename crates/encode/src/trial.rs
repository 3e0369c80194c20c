//! How finely a clip has to be quantised: some first frames are encoded, and what is left of them is looked at. If
//! that is enough, as it mostly is, the rest just goes on from there.

use std::ops::Range;

use domain::{engine::JobWatch, media::FrameSource};
use openh264::{decoder::Decoder, formats::YUVSource};
use rayon::prelude::*;

use crate::{
    error::EncodeError,
    group::{Coded, Group},
    settings::Settings,
    similarity::{similarity, square_error},
};

/// The quantiser is made finer or coarser by so much at a time: about a fifth of its step.
const STEP: u8 = 2;
/// By how much a step coarser multiplies the mean square error: the square of the step of the quantiser.
const COARSER: f64 = 1.6;
/// What costs too much is made coarser by this much at most.
const COARSEST: u8 = 8;

/// Frames that are looked at in the middle of a clip: a key frame and what is predicted from it. Those further on keep
/// what these lose.
const LOOKED_AT: usize = 3;

/// Mean square error of luma in key frames at 38.5 dB: a given picture is promised with 38.
const LARGEST_ERROR: f64 = 255.0 * 255.0 / 7079.5;

/// What is left of the first frames of a group.
#[derive(Clone, Copy)]
struct Left {
    /// Mean square error of the key frame's luma.
    error: f64,
    /// Structural similarity of the last one's luma, if that was predicted.
    similar: f64,
    /// Bits per pixel of that one.
    bits: f64,
}

/// The groups of these ranges with the coarsest quantiser that the settings allow and that leaves enough of the first
/// picture and of the frames in the middle, where moves are fastest; or with the finest; or, where that would cost too
/// much, with a coarser one. A few frames of them are encoded.
///
/// # Errors
/// As encoding; [`EncodeError::Cancelled`] within one frame after `watch.cancel()`.
pub(crate) fn begin(
    source: &dyn FrameSource,
    ranges: &[Range<u32>],
    settings: &Settings,
    watch: &JobWatch,
) -> Result<Vec<Group>, EncodeError> {
    let quantiser = settings.quantiser;
    let mut qp = quantiser.qp;
    let mut costs = false;
    loop {
        let group = |range: &Range<u32>| Group::new(source.size(), range.clone(), qp);
        let mut groups: Vec<Group> = ranges.iter().map(group).collect();
        if qp <= quantiser.finest && quantiser.most_bits.is_infinite() {
            return Ok(groups);
        }
        let middle = groups.len() / 2;
        let (before, after) = groups.split_at_mut(middle);
        let runs = before.first_mut().map(|first| (first, 1));
        let runs = runs
            .into_iter()
            .chain(after.first_mut().map(|group| (group, LOOKED_AT)));
        let left = runs
            .collect::<Vec<_>>()
            .into_par_iter()
            .map(|(group, frames)| left_of(group, frames, source, watch))
            .collect::<Result<Vec<_>, _>>()?;
        let first_stays_faithful = left.first().is_some_and(|left| COARSER * left.error <= LARGEST_ERROR);
        if left.iter().any(|left| left.bits > quantiser.most_bits)
            && qp < quantiser.qp + COARSEST
            && first_stays_faithful
        {
            costs = true;
            qp += STEP;
            continue;
        }
        let is_enough = |left: &Left| left.error <= LARGEST_ERROR && left.similar >= quantiser.similar;
        if costs || qp <= quantiser.finest || left.iter().all(is_enough) {
            return Ok(groups);
        }
        qp = qp.saturating_sub(STEP).max(quantiser.finest);
    }
}

/// Encodes the first frames of a group, and decodes them.
fn left_of(group: &mut Group, frames: usize, source: &dyn FrameSource, watch: &JobWatch) -> Result<Left, EncodeError> {
    let failed = |error: openh264::Error| EncodeError::Video(error.to_string());
    let mut decoder = Decoder::new().map_err(failed)?;
    let mut left = Left {
        error: 0.0,
        similar: 1.0,
        bits: 0.0,
    };
    for nth in 0..frames {
        if watch.is_cancelled() {
            return Err(EncodeError::Cancelled);
        }
        let Some(drawn) = group.advance(source)?.cloned() else {
            break;
        };
        let packet = packet(group.coded(), nth).unwrap_or_default();
        let Some(decoded) = decoder.decode(&packet).map_err(failed)? else {
            return Err(EncodeError::Video("a frame could not be decoded again".to_owned()));
        };
        let plane = (decoded.y(), decoded.strides().0);
        if nth == 0 {
            left.error = square_error(&drawn.y, plane, drawn.size);
        }
        if nth + 1 == frames && nth > 0 {
            left.similar = similarity(&drawn.y, plane, drawn.size);
            left.bits = 8.0 * packet.len() as f64 / drawn.y.len() as f64;
        }
    }
    Ok(left)
}

/// A frame as a byte stream, the first one behind the parameter sets (H.264, annex B).
fn packet(coded: &Coded, nth: usize) -> Option<Vec<u8>> {
    const START: [u8; 4] = [0, 0, 0, 1];
    let size = *coded.sizes.get(nth)? as usize;
    let from: u32 = coded.sizes.iter().take(nth).sum();
    let mut units = coded.data.get(from as usize..)?.get(..size)?;
    let mut packet = Vec::with_capacity(size + 64);
    if nth == 0 {
        for set in [&coded.sets.0, &coded.sets.1] {
            packet.extend(START);
            packet.extend(set);
        }
    }
    while let Some((length, rest)) = units.split_first_chunk::<4>() {
        let (unit, rest) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
        packet.extend(START);
        packet.extend(unit);
        units = rest;
    }
    Some(packet)
}
