//! What the tests and the quality table measure: flow, likeness and jumps, from drawn frames alone.

#![expect(clippy::unwrap_used, reason = "what cannot be read or made fails the test")]

use std::path::Path;

use domain::{
    media::{Frame, FrameSource, Picture, Size},
    recipe::Recipe,
    request::{Amplitude, Profile},
};
use motion::{Clip, Detail, Study, Wish, plan};

pub(crate) fn read(path: &Path) -> Picture {
    let rgb = image::open(path).unwrap().into_rgb8();
    let size = Size {
        width: rgb.width(),
        height: rgb.height(),
    };
    Picture {
        size,
        rgb: rgb.into_raw(),
    }
}

/// One of the repository's pictures.
pub(crate) fn example(name: &str) -> Picture {
    read(
        &Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../examples/pictures")
            .join(name),
    )
}

pub(crate) fn size(width: u32, height: u32) -> Size {
    Size { width, height }
}

pub(crate) fn studies(pictures: &[Picture], size: Size, profile: Profile) -> Vec<Study> {
    let detail = Detail::of(profile, pictures.len());
    let study = |picture| Study::new(picture, size, detail).unwrap();
    pictures.iter().map(study).collect()
}

pub(crate) fn clip(pictures: &[Picture], wish: &Wish<'_>, profile: Profile) -> (Clip, Recipe) {
    let studies = studies(pictures, wish.size, profile);
    let recipe = plan(&studies, wish);
    let clip = Clip::new(&studies, &recipe).unwrap();
    (clip, recipe)
}

pub(crate) fn wish(prompt: &str, size: Size, amplitude: Amplitude) -> Wish<'_> {
    Wish {
        prompt,
        size,
        frames: 120,
        amplitude,
        seed: 7,
        spans: &[],
    }
}

pub(crate) fn frame(source: &dyn FrameSource, index: u32) -> Frame {
    let mut frame = Frame::black(source.size());
    source.render(index, &mut frame);
    frame
}

/// Luma, BT.709 limited range, of the picture fitted to `size` by a plain Lanczos resize in floating point:
/// written again, apart from the engine's own.
pub(crate) fn read_back(picture: &Picture, size: Size) -> Vec<u8> {
    let (width, height) = (f64::from(picture.size.width), f64::from(picture.size.height));
    let ratio = f64::from(size.width) / f64::from(size.height);
    let (used_width, used_height) = (width.min(height * ratio), height.min(width / ratio));
    let stride = picture.size.width as usize;
    let luma: Vec<f64> = picture
        .rgb
        .chunks_exact(3)
        .map(|pixel| {
            16.0 + (0.2126 * f64::from(pixel[0]) + 0.7152 * f64::from(pixel[1]) + 0.0722 * f64::from(pixel[2])) * 219.0
                / 255.0
        })
        .collect();
    let columns = taps((width - used_width) / 2.0, used_width, size.width, picture.size.width);
    let rows = taps(
        (height - used_height) / 2.0,
        used_height,
        size.height,
        picture.size.height,
    );
    let wide: Vec<f64> = luma
        .chunks_exact(stride)
        .flat_map(|row| {
            columns
                .iter()
                .map(|taps| taps.iter().map(|(at, weight)| row[*at] * weight).sum::<f64>())
                .collect::<Vec<_>>()
        })
        .collect();
    let mut fitted = Vec::new();
    for taps in &rows {
        for x in 0..size.width as usize {
            let value: f64 = taps
                .iter()
                .map(|(at, weight)| wide[at * size.width as usize + x] * weight)
                .sum();
            fitted.push(value.round().clamp(0.0, 255.0) as u8);
        }
    }
    fitted
}

/// For each target sample the source samples that it is made of, with their weights.
fn taps(start: f64, length: f64, target: u32, source: u32) -> Vec<Vec<(usize, f64)>> {
    let scale = length / f64::from(target);
    let reach = 3.0 * scale.max(1.0);
    let kernel = |distance: f64| {
        let angle = std::f64::consts::PI * distance / scale.max(1.0);
        if angle.abs() < 1e-9 {
            1.0
        } else {
            3.0 * angle.sin() * (angle / 3.0).sin() / (angle * angle)
        }
    };
    (0..target)
        .map(|index| {
            let centre = start + (f64::from(index) + 0.5) * scale - 0.5;
            let first = (centre - reach).ceil().max(0.0) as usize;
            let last = ((centre + reach).floor() as usize).min(source as usize - 1);
            let taps: Vec<(usize, f64)> = (first..=last).map(|at| (at, kernel(at as f64 - centre))).collect();
            let sum: f64 = taps.iter().map(|(_, weight)| weight).sum();
            taps.into_iter().map(|(at, weight)| (at, weight / sum)).collect()
        })
        .collect()
}

/// Peak signal to noise in decibels; infinite when nothing differs.
pub(crate) fn psnr(left: &[u8], right: &[u8]) -> f64 {
    assert_eq!(left.len(), right.len());
    let pairs = left.iter().zip(right);
    let sum: f64 = pairs.map(|(a, b)| (f64::from(*a) - f64::from(*b)).powi(2)).sum();
    10.0 * (255.0_f64.powi(2) * left.len() as f64 / sum).log10()
}

pub(crate) fn mean_difference(left: &[u8], right: &[u8]) -> f64 {
    let sum: f64 = left.iter().zip(right).map(|(a, b)| f64::from(a.abs_diff(*b))).sum();
    sum / left.len() as f64
}

/// The largest ratio of a frame's change to what its neighbours allow (2.5 times the median of nine plus
/// half a grey level); above 1 is a jump.
pub(crate) fn worst_jump(source: &dyn FrameSource) -> f64 {
    let mut before = frame(source, 0);
    let mut changes = Vec::new();
    for index in 1..source.frame_count() {
        let now = frame(source, index);
        changes.push(mean_difference(&before.y, &now.y));
        before = now;
    }
    let allowed = |at: usize| {
        let from = at.saturating_sub(4);
        let mut around: Vec<f64> = changes[from..(at + 5).min(changes.len())].to_vec();
        around.sort_by(f64::total_cmp);
        2.5 * around[around.len() / 2] + 0.5
    };
    (0..changes.len())
        .map(|at| changes[at] / allowed(at))
        .fold(0.0, f64::max)
}

/// Mean flow in pixels per frame over textured blocks, from several pairs of neighbouring frames.
pub(crate) fn mean_flow(source: &dyn FrameSource) -> f64 {
    let last = source.frame_count() - 1;
    let pairs = 7.min(last);
    let flows = (0..pairs).map(|pair| {
        let index = (pair * last + last / 2) / pairs;
        flow(&frame(source, index), &frame(source, index + 1))
    });
    flows.sum::<f64>() / f64::from(pairs)
}

const BLOCK: usize = 24;
const LEVELS: usize = 3;

/// Mean length of the displacement of blocks: Lucas and Kanade's method, coarse to fine.
pub(crate) fn flow(from: &Frame, to: &Frame) -> f64 {
    let (width, height) = (from.size.width as usize, from.size.height as usize);
    let pyramid = |luma: &[u8]| {
        let mut levels = vec![Grey {
            width,
            height,
            values: luma.iter().map(|value| f32::from(*value)).collect(),
        }];
        for _ in 1..LEVELS {
            let next = levels.last().unwrap().halved();
            levels.push(next);
        }
        levels
    };
    let (from, to) = (pyramid(&from.y), pyramid(&to.y));
    let mut lengths = Vec::new();
    for y in (BLOCK..height - BLOCK).step_by(BLOCK) {
        for x in (BLOCK..width - BLOCK).step_by(BLOCK) {
            lengths.extend(block_flow(&from, &to, x as f32, y as f32).map(|(x, y)| f64::from(x.hypot(y))));
        }
    }
    lengths.iter().sum::<f64>() / lengths.len().max(1) as f64
}

fn block_flow(from: &[Grey], to: &[Grey], x: f32, y: f32) -> Option<(f32, f32)> {
    let mut moved = (0.0_f32, 0.0_f32);
    for level in (0..LEVELS).rev() {
        let scale = 0.5_f32.powi(level as i32);
        let centre = (x * scale, y * scale);
        moved = (moved.0 * 2.0, moved.1 * 2.0);
        let half = (BLOCK as f32 * scale / 2.0).max(4.0) as i32;
        for _ in 0..4 {
            let (mut xx, mut xy, mut yy, mut bx, mut by) = (1e-3_f32, 0.0, 1e-3_f32, 0.0, 0.0);
            for dy in -half..half {
                for dx in -half..half {
                    let (px, py) = (centre.0 + dx as f32, centre.1 + dy as f32);
                    let across = (from[level].at(px + 1.0, py) - from[level].at(px - 1.0, py)) / 2.0;
                    let down = (from[level].at(px, py + 1.0) - from[level].at(px, py - 1.0)) / 2.0;
                    let rest = from[level].at(px, py) - to[level].at(px + moved.0, py + moved.1);
                    xx += across * across;
                    xy += across * down;
                    yy += down * down;
                    bx += across * rest;
                    by += down * rest;
                }
            }
            let determinant = xx * yy - xy * xy;
            let texture = determinant / (xx + yy) / (4 * half * half) as f32;
            if texture < 2.0 {
                if level == 0 {
                    return None;
                }
                break;
            }
            moved.0 += ((yy * bx - xy * by) / determinant).clamp(-2.0, 2.0);
            moved.1 += ((xx * by - xy * bx) / determinant).clamp(-2.0, 2.0);
        }
    }
    Some(moved)
}

struct Grey {
    width: usize,
    height: usize,
    values: Vec<f32>,
}

impl Grey {
    fn at(&self, x: f32, y: f32) -> f32 {
        let x = x.clamp(0.0, (self.width - 2) as f32);
        let y = y.clamp(0.0, (self.height - 2) as f32);
        let (left, top) = (x as usize, y as usize);
        let (share_x, share_y) = (x - left as f32, y - top as f32);
        let at = top * self.width + left;
        let upper = self.values[at] * (1.0 - share_x) + self.values[at + 1] * share_x;
        let lower = self.values[at + self.width] * (1.0 - share_x) + self.values[at + self.width + 1] * share_x;
        upper * (1.0 - share_y) + lower * share_y
    }

    fn halved(&self) -> Self {
        let (width, height) = (self.width / 2, self.height / 2);
        let mut values = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                let at = 2 * y * self.width + 2 * x;
                let sum = self.values[at]
                    + self.values[at + 1]
                    + self.values[at + self.width]
                    + self.values[at + self.width + 1];
                values.push(sum / 4.0);
            }
        }
        Self { width, height, values }
    }
}
