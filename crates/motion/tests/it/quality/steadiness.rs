//! Drawn frames move exactly as the recipe says, and what it says is smooth.
//!
//! The earlier frame of a pair is warped to the later one by the movement that is expected; what global movement is
//! left between the two is fitted by Gauss and Newton's method (Lucas and Kanade, 1981), with a translation, a turn and
//! a scale.

use domain::{
    media::{Picture, Size},
    request::{Amplitude, Profile},
};
use motion::Clip;

use super::{Bound, Line};
use crate::measure::{clip, frame, wish};

const PROMPTS: [&str; 5] = ["slow push in", "zoom out", "pan right", "roll clockwise", "orbit"];

/// Root mean square of the movement that is left, in pixels.
const MOST: f64 = 0.03;

/// Between places whose expected movement is asked for.
const STEP: usize = 8;
/// What is left out along the edges.
const MARGIN: usize = 16;

pub(crate) fn lines(picture: &Picture, size: Size, pairs: u32) -> Vec<Line> {
    let mut lines = Vec::new();
    for prompt in PROMPTS {
        let prompt = format!("{prompt}, the subject stands still");
        let (clip, _) = clip(
            std::slice::from_ref(picture),
            &wish(&prompt, size, Amplitude::Medium),
            Profile::Pro,
        );
        let squares = (0..pairs).map(|pair| {
            let index = (pair * 118 + 59) / pairs;
            let [before, after] = [index, index + 1].map(|index| Luma::of(&frame(&clip, index).y, size));
            left_over(&before, &after, |at| came_from(&clip, index, at)).powi(2)
        });
        let off = (squares.sum::<f64>() / f64::from(pairs)).sqrt();
        lines.push(Line::new("frames off the recipe's path, px RMS", off, Bound::AtMost(MOST)).detail(&prompt));
        lines.push(
            Line::new(
                "shake of the path itself, px RMS",
                shake(&clip, size),
                Bound::AtMost(MOST),
            )
            .detail(prompt),
        );
    }
    lines
}

/// Where in frame `index` that stood which stands at each of `places` one frame later: both show the same place of the
/// picture.
fn came_from(clip: &Clip, index: u32, places: &[(f32, f32)]) -> Vec<(f32, f32)> {
    let wanted = clip.sources(index + 1, places);
    let mut found = places.to_vec();
    for _ in 0..12 {
        let shown = clip.sources(index, &found);
        for ((at, wanted), shown) in found.iter_mut().zip(&wanted).zip(&shown) {
            at.0 += wanted.0 - shown.0;
            at.1 += wanted.1 - shown.1;
        }
    }
    found
}

/// How much white noise would make the path as rough as it is, from its third differences at five places.
fn shake(clip: &Clip, size: Size) -> f64 {
    let at = |x: f32, y: f32| (x * size.width as f32, y * size.height as f32);
    let places = [at(0.5, 0.5), at(0.2, 0.2), at(0.8, 0.2), at(0.2, 0.8), at(0.8, 0.8)];
    let path: Vec<Vec<(f32, f32)>> = (0..120).map(|index| clip.sources(index, &places)).collect();
    let third = |values: [f32; 4]| f64::from(values[3] - 3.0 * values[2] + 3.0 * values[1] - values[0]).powi(2);
    let windows = path.windows(4);
    let roughness = windows.flat_map(|window| {
        (0..places.len()).map(move |place| {
            third([0, 1, 2, 3].map(|at: usize| window[at][place].0))
                + third([0, 1, 2, 3].map(|at: usize| window[at][place].1))
        })
    });
    let count = (path.len() - 3) * places.len();
    // Third differences of white noise have twenty times its variance.
    (roughness.sum::<f64>() / count as f64 / 20.0).sqrt()
}

/// A frame's luma, a little blurred against aliasing.
pub(crate) struct Luma {
    width: usize,
    height: usize,
    values: Vec<f32>,
}

impl Luma {
    pub(crate) fn of(luma: &[u8], size: Size) -> Self {
        let (width, height) = (size.width as usize, size.height as usize);
        let soft = |values: &[f32], step: usize| -> Vec<f32> {
            let value = |at: usize| values[at.min(values.len() - 1)];
            (0..values.len())
                .map(|at| (value(at.saturating_sub(step)) + 2.0 * value(at) + value(at + step)) / 4.0)
                .collect()
        };
        let plain: Vec<f32> = luma.iter().map(|value| f32::from(*value)).collect();
        Self {
            width,
            height,
            values: soft(&soft(&plain, 1), width),
        }
    }

    /// Interpolated bicubically (Catmull and Rom); nothing near the edges.
    fn at(&self, (x, y): (f32, f32)) -> Option<f32> {
        let inside = |value: f32, length: usize| value >= 1.0 && value < (length - 3) as f32;
        if !inside(x, self.width) || !inside(y, self.height) {
            return None;
        }
        let (left, top) = (x as usize, y as usize);
        let (across, down) = (taps(x - left as f32), taps(y - top as f32));
        let rows = down.iter().enumerate().map(|(row, down)| {
            let start = (top + row - 1) * self.width + left - 1;
            let values = &self.values[start..start + 4];
            down * values.iter().zip(across).map(|(value, tap)| value * tap).sum::<f32>()
        });
        Some(rows.sum())
    }
}

fn taps(share: f32) -> [f32; 4] {
    let (one, two, three) = (share, share * share, share * share * share);
    [
        -0.5 * one + two - 0.5 * three,
        1.0 - 2.5 * two + 1.5 * three,
        0.5 * one + 2.0 * two - 1.5 * three,
        -0.5 * two + 0.5 * three,
    ]
}

/// Root mean square over the frame, in pixels, of the global movement between `before`, moved as expected, and
/// `after`. `came_from` says where in `before` stood what is at places of `after`.
pub(crate) fn left_over(before: &Luma, after: &Luma, came_from: impl Fn(&[(f32, f32)]) -> Vec<(f32, f32)>) -> f64 {
    let (columns, rows) = (after.width / STEP + 2, after.height / STEP + 2);
    let nodes: Vec<(f32, f32)> = (0..columns * rows)
        .map(|node| ((node % columns * STEP) as f32, (node / columns * STEP) as f32))
        .collect();
    let field = came_from(&nodes);
    let between = |x: usize, y: usize| {
        let node = y / STEP * columns + x / STEP;
        let (right, down) = ((x % STEP) as f32 / STEP as f32, (y % STEP) as f32 / STEP as f32);
        let mix = |one: f32, other: f32, share: f32| one + (other - one) * share;
        let part = |pick: fn(&(f32, f32)) -> f32| {
            let value = |node: usize| pick(&field[node]);
            mix(
                mix(value(node), value(node + 1), right),
                mix(value(node + columns), value(node + columns + 1), right),
                down,
            )
        };
        (part(|at| at.0), part(|at| at.1))
    };
    let mut left = [0.0; 4];
    for _ in 0..3 {
        let step = fit(before, after, &between, &left);
        left.iter_mut().zip(step).for_each(|(left, step)| *left += step);
    }
    let (width, height) = (after.width as f64, after.height as f64);
    let half = width.hypot(height) / 2.0;
    let spread = (width * width + height * height) / 12.0 / (half * half);
    let [aside, down, scale, turn] = left;
    (aside * aside + down * down + (scale * scale + turn * turn) * spread).sqrt()
}

/// One step: by how much more `before` must move, in pixels: to the right, down, outwards and clockwise at the corners.
fn fit(before: &Luma, after: &Luma, between: &dyn Fn(usize, usize) -> (f32, f32), left: &[f64; 4]) -> [f64; 4] {
    let centre = (after.width as f64 / 2.0, after.height as f64 / 2.0);
    let half = centre.0.hypot(centre.1);
    let (mut normal, mut right) = ([[0.0; 4]; 4], [0.0; 4]);
    for y in MARGIN..after.height - MARGIN {
        for x in MARGIN..after.width - MARGIN {
            let (aside, below) = ((x as f64 - centre.0) / half, (y as f64 - centre.1) / half);
            let more = (
                left[0] + left[2] * aside - left[3] * below,
                left[1] + left[2] * below + left[3] * aside,
            );
            let from = between(x, y);
            let Some(moved) = before.at((from.0 + more.0 as f32, from.1 + more.1 as f32)) else {
                continue;
            };
            let at = y * after.width + x;
            let across = f64::from(after.values[at + 1] - after.values[at - 1]) / 2.0;
            let down = f64::from(after.values[at + after.width] - after.values[at - after.width]) / 2.0;
            let slopes = [
                across,
                down,
                across * aside + down * below,
                down * aside - across * below,
            ];
            let rest = f64::from(after.values[at] - moved);
            for (row, slope) in slopes.iter().enumerate() {
                right[row] += slope * rest;
                for (column, other) in slopes.iter().enumerate() {
                    normal[row][column] += slope * other;
                }
            }
        }
    }
    solved(normal, right)
}

/// By elimination with the largest pivot; nothing moves where a picture without texture leaves it open.
fn solved(mut matrix: [[f64; 4]; 4], mut right: [f64; 4]) -> [f64; 4] {
    for column in 0..4 {
        let largest = |row: &usize| matrix[*row][column].abs();
        let pivot = (column..4)
            .max_by(|one, other| largest(one).total_cmp(&largest(other)))
            .unwrap_or(column);
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        if matrix[column][column].abs() < 1e-6 {
            return [0.0; 4];
        }
        for row in 0..4 {
            if row == column {
                continue;
            }
            let share = matrix[row][column] / matrix[column][column];
            let above = matrix[column];
            matrix[row]
                .iter_mut()
                .zip(above)
                .for_each(|(value, above)| *value -= share * above);
            right[row] -= share * right[column];
        }
    }
    std::array::from_fn(|row| right[row] / matrix[row][row])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pattern whose movement is known, drawn at `(aside, below)`.
    fn drawn(aside: f32, below: f32) -> Luma {
        let size = Size {
            width: 160,
            height: 120,
        };
        let value = |at: u32| {
            let (x, y) = ((at % 160) as f32 - aside, (at / 160) as f32 - below);
            (128.0 + 50.0 * (x * 0.31).sin() * (y * 0.23).cos() + 40.0 * (y * 0.17 + x * 0.11).sin()).round() as u8
        };
        Luma::of(&(0..160 * 120).map(value).collect::<Vec<_>>(), size)
    }

    #[test]
    fn a_known_movement_is_found_to_a_fiftieth_of_a_pixel() {
        for (aside, below) in [(0.0, 0.0), (0.1, 0.0), (0.3, -0.2), (1.4, 0.7)] {
            let found = left_over(&drawn(0.0, 0.0), &drawn(aside, below), |places| places.to_vec());
            let wanted = f64::from(aside.hypot(below));
            assert!((found - wanted).abs() < 0.02, "{aside} {below}: {found}");
            let expected = left_over(&drawn(0.0, 0.0), &drawn(aside, below), |places| {
                places.iter().map(|at| (at.0 - aside, at.1 - below)).collect()
            });
            assert!(expected < 0.02, "{aside} {below}: {expected}");
        }
    }
}
