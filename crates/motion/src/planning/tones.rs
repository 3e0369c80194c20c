//! What a picture's dominant colours are like.

use crate::analysis::Tone;

#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Tones {
    /// -1 blue to 1 red: how much more red than blue there is.
    pub(super) warmth: f32,
    /// 0 grey to 1 pure.
    pub(super) saturation: f32,
}

impl Tones {
    pub(super) fn of(palette: &[Tone]) -> Self {
        let mut tones = Self::default();
        for tone in palette {
            let [red, green, blue] = tone.rgb.map(|value| f32::from(value) / 255.0);
            let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
            tones.warmth += tone.share * (red - blue);
            tones.saturation += tone.share * (most - least) / most.max(0.05);
        }
        tones
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warm_and_cool_and_grey_are_told_apart() {
        let of = |rgb| Tones::of(&[Tone { rgb, share: 1.0 }]);
        assert!(of([220, 140, 60]).warmth > 0.5 && of([40, 80, 200]).warmth < -0.5);
        assert_eq!(of([90, 90, 90]), Tones::default());
        assert!(of([200, 0, 0]).saturation > 0.99);
    }
}
