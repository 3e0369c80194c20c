//! Structural similarity of two pictures.

use domain::media::Size;

/// Sums over a block of 4 by 4 samples of two planes.
#[derive(Clone, Copy, Default)]
struct Sums {
    one: u32,
    other: u32,
    /// Of both planes' squares.
    squares: u32,
    products: u32,
}

impl Sums {
    /// Of the first block of two planes, each with the distance of its rows.
    fn of((one, width): (&[u8], usize), (other, stride): (&[u8], usize)) -> Self {
        let mut sums = Self::default();
        for (one, other) in one.chunks(width).zip(other.chunks(stride)).take(BLOCK) {
            for (one, other) in one.iter().zip(other).take(BLOCK) {
                let (one, other) = (u32::from(*one), u32::from(*other));
                sums.one += one;
                sums.other += other;
                sums.squares += one * one + other * other;
                sums.products += one * other;
            }
        }
        sums
    }

    fn plus(self, other: Self) -> Self {
        Self {
            one: self.one + other.one,
            other: self.other + other.other,
            squares: self.squares + other.squares,
            products: self.products + other.products,
        }
    }

    /// Of a window of four blocks.
    fn similarity(self) -> f64 {
        let count = (4 * BLOCK * BLOCK) as f64;
        let (one, other) = (f64::from(self.one), f64::from(self.other));
        // The usual constants, for sums instead of means.
        let (c1, c2) = (
            (0.01_f64 * 255.0).powi(2) * count * count,
            (0.03_f64 * 255.0).powi(2) * count * (count - 1.0),
        );
        let variances = f64::from(self.squares) * count - one * one - other * other;
        let covariance = f64::from(self.products) * count - one * other;
        (2.0 * one * other + c1) * (2.0 * covariance + c2) / ((one * one + other * other + c1) * (variances + c2))
    }
}

const BLOCK: usize = 4;

/// Mean structural similarity of a plane of `size` and another whose rows are `stride` samples apart, -1 to 1: 1 for
/// equal ones. Windows of 8 by 8 samples, four apart, all samples of a window alike, as ffmpeg's `ssim` takes it. 1 for
/// planes smaller than a window.
///
/// Source: Wang, Bovik, Sheikh, Simoncelli, "Image quality assessment: from error visibility to structural similarity",
/// IEEE Transactions on Image Processing 13 (4), 2004.
pub(crate) fn similarity(one: &[u8], (other, stride): (&[u8], usize), size: Size) -> f64 {
    let width = size.width as usize;
    let row_of_blocks = |(one, other): (&[u8], &[u8])| -> Vec<Sums> {
        let columns = (0..width / BLOCK).map(|column| column * BLOCK);
        columns
            .filter_map(|at| Some(Sums::of((one.get(at..)?, width), (other.get(at..)?, stride))))
            .collect()
    };
    let rows: Vec<Vec<Sums>> = one
        .chunks_exact(width * BLOCK)
        .zip(other.chunks(stride * BLOCK))
        .map(row_of_blocks)
        .collect();
    let (mut total, mut windows) = (0.0, 0_u32);
    for (upper, lower) in rows.iter().zip(rows.iter().skip(1)) {
        for (upper, lower) in upper.windows(2).zip(lower.windows(2)) {
            let blocks = upper.iter().chain(lower);
            total += blocks.fold(Sums::default(), |sum, block| sum.plus(*block)).similarity();
            windows += 1;
        }
    }
    if windows == 0 { 1.0 } else { total / f64::from(windows) }
}

/// Mean of the squared differences of the same planes.
pub(crate) fn square_error(one: &[u8], (other, stride): (&[u8], usize), size: Size) -> f64 {
    let width = size.width as usize;
    let row = |(one, other): (&[u8], &[u8])| -> u64 {
        let squares = one
            .iter()
            .zip(other)
            .map(|(one, other)| u32::from(one.abs_diff(*other)).pow(2));
        squares.map(u64::from).sum()
    };
    let sum: u64 = one.chunks_exact(width).zip(other.chunks(stride)).map(row).sum();
    sum as f64 / one.len().max(1) as f64
}
