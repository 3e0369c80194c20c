//! The inner loop: runs of pixels along a straight line through a sheet of samples, in 16.16 fixed point.

use super::{enlarge::Plane, grid::CELL};

/// Pixels of a whole cell in a plane of half the size.
const HALF: usize = CELL / 2;

/// Samples with one more column and row than the picture has, so that the right and lower neighbour of
/// every position within bounds exists.
#[derive(Debug)]
pub(super) struct Sheet {
    samples: Vec<u8>,
    stride: usize,
    channels: usize,
    /// Largest position in 16.16.
    most: (i32, i32),
    /// Sample position = picture position * `scale` + `offset`; pixel centres are whole numbers.
    scale: f32,
    offset: f32,
}

/// A position in a sheet, or a step, in 16.16.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fixed {
    pub(super) x: i32,
    pub(super) y: i32,
}

impl Fixed {
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            x: self.x.wrapping_add(other.x),
            y: self.y.wrapping_add(other.y),
        }
    }

    pub(super) fn minus(self, other: Self) -> Self {
        Self {
            x: self.x.wrapping_sub(other.x),
            y: self.y.wrapping_sub(other.y),
        }
    }

    /// Divided by a power of two.
    pub(super) fn shifted(self, bits: u32) -> Self {
        Self {
            x: self.x >> bits,
            y: self.y >> bits,
        }
    }
}

impl Sheet {
    pub(super) fn new(plane: Plane, scale: f32, offset: f32) -> Self {
        let Plane {
            width,
            height,
            channels,
            samples,
        } = plane;
        let stride = (width + 1) * channels;
        let mut padded = Vec::with_capacity(stride * (height + 1));
        let mut push_row = |row: &[u8]| {
            padded.extend_from_slice(row);
            padded.extend_from_slice(&row[row.len() - channels..]);
        };
        samples.chunks_exact(width * channels).for_each(&mut push_row);
        push_row(&samples[(height - 1) * width * channels..]);
        Self {
            samples: padded,
            stride,
            channels,
            most: (((width - 1) << 16) as i32, ((height - 1) << 16) as i32),
            scale,
            offset,
        }
    }

    /// Where a picture position (pixel centres are whole numbers) lies among the samples.
    pub(super) fn position(&self, x: f32, y: f32) -> Fixed {
        // Sides are at most 8192 pixels and positions were kept within three frames' widths, so this
        // stays below 2^31.
        let fixed = |value: f32| ((value * self.scale + self.offset) * 65536.0) as i32;
        Fixed {
            x: fixed(x),
            y: fixed(y),
        }
    }

    /// The first channel's sample at a picture position.
    pub(super) fn nearest(&self, x: f32, y: f32) -> f32 {
        let at = self.clamped(self.position(x, y));
        let index = ((at.y + 0x8000) >> 16) as usize * self.stride + ((at.x + 0x8000) >> 16) as usize * self.channels;
        self.samples.get(index).map_or(0.0, |value| f32::from(*value))
    }

    /// Every position from `start` in `length` steps lies within bounds: a line does when its ends do.
    fn holds(&self, start: Fixed, step: Fixed, length: usize) -> bool {
        let last = length.saturating_sub(1) as i32;
        let within = |from: i32, step: i32, most: i32| {
            let to = from.wrapping_add(step.wrapping_mul(last));
            from >= 0 && to >= 0 && from <= most && to <= most
        };
        within(start.x, step.x, self.most.0) && within(start.y, step.y, self.most.1)
    }

    pub(super) fn clamped(&self, at: Fixed) -> Fixed {
        Fixed {
            x: at.x.clamp(0, self.most.0),
            y: at.y.clamp(0, self.most.1),
        }
    }

    /// Fills `output` from a sheet of one channel.
    pub(super) fn luma_span(&self, start: Fixed, step: Fixed, output: &mut [u8]) {
        debug_assert_eq!(self.channels, 1);
        if !self.holds(start, step, output.len()) {
            walk(start, step, output, |at| self.luma(self.clamped(at)));
        } else if let Ok(whole) = <&mut [u8; CELL]>::try_from(&mut *output) {
            self.luma_run(start, step, whole);
        } else {
            walk(start, step, output, |at| self.luma(at));
        }
    }

    /// Fills `u` and `v`, of the same length, from a sheet of two channels.
    pub(super) fn chroma_span(&self, start: Fixed, step: Fixed, u: &mut [u8], v: &mut [u8]) {
        debug_assert_eq!(self.channels, 2);
        if !self.holds(start, step, u.len()) {
            walk_both(start, step, u, v, |at| self.chroma(self.clamped(at)));
        } else if let (Ok(u), Ok(v)) = (
            <&mut [u8; HALF]>::try_from(&mut *u),
            <&mut [u8; HALF]>::try_from(&mut *v),
        ) {
            self.chroma_run(start, step, u, v);
        } else {
            walk_both(start, step, u, v, |at| self.chroma(at));
        }
    }

    /// A whole cell's width within bounds. Loading comes first and arithmetic after it, because only the
    /// arithmetic can go many pixels at a time; the result is that of `luma`.
    fn luma_run(&self, start: Fixed, step: Fixed, output: &mut [u8; CELL]) {
        let (mut top, mut bottom) = ([0; CELL], [0; CELL]);
        let mut at = start;
        for (top, bottom) in top.iter_mut().zip(&mut bottom) {
            let index = self.index(at);
            (*top, *bottom) = (self.pair(index), self.pair(index + self.stride));
            at = at.plus(step);
        }
        let mut at = start;
        for ((output, top), bottom) in output.iter_mut().zip(top).zip(bottom) {
            let share = Share::of(at);
            *output = share.blend([top & 0xff, top >> 8], [bottom & 0xff, bottom >> 8]);
            at = at.plus(step);
        }
    }

    /// As `luma_run`, for two channels.
    fn chroma_run(&self, start: Fixed, step: Fixed, u: &mut [u8; HALF], v: &mut [u8; HALF]) {
        let (mut top, mut bottom) = ([0; HALF], [0; HALF]);
        let mut at = start;
        for (top, bottom) in top.iter_mut().zip(&mut bottom) {
            let index = self.index(at);
            (*top, *bottom) = (self.quad(index), self.quad(index + self.stride));
            at = at.plus(step);
        }
        let mut at = start;
        for (((u, v), top), bottom) in u.iter_mut().zip(v).zip(top).zip(bottom) {
            let share = Share::of(at);
            let channel = |quad: u32, bits: u32| [(quad >> bits) as u16 & 0xff, (quad >> (bits + 16)) as u16 & 0xff];
            *u = share.blend(channel(top, 0), channel(bottom, 0));
            *v = share.blend(channel(top, 8), channel(bottom, 8));
            at = at.plus(step);
        }
    }

    /// Where the upper left of the four samples round `at` lies.
    #[inline(always)]
    fn index(&self, at: Fixed) -> usize {
        (at.y >> 16) as usize * self.stride + (at.x >> 16) as usize * self.channels
    }

    /// `at` is within bounds.
    #[inline(always)]
    pub(super) fn luma(&self, at: Fixed) -> u8 {
        let index = self.index(at);
        let top = self.pair(index);
        let bottom = self.pair(index + self.stride);
        let spread = |pair: u16| (u32::from(pair) | u32::from(pair) << 8) & 0x00ff_00ff;
        blend(spread(top), spread(bottom), fraction(at.x), fraction(at.y))
    }

    /// `at` is within bounds.
    #[inline(always)]
    pub(super) fn chroma(&self, at: Fixed) -> (u8, u8) {
        let index = self.index(at);
        let top = self.quad(index);
        let bottom = self.quad(index + self.stride);
        let (x, y) = (fraction(at.x), fraction(at.y));
        (
            blend(top & 0x00ff_00ff, bottom & 0x00ff_00ff, x, y),
            blend((top >> 8) & 0x00ff_00ff, (bottom >> 8) & 0x00ff_00ff, x, y),
        )
    }

    /// Two neighbouring bytes, the first one lowest.
    #[inline(always)]
    #[expect(unsafe_code, reason = "checked indexing costs a sixth of the whole rendering time")]
    fn pair(&self, index: usize) -> u16 {
        debug_assert!(index + 2 <= self.samples.len());
        // SAFETY: callers pass positions from 0 to `most` in both directions (`holds` was true or the position
        // was clamped), and the samples go on for one column and one row beyond `most`.
        unsafe { self.samples.as_ptr().add(index).cast::<u16>().read_unaligned() }.to_le()
    }

    /// Four neighbouring bytes, the first one lowest.
    #[inline(always)]
    #[expect(unsafe_code, reason = "checked indexing costs a sixth of the whole rendering time")]
    fn quad(&self, index: usize) -> u32 {
        debug_assert!(index + 4 <= self.samples.len());
        // SAFETY: as for `pair`, with two channels to each sample.
        unsafe { self.samples.as_ptr().add(index).cast::<u32>().read_unaligned() }.to_le()
    }
}

/// How much the right and the lower neighbour count, in 256ths.
struct Share {
    right: u16,
    lower: u16,
}

impl Share {
    #[inline(always)]
    fn of(at: Fixed) -> Self {
        Self {
            right: (at.x >> 8) as u16 & 0xff,
            lower: (at.y >> 8) as u16 & 0xff,
        }
    }

    /// Bilinear; each row is its left and its right sample.
    #[inline(always)]
    fn blend(&self, top: [u16; 2], bottom: [u16; 2]) -> u8 {
        let column = |top: u16, bottom: u16| u32::from(top * (256 - self.lower) + bottom * self.lower);
        let [left, right] = [column(top[0], bottom[0]), column(top[1], bottom[1])];
        let sum = left * u32::from(256 - self.right) + right * u32::from(self.right);
        ((sum + 0x8000) >> 16) as u8
    }
}

#[inline(always)]
fn walk(start: Fixed, step: Fixed, output: &mut [u8], sample: impl Fn(Fixed) -> u8) {
    let mut at = start;
    for value in output {
        *value = sample(at);
        at = at.plus(step);
    }
}

#[inline(always)]
fn walk_both(start: Fixed, step: Fixed, u: &mut [u8], v: &mut [u8], sample: impl Fn(Fixed) -> (u8, u8)) {
    let mut at = start;
    for (u, v) in u.iter_mut().zip(v) {
        (*u, *v) = sample(at);
        at = at.plus(step);
    }
}

/// The share of the right or lower neighbour, in 256ths.
#[inline(always)]
fn fraction(value: i32) -> u32 {
    (value as u32 >> 8) & 0xff
}

/// Bilinear: each row holds its left sample in bits 0 to 7 and its right one in bits 16 to 23, so that one
/// multiplication serves both.
#[inline(always)]
fn blend(top: u32, bottom: u32, x: u32, y: u32) -> u8 {
    let column = top * (256 - y) + bottom * y;
    (((column & 0xffff) * (256 - x) + (column >> 16) * x + 0x8000) >> 16) as u8
}
