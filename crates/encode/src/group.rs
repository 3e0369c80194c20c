//! One group of pictures: a key frame and what is predicted from it, each frame encoded where it is drawn.

use std::ops::Range;

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

use crate::error::EncodeError;

/// A group as MP4 stores it: NAL units with 4-byte lengths before them.
#[derive(Default)]
pub(crate) struct Coded {
    pub(crate) data: Vec<u8>,
    /// Bytes of each frame, in order; they add up to `data`.
    pub(crate) sizes: Vec<u32>,
    /// Sequence and picture parameter set, NAL units without start code.
    pub(crate) sets: (Vec<u8>, Vec<u8>),
}

/// A group that is being encoded. What that takes is there from its first frame on.
pub(crate) struct Group {
    size: Size,
    qp: u8,
    /// Frames that are still to come.
    range: Range<u32>,
    desk: Option<Desk>,
    coded: Coded,
}

struct Desk {
    encoder: Encoder,
    frame: Frame,
}

impl Desk {
    /// A new encoder for each group: one that is told to start over keeps state that shows in the bytes.
    fn new(size: Size, qp: u8) -> Result<Self, EncodeError> {
        let encoder = Encoder::with_api_config(OpenH264API::from_source(), config(size, qp));
        Ok(Self {
            encoder: encoder.map_err(|error| EncodeError::Video(error.to_string()))?,
            frame: Frame::black(size),
        })
    }
}

impl Group {
    pub(crate) fn new(size: Size, range: Range<u32>, qp: u8) -> Self {
        Self {
            size,
            qp,
            range,
            desk: None,
            coded: Coded::default(),
        }
    }

    /// Draws and encodes the next frame, and gives it back as it was drawn; nothing at the end.
    pub(crate) fn advance(&mut self, source: &dyn FrameSource) -> Result<Option<&Frame>, EncodeError> {
        let Some(index) = self.range.next() else {
            return Ok(None);
        };
        let desk = match self.desk.take() {
            Some(desk) => desk,
            None => Desk::new(self.size, self.qp)?,
        };
        let Desk { encoder, frame } = self.desk.insert(desk);
        source.render(index, frame);
        let nth = self.coded.sizes.len() as u64;
        let timestamp = Timestamp::from_millis(nth * 1000 / u64::from(FRAME_RATE));
        let stream = encoder
            .encode_at(&Planes::of(frame, self.size)?, timestamp)
            .map_err(|error| EncodeError::Video(error.to_string()))?;
        append_frame(&stream, &mut self.coded)?;
        Ok(Some(frame))
    }

    /// What was encoded so far.
    pub(crate) fn coded(&self) -> &Coded {
        &self.coded
    }

    /// Draws and encodes what is left. Says every frame to `watch`, those from before as well.
    ///
    /// # Errors
    /// [`EncodeError::Cancelled`] within one frame after `watch.cancel()`; else what the encoder says.
    pub(crate) fn finished(mut self, source: &dyn FrameSource, watch: &JobWatch) -> Result<Coded, EncodeError> {
        self.coded.sizes.iter().for_each(|_| watch.frame_done());
        loop {
            if watch.is_cancelled() {
                return Err(EncodeError::Cancelled);
            }
            if self.advance(source)?.is_none() {
                return Ok(self.coded);
            }
            watch.frame_done();
        }
    }
}

/// Low complexity compares candidate predictions by plain differences instead of transformed ones: a fifth
/// less time for 0.0003 of SSIM and 1 % of the bytes; a finer quantiser is the better use of that time.
fn config(size: Size, qp: u8) -> EncoderConfig {
    // The rate has no effect but on the level that is announced.
    let bits_per_second = size.width * size.height * 4;
    // This mode moves the quantiser between its two bounds and does nothing else, so equal bounds fix it.
    // The quality mode does the same after an analysis of every frame that costs time and is thrown away.
    let mode = RateControlMode::Bufferbased;
    let qp = qp.min(51);
    EncoderConfig::new()
        .profile(Profile::High)
        .usage_type(UsageType::CameraVideoRealTime)
        .complexity(Complexity::Low)
        .rate_control_mode(mode)
        .qp(QpRange::new(qp, qp))
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
fn append_frame(stream: &EncodedBitStream<'_>, coded: &mut Coded) -> Result<(), EncodeError> {
    let before = coded.data.len();
    for layer in (0..stream.num_layers()).filter_map(|index| stream.layer(index)) {
        for unit in (0..layer.nal_count()).filter_map(|index| layer.nal_unit(index)) {
            let unit = without_start_code(unit);
            match unit.first().map(|head| head & 0x1f) {
                Some(SPS) => coded.sets.0 = unit.to_vec(),
                Some(PPS) => coded.sets.1 = unit.to_vec(),
                Some(SLICE | IDR_SLICE) => {
                    let length = u32::try_from(unit.len()).map_err(|error| EncodeError::Video(error.to_string()))?;
                    coded.data.extend_from_slice(&length.to_be_bytes());
                    coded.data.extend_from_slice(unit);
                }
                _ => {}
            }
        }
    }
    let length = coded.data.len() - before;
    if length == 0 {
        return Err(EncodeError::Video("a frame was skipped".to_owned()));
    }
    coded
        .sizes
        .push(u32::try_from(length).map_err(|error| EncodeError::Video(error.to_string()))?);
    Ok(())
}

fn without_start_code(unit: &[u8]) -> &[u8] {
    unit.strip_prefix(&[0, 0, 0, 1])
        .or_else(|| unit.strip_prefix(&[0, 0, 1]))
        .unwrap_or(unit)
}
