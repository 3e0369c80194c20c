//! The sky: what the top of the picture is like, down to the first edge. The edge's strength is chosen so that
//! colours above and below differ most (Shen and Wang, "Sky Region Detection in a Single Image for
//! Autonomous Ground Robot Navigation", 2013); then what has the colours of its height in the sky and
//! hangs together with it is added.

use super::{Region, strength};
use crate::analysis::{
    guided::Guide,
    map::Map,
    texture::Texture,
    tint::{Tint, ramp},
    working::Working,
};

/// Edge strengths that are tried.
const THRESHOLDS: usize = 14;
/// Every so many-th row and column is looked at to compare them.
const SAMPLED: usize = 3;

pub(in crate::analysis) fn sky(working: &Working, texture: &Texture) -> Region {
    let edges = edges(working);
    let nothing = || Region {
        weight: working.luma.map(|_| 0.0),
        confidence: 0.0,
    };
    let Some(border) = best_border(working, &edges) else {
        return nothing();
    };
    let Some(rows) = RowColours::above(working, &border) else {
        return nothing();
    };
    let fits = rows.fit(working, texture);
    let reached = hanging_from_top(&fits);
    let likely = reached.blurred(0.6);
    let confidence = confidence(working, texture, &likely);
    let radius = likely.width.max(likely.height) / 60;
    let weight = Guide::new(&working.luma, radius.max(2), 0.001)
        .filtered(&likely)
        .map(|value| ramp(value, 0.15, 0.85));
    Region { weight, confidence }
}

/// How much colour changes at each cell.
fn edges(working: &Working) -> Map {
    let channels = working.channels();
    let luma = &working.luma;
    Map::new(luma.width, luma.height, |x, y| {
        let (x, y) = (x as isize, y as isize);
        let square: f32 = channels
            .iter()
            .map(|channel| {
                let across = channel.at(x + 1, y) - channel.at(x - 1, y);
                let down = channel.at(x, y + 1) - channel.at(x, y - 1);
                across * across + down * down
            })
            .sum();
        square.sqrt()
    })
}

/// For each column the number of rows above its first edge, for the edge strength that parts the colours best.
fn best_border(working: &Working, edges: &Map) -> Option<Vec<usize>> {
    let (width, height) = (edges.width, edges.height);
    let mut best: Option<(f32, Vec<usize>)> = None;
    for step in 0..THRESHOLDS {
        let threshold = 0.02 * 1.2_f32.powi(step as i32);
        let border: Vec<usize> = (0..width)
            .map(|x| {
                let stop = (1..height).find(|y| edges.values[y * width + x] > threshold);
                stop.unwrap_or(height)
            })
            .collect();
        let above: usize = border.iter().sum();
        if above < width * height / 40 {
            continue;
        }
        let score = separation(working, &border);
        if best.as_ref().is_none_or(|(so_far, _)| score > *so_far) {
            best = Some((score, border));
        }
    }
    best.map(|(_, border)| border)
}

/// How much tighter the colours are on both sides of a border than together: large where it parts two
/// kinds of things, the upper of which is even.
fn separation(working: &Working, border: &[usize]) -> f32 {
    let (width, height) = (working.luma.width, working.luma.height);
    let mut sums = [[0.0_f64; 7]; 2];
    for at in (0..height)
        .step_by(SAMPLED)
        .flat_map(|y| (0..width).step_by(SAMPLED).map(move |x| y * width + x))
    {
        let side = usize::from(border.get(at % width).is_some_and(|limit| at / width >= *limit));
        let colour = working.channels().map(|channel| channel.values[at]);
        let sums = &mut sums[side];
        sums[6] += 1.0;
        for (channel, value) in colour.into_iter().enumerate() {
            sums[channel] += f64::from(value);
            sums[3 + channel] += f64::from(value * value);
        }
    }
    let spread = |sums: &[f64; 7]| -> f64 {
        let count = sums[6].max(1.0);
        (0..3)
            .map(|channel| (sums[3 + channel] / count - (sums[channel] / count).powi(2)).max(0.0))
            .sum()
    };
    if sums[1][6] < 1.0 {
        return 0.0;
    }
    (1.0 / (2.0 * spread(&sums[0]) + spread(&sums[1]) + 1e-3)) as f32
}

/// The sky's mean colour at each height, and how much colours differ from it.
struct RowColours {
    means: Vec<[f32; 3]>,
    spread: [f32; 3],
}

impl RowColours {
    /// Of what lies above `border`; rows below it are like the lowest one that has enough sky.
    fn above(working: &Working, border: &[usize]) -> Option<Self> {
        let (width, height) = (working.luma.width, working.luma.height);
        let channels = working.channels();
        let mut means: Vec<[f32; 3]> = Vec::with_capacity(height);
        let (mut squares, mut count) = ([0.0_f32; 3], 0_usize);
        for y in 0..height {
            let inside: Vec<usize> = (0..width).filter(|x| border[*x] > y).map(|x| y * width + x).collect();
            let last = means.last().copied();
            if inside.len() < width / 12 {
                means.push(last?);
                continue;
            }
            let mean = channels.map(|channel| {
                let sum: f32 = inside.iter().map(|at| channel.values[*at]).sum();
                sum / inside.len() as f32
            });
            // Heights differ slowly.
            let mean = last.map_or(mean, |last| [0, 1, 2].map(|at| last[at] * 0.7 + mean[at] * 0.3));
            for at in &inside {
                for channel in 0..3 {
                    squares[channel] += (channels[channel].values[*at] - mean[channel]).powi(2);
                }
            }
            count += inside.len();
            means.push(mean);
        }
        let spread = squares.map(|square| (square / count.max(1) as f32).sqrt().clamp(0.02, 0.12));
        Some(Self { means, spread })
    }

    /// How well each cell fits the sky at its height and has the surface of one, 0 to 1.
    fn fit(&self, working: &Working, texture: &Texture) -> Map {
        let channels = working.channels();
        let luma = &working.luma;
        Map::new(luma.width, luma.height, |x, y| {
            let at = y * luma.width + x;
            let mean = self.means[y];
            let away: f32 = (0..3)
                .map(|channel| {
                    let difference = (channels[channel].values[at] - mean[channel]) / self.spread[channel];
                    // Clouds differ in luma.
                    difference * difference * if channel == 0 { 0.4 } else { 1.0 }
                })
                .sum();
            let even = ramp(texture.detail.values[at], 0.09, 0.03);
            (-away / 12.0).exp() * even
        })
    }
}

/// `fits`, but nowhere more than on the best way to it from the top edge: two raster scans, forward and back.
fn hanging_from_top(fits: &Map) -> Map {
    let (width, height) = (fits.width, fits.height);
    let mut reached = Map::new(width, height, |x, y| if y == 0 { fits.values[x] } else { 0.0 });
    let open = fits.map(|value| if value > 0.2 { value.max(0.6) } else { value });
    for _ in 0..2 {
        for at in width..width * height {
            let left = if at % width > 0 { reached.values[at - 1] } else { 0.0 };
            let way = reached.values[at - width].max(left).max(reached.values[at]);
            reached.values[at] = way.min(open.values[at]);
        }
        for at in (0..width * (height - 1)).rev() {
            let right = if (at + 1) % width > 0 {
                reached.values[at + 1]
            } else {
                0.0
            };
            let way = reached.values[at + width].max(right).max(reached.values[at]);
            reached.values[at] = way.min(open.values[at]);
        }
    }
    reached.map(|value| ramp(value, 0.05, 0.55))
}

/// How much a colour is one that skies have, 0 to 1: blue, light grey, the colours of dusk, the dark of night.
fn likeness(tint: &Tint) -> f32 {
    let blue = tint.within(195.0, 240.0, 22.0) * ramp(tint.saturation, 0.08, 0.25) * ramp(tint.value, 0.08, 0.3);
    let grey = ramp(tint.saturation, 0.22, 0.1) * ramp(tint.value, 0.35, 0.65) * 0.6;
    let dusk = tint.within(-30.0, 45.0, 20.0) * ramp(tint.value, 0.5, 0.8) * ramp(tint.saturation, 0.95, 0.7) * 0.5;
    let night = ramp(tint.value, 0.35, 0.15) * ramp(tint.saturation, 0.5, 0.2) * 0.35;
    blue.max(grey).max(dusk).max(night)
}

/// From its colours, its evenness, its place and how it differs from what is below.
fn confidence(working: &Working, texture: &Texture, likely: &Map) -> f32 {
    let (width, height) = (likely.width, likely.height);
    let total: f32 = likely.values.iter().sum::<f32>().max(1e-3);
    let over = |of: &dyn Fn(usize) -> f32| -> f32 {
        let sum: f32 = likely.values.iter().enumerate().map(|(at, sky)| sky * of(at)).sum();
        sum / total
    };
    let tints = working.tints();
    let colour = over(&|at| likeness(&tints[at]));
    let even = ramp(over(&|at| texture.detail.values[at]), 0.045, 0.015);
    let row = |y: usize| likely.values[y * width..(y + 1) * width].iter().sum::<f32>() / width as f32;
    let top = ramp(row(0), 0.15, 0.5);
    let bottom: f32 = (height * 9 / 10..height).map(row).sum::<f32>() / (height - height * 9 / 10) as f32;
    let (clear, share) = strength(likely);
    let size = ramp(share, 0.02, 0.12);
    (colour * 1.25 * even.max(0.3) * top * (1.0 - 0.85 * ramp(bottom, 0.05, 0.4)) * size * ramp(clear, 0.3, 0.8))
        .clamp(0.0, 1.0)
}
