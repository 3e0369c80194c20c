//! Soft noise that repeats without a seam, made once and looked up.

use crate::planning::dice::spread;

const SIDE: usize = 128;

/// Sums of value noise at several scales (fractal noise, after Perlin, "An image synthesizer", 1985): 0 to 1 over
/// a square that repeats every 128 steps.
#[derive(Debug, Clone)]
pub(super) struct Noise {
    values: Vec<f32>,
}

impl Noise {
    /// `cells`: of the coarsest scale, to the square's side, a power of two; `octaves` scales in all.
    pub(super) fn new(seed: u32, cells: usize, octaves: u32) -> Self {
        let mut values = vec![0.0; SIDE * SIDE];
        for octave in 0..octaves {
            let cells = (cells << octave).min(SIDE);
            let strength = 0.5_f32.powi(octave as i32);
            for (index, value) in values.iter_mut().enumerate() {
                let (x, y) = (index % SIDE, index / SIDE);
                *value += strength * lattice(seed ^ octave.wrapping_mul(0x9e37), cells, x, y);
            }
        }
        let low = values.iter().copied().fold(f32::INFINITY, f32::min);
        let high = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let span = (high - low).max(1e-6);
        values.iter_mut().for_each(|value| *value = (*value - low) / span);
        Self { values }
    }

    /// At any place, in steps; between steps it is interpolated.
    pub(super) fn at(&self, x: f32, y: f32) -> f32 {
        let (left, top) = (x.floor(), y.floor());
        let (share_x, share_y) = (x - left, y - top);
        let (column, row) = (
            (left as i32).cast_unsigned() as usize,
            (top as i32).cast_unsigned() as usize,
        );
        let value = |across: usize, down: usize| {
            let (column, row) = (column.wrapping_add(across) % SIDE, row.wrapping_add(down) % SIDE);
            self.values[row * SIDE + column]
        };
        let upper = value(0, 0) + (value(1, 0) - value(0, 0)) * share_x;
        let lower = value(0, 1) + (value(1, 1) - value(0, 1)) * share_x;
        upper + (lower - upper) * share_y
    }
}

/// Chance values at the corners of `cells` times `cells` cells, smoothly interpolated: -1 to 1.
fn lattice(seed: u32, cells: usize, x: usize, y: usize) -> f32 {
    let place = |at: usize| {
        let cell = at as f32 * cells as f32 / SIDE as f32;
        let share = cell.fract();
        (cell as usize, share * share * (3.0 - 2.0 * share))
    };
    let ((column, across), (row, down)) = (place(x), place(y));
    let corner = |right: usize, below: usize| {
        let index = (row + below) % cells * cells + (column + right) % cells;
        spread(seed, index as u32)
    };
    let upper = corner(0, 0) + (corner(1, 0) - corner(0, 0)) * across;
    let lower = corner(0, 1) + (corner(1, 1) - corner(0, 1)) * across;
    upper + (lower - upper) * down
}
