//! Where something is heard: as it stands in the frame.

use crate::{
    random::Random,
    stereo::Stereo,
    wave::{cosine, sine},
};

/// Ears hear the frame's edges a little within the loudspeakers.
const EDGE: f32 = 0.85;

/// A stretch of the panorama.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Panorama {
    /// -1 left to 1 right.
    centre: f32,
    /// 0 a point to 1 all of it.
    width: f32,
}

impl Panorama {
    /// `place` and `width` as shares of the frame's width; what is no number is in the middle and wide.
    pub(crate) fn new(place: f32, width: f32) -> Self {
        let or = |value: f32, other: f32| if value.is_finite() { value } else { other };
        Self {
            centre: EDGE * (2.0 * or(place, 0.5).clamp(0.0, 1.0) - 1.0),
            width: or(width, 1.0).clamp(0.0, 1.0),
        }
    }

    /// A place within it, from its left end, -1, to its right, 1.
    pub(crate) fn at(&self, spread: f32) -> f32 {
        (self.centre + spread * self.width).clamp(-1.0, 1.0)
    }

    /// Any place within it.
    pub(crate) fn anywhere(&self, random: &mut Random) -> f32 {
        self.at(random.noise())
    }

    /// A bed whose sides differ, as wide as the stretch is and round its middle.
    pub(crate) fn bed(&self, mut sound: Stereo) -> Stereo {
        let turns = f64::from(self.centre + 1.0) / 8.0;
        let even = std::f32::consts::SQRT_2;
        let (left_gain, right_gain) = (even * cosine(turns) as f32, even * sine(turns) as f32);
        for (left, right) in sound.left.iter_mut().zip(&mut sound.right) {
            let (middle, side) = (0.5 * (*left + *right), 0.5 * self.width * (*left - *right));
            (*left, *right) = (left_gain * (middle + side), right_gain * (middle - side));
        }
        sound
    }
}

/// Adds a short sound at a place.
pub(crate) fn strike(sum: &mut Stereo, start: usize, mono: &[f32], pan: f32, level: f32) {
    sum.add(start, &Stereo::panned(mono, pan), level);
}
