//! Light as the surface of water throws it on what lies below: bright lines in a slow, never repeating net. Two layers of
//! ridged noise (after Musgrave, 1994) slide over one another, and it is bright where both are.

use domain::media::FRAME_RATE;

use crate::planning::dice;

/// Cells of the noise along each side of the tile.
const CELLS: usize = 16;
/// Samples of the tile for each of its cells.
const FINE: usize = 8;
const SIDE: usize = CELLS * FINE;
/// Cells of the noise over the frame's longer side.
const OVER: f32 = 9.0;
/// Where the two layers go, in cells per second.
const SLIDES: [(f32, f32); 2] = [(0.32, 0.17), (-0.24, 0.29)];
/// The second layer is larger by this.
const SECOND: f32 = 1.31;

/// A tile of ridges that repeats without a seam.
#[derive(Debug)]
pub(super) struct Caustics {
    ridges: Vec<f32>,
}

impl Caustics {
    pub(super) fn new(seed: u32) -> Self {
        let knot = |x: usize, y: usize| dice::spread(seed, 9_000 + (y % CELLS * CELLS + x % CELLS) as u32);
        let spline = |t: f32| {
            let rest = 1.0 - t;
            [
                rest * rest * rest / 6.0,
                (3.0 * t * t * t - 6.0 * t * t + 4.0) / 6.0,
                (3.0 * rest * rest * rest - 6.0 * rest * rest + 4.0) / 6.0,
                t * t * t / 6.0,
            ]
        };
        let mut ridges = Vec::with_capacity(SIDE * SIDE);
        for y in 0..SIDE {
            for x in 0..SIDE {
                let (across, down) = (
                    spline((x % FINE) as f32 / FINE as f32),
                    spline((y % FINE) as f32 / FINE as f32),
                );
                let mut noise = 0.0;
                for (row, down) in down.iter().enumerate() {
                    for (column, across) in across.iter().enumerate() {
                        noise += down * across * knot(x / FINE + column, y / FINE + row);
                    }
                }
                ridges.push((1.0 - 3.2 * noise.abs()).max(0.0));
            }
        }
        Self { ridges }
    }

    /// The light at a place, given in shares of the frame's longer side, at `frame`: 0 to 1, mostly dark.
    pub(super) fn at(&self, place: (f32, f32), frame: f32) -> f32 {
        let seconds = frame / FRAME_RATE as f32;
        let layer = |number: usize, scale: f32| {
            let (x, y) = SLIDES[number];
            self.ridge(
                place.0 * OVER * scale + x * seconds,
                place.1 * OVER * scale + y * seconds,
            )
        };
        let (first, second) = (layer(0, 1.0), layer(1, SECOND));
        (first * second).sqrt() * 0.5 * (first + second)
    }

    /// `x`, `y` in cells.
    fn ridge(&self, x: f32, y: f32) -> f32 {
        let place = |value: f32| {
            let at = value.rem_euclid(CELLS as f32) * FINE as f32;
            let whole = at as usize;
            (whole % SIDE, (whole + 1) % SIDE, at - whole as f32)
        };
        let ((left, right, across), (upper, lower, down)) = (place(x), place(y));
        let row = |y: usize| {
            let (from, to) = (self.ridges[y * SIDE + left], self.ridges[y * SIDE + right]);
            from + (to - from) * across
        };
        let (from, to) = (row(upper), row(lower));
        from + (to - from) * down
    }
}
