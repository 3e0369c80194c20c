//! The slow and best way to draw: no grid, no fixed point, every pixel the mean of many samples that are
//! interpolated by Lanczos. What the fast way is measured against.

use domain::media::Size;
use rayon::prelude::*;

use super::pyramid::Pyramid;

const REACH: isize = 3;

/// Luma of a frame, row by row, with `factor` times `factor` samples in each pixel.
pub(crate) fn supersampled(
    pyramid: &Pyramid,
    source: impl Fn((f32, f32)) -> (f32, f32) + Sync,
    size: Size,
    factor: u32,
) -> Vec<f32> {
    let (width, height) = (size.width as usize, size.height as usize);
    let factor = factor.max(1);
    let offset = |index: u32| (index as f32 + 0.5) / factor as f32 - 0.5;
    let mut luma = vec![0.0; width * height];
    luma.par_chunks_mut(width).enumerate().for_each(|(y, row)| {
        for (x, value) in row.iter_mut().enumerate() {
            let mut sum = 0.0;
            for sample in 0..factor * factor {
                let at = (x as f32 + offset(sample % factor), y as f32 + offset(sample / factor));
                sum += interpolated(pyramid, source(at), size);
            }
            *value = sum / (factor * factor) as f32;
        }
    });
    luma
}

fn interpolated(pyramid: &Pyramid, (x, y): (f32, f32), size: Size) -> f32 {
    let (left, top) = (x.floor(), y.floor());
    let weights = |share: f32| -> [f32; 6] {
        let weights: [f32; 6] = std::array::from_fn(|tap| lanczos(tap as f32 - 2.0 - share));
        let sum: f32 = weights.iter().sum();
        weights.map(|weight| weight / sum)
    };
    let (across, down) = (weights(x - left), weights(y - top));
    let inside = |value: isize, length: u32| value.clamp(0, length as isize - 1) as usize;
    let mut sum = 0.0;
    for (row, down) in (0..).zip(down) {
        let y = inside(top as isize + row - (REACH - 1), size.height);
        for (column, across) in (0..).zip(across) {
            let x = inside(left as isize + column - (REACH - 1), size.width);
            sum += across * down * pyramid.fitted_luma(x, y);
        }
    }
    sum
}

fn lanczos(distance: f32) -> f32 {
    let reach = REACH as f32;
    if distance.abs() < 1e-6 {
        return 1.0;
    }
    if distance.abs() >= reach {
        return 0.0;
    }
    let angle = std::f32::consts::PI * distance;
    reach * angle.sin() * (angle / reach).sin() / (angle * angle)
}
