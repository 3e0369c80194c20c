//! One picture at several sizes, each with its contrast evened out, so that a picture and the same one
//! lighter, darker or in other colours look alike.

use crate::analysis::Map;

/// Cells beyond each edge, which repeat it.
const MARGIN: usize = 16;
/// Radius, in cells, of the surroundings against which contrast is measured.
const SURROUNDINGS: usize = 8;
/// Contrast, in grey levels, below which nothing is made stronger: noise.
const NOISE: f32 = 5.0;
/// No octave has a side shorter than this.
const SHORTEST: usize = 16;
/// Cells along a patch.
pub(super) const SIDE: usize = 8;

/// A plane of numbers that goes on beyond its edges.
#[derive(Debug, Clone)]
pub(super) struct Octave {
    pub(super) width: usize,
    pub(super) height: usize,
    stride: usize,
    values: Vec<f32>,
}

/// Cells of a square patch, row by row.
pub(super) type Patch = [f32; SIDE * SIDE];

impl Octave {
    pub(super) fn new(map: &Map) -> Self {
        let (width, height) = (map.width, map.height);
        let stride = width + 2 * MARGIN;
        let mut values = Vec::with_capacity(stride * (height + 2 * MARGIN));
        for y in 0..height + 2 * MARGIN {
            let row = y.saturating_sub(MARGIN).min(height - 1) * width;
            let row = &map.values[row..row + width];
            values.extend([row[0]; MARGIN]);
            values.extend_from_slice(row);
            values.extend([row[width - 1]; MARGIN]);
        }
        Self {
            width,
            height,
            stride,
            values,
        }
    }

    /// The patch whose first cell lies at `x`, `y`, interpolated bilinearly. Far outside it is the patch at
    /// the end of the margin.
    #[inline]
    pub(super) fn patch(&self, x: f32, y: f32) -> Patch {
        let margin = MARGIN as f32;
        let most = |length: usize| (length + 2 * MARGIN - SIDE - 2) as f32;
        let (x, y) = (
            (x + margin).clamp(0.0, most(self.width)),
            (y + margin).clamp(0.0, most(self.height)),
        );
        let (left, top) = (x as usize, y as usize);
        let (right, lower) = (x - left as f32, y - top as f32);
        let weights = [
            (1.0 - right) * (1.0 - lower),
            right * (1.0 - lower),
            (1.0 - right) * lower,
            right * lower,
        ];
        let mut patch = [0.0; SIDE * SIDE];
        for (row, line) in patch.chunks_exact_mut(SIDE).enumerate() {
            let at = (top + row) * self.stride + left;
            let (upper, under) = (
                &self.values[at..][..SIDE + 1],
                &self.values[at + self.stride..][..SIDE + 1],
            );
            for (column, value) in line.iter_mut().enumerate() {
                *value = weights[0] * upper[column]
                    + weights[1] * upper[column + 1]
                    + weights[2] * under[column]
                    + weights[3] * under[column + 1];
            }
        }
        patch
    }

    /// Row `y`, at most the margin outside: from the cell before the first one to the one behind the last.
    #[inline]
    pub(super) fn line(&self, y: isize) -> &[f32] {
        let row = (y + MARGIN as isize).clamp(0, (self.height + 2 * MARGIN - 1) as isize) as usize;
        &self.values[row * self.stride + MARGIN - 1..][..self.width + 2]
    }

    /// The value at whole cells, at most the margin outside.
    #[inline]
    pub(super) fn at(&self, x: isize, y: isize) -> f32 {
        let place =
            |at: isize, length: usize| (at + MARGIN as isize).clamp(0, (length + 2 * MARGIN - 1) as isize) as usize;
        self.values[place(y, self.height) * self.stride + place(x, self.width)]
    }

    /// The value at `x`, `y`, interpolated bilinearly.
    #[inline]
    pub(super) fn sample(&self, x: f32, y: f32) -> f32 {
        let margin = MARGIN as f32;
        let x = (x + margin).clamp(0.0, (self.width + 2 * MARGIN - 2) as f32);
        let y = (y + margin).clamp(0.0, (self.height + 2 * MARGIN - 2) as f32);
        let (left, top) = (x as usize, y as usize);
        let (right, lower) = (x - left as f32, y - top as f32);
        let at = top * self.stride + left;
        let mix = |at: usize| self.values[at] + (self.values[at + 1] - self.values[at]) * right;
        let upper = mix(at);
        upper + (mix(at + self.stride) - upper) * lower
    }
}

/// The octaves of `luma` (0 to 255), the finest first.
pub(super) fn octaves(luma: &Map) -> Vec<Octave> {
    let mut octaves = Vec::new();
    let mut level = luma.clone();
    loop {
        octaves.push(Octave::new(&evened(&level)));
        if level.width.min(level.height) / 2 < SHORTEST {
            return octaves;
        }
        level = halved(&level);
    }
}

/// Less the mean of the surroundings, in units of their standard deviation.
fn evened(map: &Map) -> Map {
    let mean = map.box_mean(SURROUNDINGS);
    let square = map.map(|value| value * value).box_mean(SURROUNDINGS);
    let spread = square.zip(&mean, |square, mean| (square - mean * mean).max(0.0).sqrt() + NOISE);
    map.zip(&mean, |value, mean| value - mean)
        .zip(&spread, |value, spread| value / spread)
}

/// Half as many cells both ways: means of two by two.
pub(super) fn halved(map: &Map) -> Map {
    let (width, height) = (map.width / 2, map.height / 2);
    Map::new(width, height, |x, y| {
        let (x, y) = (2 * x as isize, 2 * y as isize);
        (map.at(x, y) + map.at(x + 1, y) + map.at(x, y + 1) + map.at(x + 1, y + 1)) / 4.0
    })
}
