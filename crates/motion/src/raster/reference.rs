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

/// Of the six samples round a place that lies by `share` after the third: Lanczos' kernel of reach 3, with the sines of
/// sums taken apart, so that three are enough.
fn weights(share: f32) -> [f32; 6] {
    // Sine and cosine of a third of a half turn for each tap from two before to three after.
    const HALF: f32 = 0.866_025_4;
    const THIRDS: [(f32, f32); 6] = [
        (-HALF, -0.5),
        (-HALF, 0.5),
        (0.0, 1.0),
        (HALF, 0.5),
        (HALF, -0.5),
        (0.0, -1.0),
    ];
    let angle = std::f32::consts::PI * share;
    let whole = angle.sin();
    let (sine, cosine) = (angle / 3.0).sin_cos();
    let weights: [f32; 6] = std::array::from_fn(|tap| {
        let distance = tap as f32 - 2.0 - share;
        if distance.abs() < 1e-4 {
            return 1.0;
        }
        let sign = if tap % 2 == 0 { -1.0 } else { 1.0 };
        let third = THIRDS[tap].0 * cosine - THIRDS[tap].1 * sine;
        sign * whole * third * 3.0 / (std::f32::consts::PI * distance).powi(2)
    });
    let sum: f32 = weights.iter().sum();
    weights.map(|weight| weight / sum)
}
