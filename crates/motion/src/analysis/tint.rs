//! Colours as people name them: hue, saturation and value (Smith, "Color Gamut Transform Pairs", SIGGRAPH
//! 1978), and how well a colour fits a range of hues.

/// One cell's colour.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tint {
    /// Degrees, 0 to 360: 0 red, 120 green, 240 blue.
    pub(super) hue: f32,
    /// 0 grey to 1 pure.
    pub(super) saturation: f32,
    /// The strongest of red, green and blue, 0 to 1.
    pub(super) value: f32,
}

impl Tint {
    /// Of R'G'B', each 0 to 1.
    pub(super) fn of([red, green, blue]: [f32; 3]) -> Self {
        let value = red.max(green).max(blue);
        let span = value - red.min(green).min(blue);
        if span < 1e-4 {
            return Self {
                hue: 0.0,
                saturation: 0.0,
                value,
            };
        }
        let sixth = if value <= red {
            (green - blue) / span + if green < blue { 6.0 } else { 0.0 }
        } else if value <= green {
            (blue - red) / span + 2.0
        } else {
            (red - green) / span + 4.0
        };
        Self {
            hue: sixth * 60.0,
            saturation: span / value,
            value,
        }
    }

    /// 1 between the hues `from` (from -180) and `to`, fading to 0 over `soft` degrees on both sides.
    pub(super) fn within(&self, from: f32, to: f32, soft: f32) -> f32 {
        let middle = (from + to) / 2.0;
        let straight = (self.hue - middle).abs();
        let away = straight.min(360.0 - straight).abs();
        (1.0 - (away - (to - from) / 2.0) / soft).clamp(0.0, 1.0)
    }

    /// How much it is a colour that skin has, 0 to 1. Many other things have it too.
    pub(super) fn skin(&self) -> f32 {
        self.within(5.0, 30.0, 10.0)
            * ramp(self.saturation, 0.1, 0.25)
            * ramp(self.saturation, 0.75, 0.6)
            * ramp(self.value, 0.3, 0.5)
    }
}

/// 0 below `low` to 1 above `high`, or the other way round where `low` is the larger one; smooth between.
pub(super) fn ramp(value: f32, low: f32, high: f32) -> f32 {
    let share = ((value - low) / (high - low)).clamp(0.0, 1.0);
    share * share * (3.0 - 2.0 * share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hues_have_their_usual_places() {
        let hue = |rgb| Tint::of(rgb).hue;
        assert!((hue([0.0, 1.0, 0.0]) - 120.0).abs() < 1e-3);
        assert!((hue([0.0, 0.0, 0.5]) - 240.0).abs() < 1e-3);
        assert!(hue([0.9, 0.1, 0.12]) > 350.0);
        let red = Tint::of([0.9, 0.1, 0.12]);
        assert_eq!(red.within(-20.0, 20.0, 10.0), 1.0);
        assert_eq!(red.within(100.0, 140.0, 10.0), 0.0);
        assert_eq!(Tint::of([0.3; 3]).saturation, 0.0);
    }
}
