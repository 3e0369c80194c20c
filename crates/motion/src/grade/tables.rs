//! A style at one moment, as tables that are read pixel by pixel.

use super::style::{Style, by_zone, on_curve};

/// Bits below one luma code in the luma table.
pub(super) const LUMA_FRACTION: u32 = 6;
/// Bits below one chroma code in tints.
pub(super) const TINT_FRACTION: u32 = 4;
/// Bits below one in factors.
pub(super) const FACTOR_FRACTION: u32 = 14;

const BLACK: f32 = 16.0;
const RANGE: f32 = 219.0;

/// By the luma of the source, as a code.
#[derive(Debug)]
pub(super) struct Tables {
    /// Codes above black.
    pub(super) luma: [i16; 256],
    /// Factor of chroma, tint of Cb, tint of Cr, and how much of the sky's tint it takes: dark skies take less.
    pub(super) chroma: [[i16; 4]; 256],
    /// As in [`super::style::Tones`].
    pub(super) hue: [i16; 4],
}

impl Tables {
    /// `amount`: 0 nothing, 1 the style itself, above it more of it.
    pub(super) fn new(style: &Style, amount: f32) -> Self {
        let mut luma = [0; 256];
        let mut chroma = [[0; 4]; 256];
        let mut least = i16::MIN;
        for (code, (luma, chroma)) in luma.iter_mut().zip(&mut chroma).enumerate() {
            let from = (code as f32 - BLACK) / RANGE;
            let to = from + amount * (beyond(&style.curve, from) - from);
            // Blacker than black and whiter than white stay what they are; more than the whole style must not turn a curve round.
            let value = fixed(to.clamp(from.min(0.0), from.max(1.0)) * RANGE, LUMA_FRACTION).max(least);
            (*luma, least) = (value, value);
            // What gets darker keeps about its saturation, not its colour difference.
            let darker = (to.max(0.0) + 0.02) / (from.max(0.0) + 0.02);
            let kept = darker.clamp(0.0, 1.0).powf(0.6);
            let factor = kept * (1.0 + amount * (by_zone(style.tones.saturation, from) - 1.0)).clamp(0.0, 1.9);
            let tint =
                |pick: fn((f32, f32)) -> f32| fixed(amount * by_zone(style.tones.tint.map(pick), from), TINT_FRACTION);
            *chroma = [
                fixed(factor, FACTOR_FRACTION),
                tint(|tint| tint.0),
                tint(|tint| tint.1),
                0,
            ];
        }
        let [uu, uv, vu, vv] = style.tones.hue;
        let hue = [
            1.0 + amount * (uu - 1.0),
            amount * uv,
            amount * vu,
            1.0 + amount * (vv - 1.0),
        ];
        Self {
            luma,
            chroma,
            hue: hue.map(|value| fixed(value.clamp(-1.9, 1.9), FACTOR_FRACTION)),
        }
    }
}

/// The curve, going on straight outside of black and white.
fn beyond(curve: &[f32; 5], luma: f32) -> f32 {
    on_curve(curve, luma) + luma.min(0.0) + (luma - 1.0).max(0.0)
}

pub(super) fn fixed(value: f32, bits: u32) -> i16 {
    (value * (1 << bits) as f32).round() as i16
}
