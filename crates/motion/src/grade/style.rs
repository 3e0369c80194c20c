//! What a look changes, in numbers.

/// How much of the picture's colour is left in shadows, in the middle and in highlights, and what they take on: Cb and Cr
/// in 8-bit codes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Tones {
    pub(super) saturation: [f32; 3],
    pub(super) tint: [(f32, f32); 3],
    /// Cb and Cr before that: Cb from Cb, Cb from Cr, Cr from Cb, Cr from Cr.
    pub(super) hue: [f32; 4],
}

/// What the sky takes more than the rest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sky {
    pub(super) gain: f32,
    pub(super) tint: (f32, f32),
}

/// A look at full strength.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    /// Luma that 0, 1/4, 1/2, 3/4 and 1 become. Ascending.
    pub(super) curve: [f32; 5],
    pub(super) tones: Tones,
    /// By how much the corners are darker, 0 to 1.
    pub(super) vignette: f32,
    /// How much light spreads from bright places, 0 to 1.
    pub(super) bloom: f32,
    /// How much light ripples over everything, 0 to 1.
    pub(super) caustics: f32,
    pub(super) sky: Sky,
    /// Comes over the whole stretch, as daylight changes, not at once.
    pub(super) slow: bool,
}

impl Style {
    /// For a picture of this mean luma, 0 to 1: what is dark already is not made as much darker, and what is bright all over
    /// does not shine.
    pub(super) fn suited(mut self, brightness: f32) -> Self {
        let room = ((brightness - 0.1) / 0.3).clamp(0.3, 1.0);
        let darker = |value: f32, plain: f32| {
            if value < plain {
                plain + (value - plain) * room
            } else {
                value
            }
        };
        for (point, value) in self.curve.iter_mut().enumerate() {
            *value = darker(*value, point as f32 / 4.0);
        }
        self.vignette *= room;
        self.sky.gain = darker(self.sky.gain, 1.0);
        self.bloom *= (1.35 - brightness).clamp(0.4, 1.0);
        self
    }
}

/// Luma below which all is shadow, in the middle, and above which all is highlight; between them it is mixed.
const ZONES: [f32; 3] = [0.04, 0.46, 0.94];

/// The value at `luma` of three that belong to the zones.
pub(super) fn by_zone(values: [f32; 3], luma: f32) -> f32 {
    let [low, middle, high] = ZONES;
    let [shadow, mid, light] = values;
    if luma < middle {
        let share = ((luma - low) / (middle - low)).max(0.0);
        shadow + (mid - shadow) * share
    } else {
        let share = ((luma - middle) / (high - middle)).min(1.0);
        mid + (light - mid) * share
    }
}

/// The curve's value at `luma`, 0 to 1: a cubic through its points that never overshoots them (Fritsch and Carlson, 1980).
pub(super) fn on_curve(curve: &[f32; 5], luma: f32) -> f32 {
    let at = luma.clamp(0.0, 1.0) * 4.0;
    let cell = (at as usize).min(3);
    let t = at - cell as f32;
    let rise = |cell: usize| curve[cell + 1] - curve[cell];
    let slope = |point: usize| match point {
        0 => rise(0),
        4 => rise(3),
        _ => {
            let (before, after) = (rise(point - 1), rise(point));
            // The harmonic mean keeps the cubic between its points.
            if before * after <= 0.0 {
                0.0
            } else {
                2.0 * before * after / (before + after)
            }
        }
    };
    let (from, to) = (curve[cell], curve[cell + 1]);
    let (square, cube) = (t * t, t * t * t);
    from * (2.0 * cube - 3.0 * square + 1.0)
        + to * (3.0 * square - 2.0 * cube)
        + slope(cell) * (cube - 2.0 * square + t)
        + slope(cell + 1) * (cube - square)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_meets_its_points_and_never_falls() {
        let curve = [0.0, 0.09, 0.2, 0.4, 0.8];
        for (point, value) in curve.iter().enumerate() {
            assert!((on_curve(&curve, point as f32 / 4.0) - value).abs() < 1e-6);
        }
        let values: Vec<f32> = (0..=300).map(|step| on_curve(&curve, step as f32 / 300.0)).collect();
        assert!(values.windows(2).all(|pair| pair[1] >= pair[0]));
    }

    #[test]
    fn a_dark_picture_keeps_its_light() {
        let night = super::super::looks::style(domain::recipe::Look::Night);
        let (bright, dark) = (night.suited(0.6), night.suited(0.12));
        let pairs = bright.curve.iter().zip(&night.curve);
        assert!(pairs.into_iter().all(|(left, right)| (left - right).abs() < 1e-6));
        assert!((0..4).all(|point| dark.curve[point + 1] > dark.curve[point]));
        assert!(dark.curve[2] > 0.35 && dark.sky.gain > night.sky.gain);
    }

    #[test]
    fn zones_pass_into_one_another() {
        let values = [0.0, 1.0, 3.0];
        assert_eq!(by_zone(values, 0.0), 0.0);
        assert_eq!(by_zone(values, 0.46), 1.0);
        assert_eq!(by_zone(values, 1.0), 3.0);
        assert!((by_zone(values, 0.7) - 2.0).abs() < 1e-5);
    }
}
