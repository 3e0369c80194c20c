//! The inner loop: runs of pixels along a straight line through a sheet of samples, in 16.16 fixed point.

use super::enlarge::Plane;

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

impl Sheet {
    pub(super) fn new(plane: Plane, scale: f32, offset: f32) -> Self {
        let Plane {
            width,
            height,
            channels,
            samples,
        } = plane;
        let stride = (width + 1) * channels;
        let mut padded = Vec::with_capacity(stride * (height + 1) + 4);
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

    /// Every position from `start` in `length` steps lies within bounds: a line does when its ends do.
    fn holds(&self, start: Fixed, step: Fixed, length: usize) -> bool {
        let last = length.saturating_sub(1) as i32;
        let within = |from: i32, step: i32, most: i32| {
            let to = from.wrapping_add(step.wrapping_mul(last));
            from >= 0 && to >= 0 && from <= most && to <= most
        };
        within(start.x, step.x, self.most.0) && within(start.y, step.y, self.most.1)
    }

    fn clamped(&self, at: Fixed) -> Fixed {
        Fixed {
            x: at.x.clamp(0, self.most.0),
            y: at.y.clamp(0, self.most.1),
        }
    }

    /// Fills `output` from a sheet of one channel.
    pub(super) fn luma_span(&self, start: Fixed, step: Fixed, output: &mut [u8]) {
        debug_assert_eq!(self.channels, 1);
        let mut at = start;
        if self.holds(start, step, output.len()) {
            for value in output {
                *value = self.luma(at);
                at = Fixed {
                    x: at.x + step.x,
                    y: at.y + step.y,
                };
            }
        } else {
            for value in output {
                *value = self.luma(self.clamped(at));
                at = Fixed {
                    x: at.x.wrapping_add(step.x),
                    y: at.y.wrapping_add(step.y),
                };
            }
        }
    }

    /// Fills `u` and `v`, of the same length, from a sheet of two channels.
    pub(super) fn chroma_span(&self, start: Fixed, step: Fixed, u: &mut [u8], v: &mut [u8]) {
        debug_assert_eq!(self.channels, 2);
        let mut at = start;
        if self.holds(start, step, u.len()) {
            for (u, v) in u.iter_mut().zip(v) {
                (*u, *v) = self.chroma(at);
                at = Fixed {
                    x: at.x + step.x,
                    y: at.y + step.y,
                };
            }
        } else {
            for (u, v) in u.iter_mut().zip(v) {
                (*u, *v) = self.chroma(self.clamped(at));
                at = Fixed {
                    x: at.x.wrapping_add(step.x),
                    y: at.y.wrapping_add(step.y),
                };
            }
        }
    }

    /// `at` is within bounds.
    #[inline(always)]
    fn luma(&self, at: Fixed) -> u8 {
        let index = (at.y >> 16) as usize * self.stride + (at.x >> 16) as usize;
        let top = self.pair(index);
        let bottom = self.pair(index + self.stride);
        let spread = |pair: u16| (u32::from(pair) | u32::from(pair) << 8) & 0x00ff_00ff;
        blend(spread(top), spread(bottom), fraction(at.x), fraction(at.y))
    }

    /// `at` is within bounds.
    #[inline(always)]
    fn chroma(&self, at: Fixed) -> (u8, u8) {
        let index = (at.y >> 16) as usize * self.stride + (at.x >> 16) as usize * 2;
        let top = self.quad(index);
        let bottom = self.quad(index + self.stride);
        let (x, y) = (fraction(at.x), fraction(at.y));
        (
            blend(top & 0x00ff_00ff, bottom & 0x00ff_00ff, x, y),
            blend((top >> 8) & 0x00ff_00ff, (bottom >> 8) & 0x00ff_00ff, x, y),
        )
    }

    #[inline(always)]
    fn pair(&self, index: usize) -> u16 {
        match self.samples.get(index..index + 2) {
            Some(&[left, right]) => u16::from_le_bytes([left, right]),
            _ => 0,
        }
    }

    #[inline(always)]
    fn quad(&self, index: usize) -> u32 {
        match self.samples.get(index..index + 4) {
            Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
            _ => 0,
        }
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
