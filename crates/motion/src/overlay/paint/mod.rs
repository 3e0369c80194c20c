//! Drawing into the planes of a frame, with whole numbers and without a memory: luma at full size, chroma at half.

mod disc;
mod stamp;
mod streak;
mod texture;
mod veil;

use domain::media::Frame;

pub(super) use disc::{Disc, Profile};
pub(super) use stamp::Stamp;
pub(super) use streak::Streak;
pub(super) use texture::{Texel, Texture};
pub(super) use veil::{PITCH, Veil};

/// A colour in the terms of the planes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Colour {
    /// 16 to 235.
    pub(super) y: i32,
    /// 16 to 240.
    pub(super) u: i32,
    pub(super) v: i32,
}

impl Colour {
    /// From an sRGB colour as 0xRRGGBB.
    pub(super) fn rgb(code: u32) -> Self {
        let part = |shift: u32| ((code >> shift) & 255) as f32 / 255.0;
        let (red, green, blue) = (part(16), part(8), part(0));
        let luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        Self {
            y: (16.0 + 219.0 * luma).round() as i32,
            u: (128.0 + 224.0 * (blue - luma) / 1.8556).round() as i32,
            v: (128.0 + 224.0 * (red - luma) / 1.5748).round() as i32,
        }
    }

    /// `light` times as bright: below 1 a shade of it, above 1 it goes towards white.
    pub(super) fn lit(self, light: f32) -> Self {
        let luma = (self.y - 16) as f32 * light;
        // A bright colour has less room for chroma.
        let room = if light <= 1.0 { light } else { 1.0 / light };
        let chroma = |value: i32| 128 + ((value - 128) as f32 * room).round() as i32;
        Self {
            y: 16 + (luma.round() as i32).clamp(0, 219),
            u: chroma(self.u),
            v: chroma(self.v),
        }
    }

    pub(super) fn mixed(self, other: Self, share: f32) -> Self {
        let mix = |from: i32, to: i32| from + ((to - from) as f32 * share).round() as i32;
        Self {
            y: mix(self.y, other.y),
            u: mix(self.u, other.u),
            v: mix(self.v, other.v),
        }
    }
}

/// A frame to draw on. Positions are in pixels, their centres at whole numbers.
pub(super) struct Canvas<'f> {
    width: usize,
    height: usize,
    y: &'f mut [u8],
    u: &'f mut [u8],
    v: &'f mut [u8],
}

impl<'f> Canvas<'f> {
    pub(super) fn new(frame: &'f mut Frame) -> Self {
        Self {
            width: frame.size.width as usize,
            height: frame.size.height as usize,
            y: &mut frame.y,
            u: &mut frame.u,
            v: &mut frame.v,
        }
    }

    /// Rows of luma from the top.
    pub(super) fn luma_rows(&mut self) -> impl Iterator<Item = &mut [u8]> {
        self.y.chunks_exact_mut(self.width)
    }

    /// The whole frame's light and colour, multiplied: 0 to 1 each.
    pub(super) fn tone(&mut self, light: f32, colour: f32) {
        let gain = |share: f32| (share.clamp(0.0, 1.0) * 256.0).round() as u16;
        let (light, colour) = (gain(light), gain(colour));
        if light < 256 {
            for value in self.y.iter_mut() {
                let above = u16::from(value.saturating_sub(16));
                *value = 16 + ((above * light + 128) >> 8) as u8;
            }
        }
        if colour < 256 {
            let grey = 128 * (256 - colour) + 128;
            for value in self.u.iter_mut().chain(self.v.iter_mut()) {
                *value = ((u16::from(*value) * colour + grey) >> 8) as u8;
            }
        }
    }
}

/// `value` brought towards `target` by `alpha` 256ths.
fn towards(value: &mut u8, target: i32, alpha: i32) {
    let now = i32::from(*value);
    *value = (now + (((target - now) * alpha + 128) >> 8)) as u8;
}

/// A position of the luma plane in samples of the chroma planes: they lie between the pixels.
fn in_chroma(at: (f32, f32)) -> (f32, f32) {
    ((at.0 - 0.5) / 2.0, (at.1 - 0.5) / 2.0)
}
