//! Pixels and samples: the plain data that the pure crates pass to one another.

/// Width and height in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Size {
    pub width: u32,
    pub height: u32,
}

/// Frames per second of every clip.
pub const FRAME_RATE: u32 = 24;

/// Samples per second of every soundtrack.
pub const SAMPLE_RATE: u32 = 48_000;

/// An upright, opaque sRGB picture: `rgb` holds `width * height` pixels, row by row, 3 bytes each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub size: Size,
    pub rgb: Vec<u8>,
}

/// An upright sRGB picture that may be seen through: `rgba` holds `width * height` pixels, row by row, 4 bytes each,
/// with straight alpha.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlay {
    pub size: Size,
    pub rgba: Vec<u8>,
}

/// One video frame: planar Y'CbCr 4:2:0, 8 bit, BT.709, limited range. Width and height are even;
/// `y` is `width * height` bytes without padding, `u` and `v` a quarter of that each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    pub size: Size,
    pub y: Vec<u8>,
    pub u: Vec<u8>,
    pub v: Vec<u8>,
}

impl Frame {
    /// A black frame. Odd sides are rounded up to even.
    pub fn black(size: Size) -> Self {
        let size = Size {
            width: size.width.next_multiple_of(2),
            height: size.height.next_multiple_of(2),
        };
        let luma = size.width as usize * size.height as usize;
        Self {
            size,
            y: vec![16; luma],
            u: vec![128; luma / 4],
            v: vec![128; luma / 4],
        }
    }
}

/// Frames that can be rendered in any order and by several threads at once. The same index gives the
/// same bytes, whoever asks.
pub trait FrameSource: Sync {
    /// Width and height of every frame, both even.
    fn size(&self) -> Size;

    /// How many frames there are; indices run from 0.
    fn frame_count(&self) -> u32;

    /// Draws frame `index` over whatever `frame` (of [`FrameSource::size`]) holds.
    fn render(&self, index: u32, frame: &mut Frame);
}

/// Sound: 48 kHz stereo, left and right interleaved, nominal range -1 to 1.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pcm {
    pub samples: Vec<f32>,
}
