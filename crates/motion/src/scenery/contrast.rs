//! How much contrast a picture loses where two displaced copies of it are mixed: what is alike in both keeps it, the rest
//! loses up to three tenths. Known beforehand, the loss can be made good, and fading is no longer seen as a pulse (the
//! idea of variance-preserving blending: Heitz and Neyret, "High-performance by-example noise", 2018).

use domain::media::Frame;

/// Pixels between samples, and samples to each side of the middle.
const STEP: isize = 3;
const REACH: isize = 4;

#[derive(Debug)]
pub(super) struct Contrast<'p> {
    pub(super) planes: &'p Frame,
}

/// Standard deviation of luma, in grey levels, of a place rich in detail.
const RICH: f32 = 14.0;

impl<'p> Contrast<'p> {
    pub(super) fn new(planes: &'p Frame) -> Self {
        Self { planes }
    }

    fn luma(&self, x: isize, y: isize) -> f32 {
        let (width, height) = (self.planes.size.width as isize, self.planes.size.height as isize);
        let (x, y) = (x.clamp(0, width - 1), y.clamp(0, height - 1));
        self.planes
            .y
            .get((y * width + x) as usize)
            .map_or(0.0, |value| f32::from(*value))
    }

    /// Mean luma round `at`, and the correlation of what is there with what is `apart` from it: 0 nothing in common to 1
    /// the same.
    pub(super) fn look(&self, at: (f32, f32), apart: (f32, f32)) -> [f32; 2] {
        let (x, y) = (at.0.round() as isize, at.1.round() as isize);
        let (right, down) = (apart.0.round() as isize, apart.1.round() as isize);
        let (mut here, mut there) = (0.0, 0.0);
        let (mut square_here, mut square_there, mut product) = (0.0, 0.0, 0.0);
        for row in -REACH..=REACH {
            for column in -REACH..=REACH {
                let (x, y) = (x + column * STEP, y + row * STEP);
                let (one, other) = (self.luma(x, y), self.luma(x + right, y + down));
                here += one;
                there += other;
                square_here += one * one;
                square_there += other * other;
                product += one * other;
            }
        }
        let count = ((2 * REACH + 1) * (2 * REACH + 1)) as f32;
        let variance = |square: f32, sum: f32| (square - sum * sum / count).max(0.0) / count;
        let covariance = (product - here * there / count) / count;
        // Flat places and grain count as alike: there is nothing to make good.
        let spread = (variance(square_here, here) * variance(square_there, there)).sqrt() + 2.0;
        [
            (here + there) / (2.0 * count),
            ((covariance + 2.0) / spread).clamp(0.0, 1.0),
        ]
    }

    /// How rich in detail the picture is round `at`: 0 flat to 1.
    pub(super) fn detail(&self, at: (f32, f32)) -> f32 {
        let (x, y) = (at.0.round() as isize, at.1.round() as isize);
        let (mut sum, mut squares) = (0.0, 0.0);
        for row in -REACH..=REACH {
            for column in -REACH..=REACH {
                let luma = self.luma(x + column * STEP, y + row * STEP);
                sum += luma;
                squares += luma * luma;
            }
        }
        let count = ((2 * REACH + 1) * (2 * REACH + 1)) as f32;
        let variance = (squares / count - (sum / count) * (sum / count)).max(0.0);
        (variance.sqrt() / RICH).min(1.0)
    }
}
