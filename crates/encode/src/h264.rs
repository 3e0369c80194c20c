//! The video track: groups of pictures, each rendered and encoded by one thread.

use std::ops::Range;

use domain::{
    engine::JobWatch,
    media::{FrameSource, Size},
};
use rayon::prelude::*;

use crate::{error::EncodeError, gop::gop_lengths, group::Coded, level, settings::Settings, trial};

/// A whole encoded video track.
pub(crate) struct Video {
    pub(crate) size: Size,
    pub(crate) gops: Vec<Coded>,
    /// Sequence parameter set, a NAL unit without start code.
    pub(crate) sps: Vec<u8>,
    /// Picture parameter set, a NAL unit without start code.
    pub(crate) pps: Vec<u8>,
}

impl Video {
    pub(crate) fn frames(&self) -> u64 {
        self.gops.iter().map(|gop| gop.sizes.len() as u64).sum()
    }
}

/// What openh264 takes, asked before any work is done.
const SHORT_SIDE: std::ops::RangeInclusive<u32> = 16..=2160;
const LONGEST_SIDE: u32 = 3840;

pub(crate) fn check(size: Size, frames: u32) -> Result<(), EncodeError> {
    let (short, long) = (size.width.min(size.height), size.width.max(size.height));
    let even = size.width.is_multiple_of(2) && size.height.is_multiple_of(2);
    if !even || !SHORT_SIDE.contains(&short) || long > LONGEST_SIDE {
        return Err(EncodeError::Size(size));
    }
    if frames == 0 {
        return Err(EncodeError::Empty);
    }
    Ok(())
}

pub(crate) fn encode(source: &dyn FrameSource, settings: &Settings, watch: &JobWatch) -> Result<Video, EncodeError> {
    let ranges = ranges(source.frame_count(), settings.ends_on_key_frame);
    let begun = trial::begin(source, &ranges, settings, watch)?;
    let coded = begun
        .into_par_iter()
        .with_max_len(1)
        .map(|group| group.finished(source, watch))
        .collect::<Result<Vec<_>, _>>()?;
    let Some(first) = coded.first() else {
        return Err(EncodeError::Empty);
    };
    let (mut sps, pps) = first.sets.clone();
    if coded.iter().any(|group| group.sets != first.sets) {
        return Err(EncodeError::Video("groups disagree about their parameters".to_owned()));
    }
    let sizes: Vec<u32> = coded.iter().flat_map(|group| group.sizes.iter().copied()).collect();
    level::raise(&mut sps, &sizes);
    Ok(Video {
        size: source.size(),
        gops: coded,
        sps,
        pps,
    })
}

/// The frames of each group.
fn ranges(frames: u32, ends_on_key_frame: bool) -> Vec<Range<u32>> {
    let mut lengths = gop_lengths(frames);
    // Two key frames in a row would share their idr_pic_id.
    if let Some(last) = lengths.last_mut().filter(|last| ends_on_key_frame && **last > 2) {
        *last -= 1;
        lengths.push(1);
    }
    let mut start = 0;
    let range = |length: u32| {
        let range = start..start + length;
        start = range.end;
        range
    };
    lengths.into_iter().map(range).collect()
}
