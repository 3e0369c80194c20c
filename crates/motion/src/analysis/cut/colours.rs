//! A mixture of Gaussians over colours, as in GrabCut (Rother, Kolmogorov and Blake, SIGGRAPH 2004).

use crate::analysis::palette::{clustered, nearest};

/// Gaussians at most.
const PARTS: usize = 5;
/// Added to variances: noise that no surface is without.
const NOISE: f32 = 4e-4;

#[derive(Debug)]
pub(super) struct Mixture {
    parts: Vec<Part>,
}

#[derive(Debug)]
struct Part {
    mean: [f32; 3],
    /// The inverse covariance: xx, yy, zz, xy, xz, yz.
    inverse: [f32; 6],
    /// Of everything that does not depend on the colour.
    constant: f32,
}

impl Mixture {
    /// Of some colours, R'G'B' from 0 to 1; nothing of too few.
    pub(super) fn of(colours: &[[f32; 3]]) -> Option<Self> {
        if colours.len() < 12 {
            return None;
        }
        let centres = clustered(colours, PARTS);
        let mut sums = vec![[0.0_f64; 10]; centres.len()];
        for colour in colours {
            let [x, y, z] = colour.map(f64::from);
            let terms = [1.0, x, y, z, x * x, y * y, z * z, x * y, x * z, y * z];
            for (sum, term) in sums[nearest(&centres, colour).0].iter_mut().zip(terms) {
                *sum += term;
            }
        }
        let parts = sums.iter().filter(|sum| sum[0] >= 4.0);
        Some(Self {
            parts: parts.map(|sum| Part::of(sum, colours.len())).collect(),
        })
    }

    /// How badly `colour` fits: the negative logarithm of its likelihood.
    pub(super) fn surprise(&self, colour: &[f32; 3]) -> f32 {
        let best = self.parts.iter().map(|part| part.surprise(colour));
        best.fold(40.0, f32::min)
    }
}

impl Part {
    fn of(sum: &[f64; 10], all: usize) -> Self {
        let count = sum[0];
        let mean = [1, 2, 3].map(|at| sum[at] / count);
        let noise = f64::from(NOISE);
        let square = |at: usize, left: usize, right: usize| sum[at] / count - mean[left] * mean[right];
        let (xx, yy, zz) = (
            square(4, 0, 0) + noise,
            square(5, 1, 1) + noise,
            square(6, 2, 2) + noise,
        );
        let (xy, xz, yz) = (square(7, 0, 1), square(8, 0, 2), square(9, 1, 2));
        let determinant = xx * (yy * zz - yz * yz) - xy * (xy * zz - yz * xz) + xz * (xy * yz - yy * xz);
        let determinant = determinant.max(1e-12);
        let inverse = [
            yy * zz - yz * yz,
            xx * zz - xz * xz,
            xx * yy - xy * xy,
            xz * yz - xy * zz,
            xy * yz - xz * yy,
            xy * xz - xx * yz,
        ];
        Self {
            mean: mean.map(|value| value as f32),
            inverse: inverse.map(|value| (value / determinant) as f32),
            constant: (0.5 * determinant.ln() - (count / all as f64).ln()) as f32,
        }
    }

    fn surprise(&self, colour: &[f32; 3]) -> f32 {
        let [x, y, z] = [0, 1, 2].map(|at| colour[at] - self.mean[at]);
        let [xx, yy, zz, xy, xz, yz] = self.inverse;
        let square = xx * x * x + yy * y * y + zz * z * z + 2.0 * (xy * x * y + xz * x * z + yz * y * z);
        0.5 * square + self.constant
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mixture_knows_its_own_colours() {
        let colours: Vec<[f32; 3]> = (0..200)
            .map(|at| {
                let shade = (at % 10) as f32 * 0.01;
                if at % 2 == 0 {
                    [0.8 + shade, 0.1, 0.1]
                } else {
                    [0.1, 0.2 + shade, 0.7]
                }
            })
            .collect();
        let mixture = Mixture::of(&colours).unwrap();
        assert!(mixture.surprise(&[0.84, 0.1, 0.1]) < mixture.surprise(&[0.1, 0.8, 0.1]) - 10.0);
        assert!(mixture.surprise(&[0.1, 0.24, 0.7]) < mixture.surprise(&[0.45, 0.2, 0.4]) - 5.0);
        assert!(Mixture::of(&colours[..5]).is_none());
    }
}
