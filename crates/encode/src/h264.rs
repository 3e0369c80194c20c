//! Groups of pictures, each rendered and encoded by one thread.

use domain::{
    engine::JobWatch,
    media::{FRAME_RATE, Frame, FrameSource, Size},
};
use openh264::{
    OpenH264API, Timestamp,
    encoder::{
        BitRate, Complexity, EncodedBitStream, Encoder, EncoderConfig, FrameRate, IntraFramePeriod, Profile, QpRange,
        RateControlMode, SpsPpsStrategy, UsageType, VuiConfig,
    },
    formats::YUVSource,
};
use rayon::prelude::*;

use crate::{
    error::EncodeError,
    gop::gop_lengths,
    level,
    settings::{Quantiser, Settings},
};

/// One group of pictures as MP4 stores it: NAL units with 4-byte lengths before them.
pub(crate) struct Gop {
    pub(crate) data: Vec<u8>,
    /// Bytes of each frame, in order; they add up to `data`.
    pub(crate) sizes: Vec<u32>,
}

/// A whole encoded video track.
pub(crate) struct Video {
    pub(crate) size: Size,
    pub(crate) gops: Vec<Gop>,
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
    let mut start = 0;
    let mut lengths = gop_lengths(source.frame_count());
    // Two key frames in a row would share their idr_pic_id.
    if let Some(last) = lengths
        .last_mut()
        .filter(|last| settings.ends_on_key_frame && **last > 2)
    {
        *last -= 1;
        lengths.push(1);
    }
    let ranges: Vec<_> = lengths
        .into_iter()
        .map(|length| {
            let range = start..start + length;
            start = range.end;
            range
        })
        .collect();
    let parts = ranges
        .into_par_iter()
        .with_max_len(1)
        .map(|range| encode_gop(source, range, settings.quantiser, watch))
        .collect::<Result<Vec<_>, _>>()?;
    let Some((_, sets)) = parts.first() else {
        return Err(EncodeError::Empty);
    };
    if parts.iter().any(|(_, other)| other != sets) {
        return Err(EncodeError::Video("groups disagree about their parameters".to_owned()));
    }
    let ParameterSets { mut sps, pps } = sets.clone();
    let gops: Vec<Gop> = parts.into_iter().map(|(gop, _)| gop).collect();
    let sizes: Vec<u32> = gops.iter().flat_map(|gop| gop.sizes.iter().copied()).collect();
    level::raise(&mut sps, &sizes);
    Ok(Video {
        size: source.size(),
        gops,
        sps,
        pps,
    })
}

#[derive(Clone, Default, PartialEq, Eq)]
struct ParameterSets {
    sps: Vec<u8>,
    pps: Vec<u8>,
}

/// A new encoder for each group: one that is told to start over keeps state that shows in the bytes.
fn encode_gop(
    source: &dyn FrameSource,
    range: std::ops::Range<u32>,
    quantiser: Quantiser,
    watch: &JobWatch,
) -> Result<(Gop, ParameterSets), EncodeError> {
    let size = source.size();
    let mut encoder = Encoder::with_api_config(OpenH264API::from_source(), config(size, quantiser))
        .map_err(|error| EncodeError::Video(error.to_string()))?;
    let mut frame = Frame::black(size);
    let mut sets = ParameterSets::default();
    let mut gop = Gop {
        data: Vec::new(),
        sizes: Vec::with_capacity(range.len()),
    };
    for (nth, index) in range.enumerate() {
        if watch.is_cancelled() {
            return Err(EncodeError::Cancelled);
        }
        source.render(index, &mut frame);
        let timestamp = Timestamp::from_millis(nth as u64 * 1000 / u64::from(FRAME_RATE));
        let picture = Planes::of(&frame, size)?;
        let stream = encoder
            .encode_at(&picture, timestamp)
            .map_err(|error| EncodeError::Video(error.to_string()))?;
        append_frame(&stream, &mut gop, &mut sets)?;
        watch.frame_done();
    }
    Ok((gop, sets))
}

/// Low complexity compares candidate predictions by plain differences instead of transformed ones: a fifth
/// less time for 0.0005 of SSIM and 1 % of the bytes; a finer quantiser is the better use of that time.
fn config(size: Size, quantiser: Quantiser) -> EncoderConfig {
    // The rate has no effect but on the level that is announced.
    let bits_per_second = size.width * size.height * 4;
    // This mode moves the quantiser between its two bounds and does nothing else, so equal bounds fix it.
    // The quality mode does the same after an analysis of every frame that costs time and is thrown away.
    let mode = RateControlMode::Bufferbased;
    EncoderConfig::new()
        .profile(Profile::High)
        .usage_type(UsageType::CameraVideoRealTime)
        .complexity(Complexity::Low)
        .rate_control_mode(mode)
        .qp(QpRange::new(quantiser.qp.min(51), quantiser.qp.min(51)))
        .bitrate(BitRate::from_bps(bits_per_second))
        .max_frame_rate(FrameRate::from_hz(FRAME_RATE as f32))
        .intra_frame_period(IntraFramePeriod::from_num_frames(0))
        .sps_pps_strategy(SpsPpsStrategy::ConstantId)
        .scene_change_detect(false)
        .background_detection(false)
        .adaptive_quantization(false)
        .skip_frames(false)
        .num_threads(1)
        .vui(VuiConfig::bt709())
}

/// A frame as the encoder wants it. Checked, because the encoder reads through bare pointers.
struct Planes<'f> {
    frame: &'f Frame,
    width: usize,
    height: usize,
}

impl<'f> Planes<'f> {
    fn of(frame: &'f Frame, size: Size) -> Result<Self, EncodeError> {
        let (width, height) = (size.width as usize, size.height as usize);
        let (luma, chroma) = (width * height, width * height / 4);
        let fits = frame.size == size && frame.y.len() == luma && frame.u.len() == chroma && frame.v.len() == chroma;
        if fits {
            Ok(Self { frame, width, height })
        } else {
            Err(EncodeError::Size(frame.size))
        }
    }
}

impl YUVSource for Planes<'_> {
    fn dimensions(&self) -> (usize, usize) {
        (self.width, self.height)
    }

    fn strides(&self) -> (usize, usize, usize) {
        (self.width, self.width / 2, self.width / 2)
    }

    fn y(&self) -> &[u8] {
        &self.frame.y
    }

    fn u(&self) -> &[u8] {
        &self.frame.u
    }

    fn v(&self) -> &[u8] {
        &self.frame.v
    }
}

/// NAL unit types (H.264, table 7-1).
const SLICE: u8 = 1;
const IDR_SLICE: u8 = 5;
const SPS: u8 = 7;
const PPS: u8 = 8;

/// Parameter sets go beside the track, slices into it; nothing else is needed to decode.
fn append_frame(stream: &EncodedBitStream<'_>, gop: &mut Gop, sets: &mut ParameterSets) -> Result<(), EncodeError> {
    let before = gop.data.len();
    for layer in (0..stream.num_layers()).filter_map(|index| stream.layer(index)) {
        for unit in (0..layer.nal_count()).filter_map(|index| layer.nal_unit(index)) {
            let unit = without_start_code(unit);
            match unit.first().map(|head| head & 0x1f) {
                Some(SPS) => sets.sps = unit.to_vec(),
                Some(PPS) => sets.pps = unit.to_vec(),
                Some(SLICE | IDR_SLICE) => {
                    let length = u32::try_from(unit.len()).map_err(|error| EncodeError::Video(error.to_string()))?;
                    gop.data.extend_from_slice(&length.to_be_bytes());
                    gop.data.extend_from_slice(unit);
                }
                _ => {}
            }
        }
    }
    let length = gop.data.len() - before;
    if length == 0 {
        return Err(EncodeError::Video("a frame was skipped".to_owned()));
    }
    gop.sizes
        .push(u32::try_from(length).map_err(|error| EncodeError::Video(error.to_string()))?);
    Ok(())
}

fn without_start_code(unit: &[u8]) -> &[u8] {
    unit.strip_prefix(&[0, 0, 0, 1])
        .or_else(|| unit.strip_prefix(&[0, 0, 1]))
        .unwrap_or(unit)
}
