//! Drawing the picture in between: each pixel is sampled from both pictures and mixed.

use domain::media::{Frame, Size};

use super::splat::{Between, Cell};
use crate::raster::{Pyramid, Spot};

/// Pixels between the points at which the movement is looked up.
const STEP: usize = 4;

/// Where a pixel comes from in both pictures, in pixels, and the later one's share.
#[derive(Debug, Clone, Copy, Default)]
struct Source {
    earlier: (f32, f32),
    later: (f32, f32),
    share: f32,
}

impl Source {
    fn mix(&self, other: &Self, share: f32) -> Self {
        let mix = |a: f32, b: f32| a + (b - a) * share;
        Self {
            earlier: (
                mix(self.earlier.0, other.earlier.0),
                mix(self.earlier.1, other.earlier.1),
            ),
            later: (mix(self.later.0, other.later.0), mix(self.later.1, other.later.1)),
            share: mix(self.share, other.share),
        }
    }
}

pub(super) fn draw(
    between: &Between,
    done: f32,
    pyramids: [&Pyramid; 2],
    outer: impl Fn((f32, f32)) -> (f32, f32),
    frame: &mut Frame,
) {
    let size = frame.size;
    let (width, height) = (size.width as usize, size.height as usize);
    let (columns, rows) = (width.div_ceil(STEP) + 1, height.div_ceil(STEP) + 1);
    let node = |column: usize, row: usize| {
        let at = outer(((column * STEP) as f32, (row * STEP) as f32));
        source(between, done, at, size)
    };
    let line = |row: usize| -> Vec<Source> { (0..columns).map(|column| node(column, row)).collect() };
    let mut upper = line(0);
    let mut spots = [vec![Spot::default(); width], vec![Spot::default(); width]];
    let mut shares = vec![0_u32; width];
    let mut values = [vec![0_u8; width], vec![0_u8; width]];
    let mut others = [vec![0_u8; width / 2], vec![0_u8; width / 2]];
    for row in 0..rows - 1 {
        let under = line(row + 1);
        for y in row * STEP..(row * STEP + STEP).min(height) {
            let lower = (y - row * STEP) as f32 / STEP as f32;
            place(&upper, &under, lower, (0.0, 1.0), &mut spots, &mut shares, width);
            for ((pyramid, spots), values) in pyramids.iter().zip(&spots).zip(&mut values) {
                pyramid.luma(spots, values);
            }
            mix(&values, &shares, &mut frame.y[y * width..(y + 1) * width]);
            if y % 2 == 1 {
                continue;
            }
            let lower = lower + 0.5 / STEP as f32;
            let half = width / 2;
            place(&upper, &under, lower, (0.5, 2.0), &mut spots, &mut shares, half);
            for ((pyramid, spots), (u, v)) in pyramids.iter().zip(&spots).zip(values.iter_mut().zip(&mut others)) {
                pyramid.chroma(&spots[..half], &mut u[..half], &mut v[..half]);
            }
            let line = y / 2 * half..(y / 2 + 1) * half;
            mix(&values, &shares[..half], &mut frame.u[line.clone()]);
            mix(&others, &shares[..half], &mut frame.v[line]);
        }
        upper = under;
    }
}

/// What the picture in between shows at `at`, in pixels.
fn source(between: &Between, done: f32, at: (f32, f32), size: Size) -> Source {
    let scale = (
        between.width as f32 / size.width as f32,
        between.height as f32 / size.height as f32,
    );
    let Cell { x, y, share } = between.at((at.0 + 0.5) * scale.0 - 0.5, (at.1 + 0.5) * scale.1 - 0.5);
    let (x, y) = (x / scale.0, y / scale.1);
    Source {
        earlier: (at.0 - done * x, at.1 - done * y),
        later: (at.0 + (1.0 - done) * x, at.1 + (1.0 - done) * y),
        share,
    }
}

/// Fills the first `count` spots and shares of a line: `first` and `every` say which pixels.
fn place(
    upper: &[Source],
    under: &[Source],
    lower: f32,
    (first, every): (f32, f32),
    spots: &mut [Vec<Spot>; 2],
    shares: &mut [u32],
    count: usize,
) {
    let [earlier, later] = spots;
    let mut cell = usize::MAX;
    let (mut left, mut right) = (Source::default(), Source::default());
    for (index, ((earlier, later), share)) in earlier.iter_mut().zip(later).zip(shares).take(count).enumerate() {
        let x = (first + index as f32 * every) / STEP as f32;
        let column = (x as usize).min(upper.len().saturating_sub(2));
        if column != cell {
            cell = column;
            left = upper[column].mix(&under[column], lower);
            right = upper[column + 1].mix(&under[column + 1], lower);
        }
        let source = left.mix(&right, x - column as f32);
        *earlier = Spot::new(source.earlier);
        *later = Spot::new(source.later);
        *share = (source.share * 256.0 + 0.5) as u32;
    }
}

fn mix(values: &[Vec<u8>; 2], shares: &[u32], output: &mut [u8]) {
    for (((value, earlier), later), share) in output.iter_mut().zip(&values[0]).zip(&values[1]).zip(shares) {
        let sum = u32::from(*earlier) * (256 - share) + u32::from(*later) * share + 128;
        *value = (sum >> 8) as u8;
    }
}
