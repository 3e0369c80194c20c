//! Whether a cut can be believed. Each doubt is measured by itself; any one is enough to give the cut up,
//! because a wrong cut is far worse than none.

use super::{
    on_rim,
    segment::{Cells, Models},
};
use crate::analysis::{
    map::Map,
    tint::{Tint, ramp},
};

/// Shares from 0 to 1 that say how well each condition holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Trust {
    /// Of the inside that hangs together.
    pub(super) whole: f32,
    /// A size that a subject has.
    pub(super) size: f32,
    /// Free of the left, right and upper edges.
    pub(super) free: f32,
    /// Of the cells near the cut whose colour is on its own side.
    pub(super) parted: f32,
    /// Of the cut that runs along an edge of the picture.
    pub(super) edged: f32,
    /// Of the outside near the cut whose colours are also at the picture's border.
    pub(super) plain: f32,
    /// Skin is not cut through.
    pub(super) skin: f32,
    /// What is symmetric in the picture is symmetric in the cut.
    pub(super) symmetric: f32,
    /// Of what stands out that is inside.
    pub(super) salient: f32,
}

impl Trust {
    pub(super) fn of(cells: &Cells, inside: &[bool], models: &Models, saliency: &Map) -> Self {
        let mask = Map {
            width: cells.width,
            height: cells.height,
            values: inside.iter().map(|inside| f32::from(u8::from(*inside))).collect(),
        };
        let band = (cells.width.max(cells.height) / 40).max(3);
        let near = mask.box_mean(band);
        let around = |wanted: bool| -> Vec<usize> {
            let cells = 0..inside.len();
            cells
                .filter(|at| inside[*at] == wanted && near.values[*at] > 0.02 && near.values[*at] < 0.98)
                .collect()
        };
        let (within, beyond) = (around(true), around(false));
        Self {
            whole: largest_part(cells, inside),
            size: size(&mask),
            free: free(&mask),
            parted: parted(cells, models, &within, &beyond),
            edged: edged(cells, inside),
            plain: plain(cells, inside, &mask, &beyond),
            skin: uncut_skin(cells, inside),
            symmetric: symmetric(cells, &mask),
            salient: salient(&mask, saliency),
        }
    }

    /// 0 to 1; above 0.5 every condition holds.
    pub(super) fn confidence(&self) -> f32 {
        let conditions = [
            (self.whole, 0.93, 0.99),
            (self.size, 0.3, 0.9),
            (self.free, 0.85, 0.99),
            (self.parted, 0.90, 0.98),
            (self.edged, 0.86, 0.97),
            (self.plain, 0.86, 0.98),
            (self.skin, 0.88, 0.97),
            (self.symmetric, 0.80, 0.95),
            (self.salient, 0.70, 0.92),
        ];
        let least = conditions.iter().map(|(value, low, high)| ramp(*value, *low, *high));
        least.fold(1.0, f32::min)
    }
}

fn largest_part(cells: &Cells, inside: &[bool]) -> f32 {
    let parts = parts(cells, inside);
    let total: usize = parts.iter().map(Vec::len).sum();
    let largest = parts.iter().map(Vec::len).max().unwrap_or(0);
    largest as f32 / total.max(1) as f32
}

/// The cells of each connected part of `chosen`.
pub(super) fn parts(cells: &Cells, chosen: &[bool]) -> Vec<Vec<usize>> {
    let mut seen = vec![false; chosen.len()];
    let mut parts = Vec::new();
    for start in 0..chosen.len() {
        if !chosen[start] || seen[start] {
            continue;
        }
        seen[start] = true;
        let mut part = vec![start];
        let mut head = 0;
        while let Some(at) = part.get(head).copied() {
            head += 1;
            for (dx, dy) in [(1, 0), (-1, 0), (0, 1), (0, -1)] {
                let Some(other) = cells.neighbour(at, dx, dy) else {
                    continue;
                };
                if chosen[other] && !seen[other] {
                    seen[other] = true;
                    part.push(other);
                }
            }
        }
        parts.push(part);
    }
    parts
}

fn size(mask: &Map) -> f32 {
    let share = mask.mean();
    ramp(share, 0.015, 0.04) * ramp(share, 0.7, 0.5)
}

/// Less what of the left, right and upper edges the inside touches.
fn free(mask: &Map) -> f32 {
    let (width, height) = (mask.width, mask.height);
    let top: f32 = mask.values.iter().take(width).sum();
    let sides: f32 = mask.values.chunks_exact(width).map(|row| row[0] + row[width - 1]).sum();
    1.0 - (top + sides) / (width + 2 * height) as f32 * 4.0
}

fn parted(cells: &Cells, models: &Models, within: &[usize], beyond: &[usize]) -> f32 {
    let share = |side: &[usize], sign: f32| {
        let right = side.iter().filter(|at| sign * models.favour(&cells.rgb[**at]) > 0.5);
        right.count() as f32 / side.len().max(1) as f32
    };
    share(within, 1.0).min(share(beyond, -1.0))
}

/// The share of neighbours across the cut whose surroundings differ clearly.
fn edged(cells: &Cells, inside: &[bool]) -> f32 {
    let (mut all, mut clear) = (0.0_f32, 0.0);
    for at in 0..inside.len() {
        for (dx, dy) in [(1_isize, 0_isize), (0, 1), (-1, 0), (0, -1)] {
            let Some(other) = cells.neighbour(at, dx, dy) else {
                continue;
            };
            if !inside[at] || inside[other] {
                continue;
            }
            let back = cells.neighbour(at, -dx, -dy).unwrap_or(at);
            let beyond = cells.neighbour(other, dx, dy).unwrap_or(other);
            all += 1.0;
            clear += ramp(distance(&cells.rgb[back], &cells.rgb[beyond]), 0.06, 0.14);
        }
    }
    clear / all.max(1.0)
}

/// The share of `beyond`, but for what touches the cut and is blended, that has a like colour on the picture's
/// border. A shadow is like what it falls on.
fn plain(cells: &Cells, inside: &[bool], mask: &Map, beyond: &[usize]) -> f32 {
    let rim = (0..inside.len()).filter(|at| !inside[*at] && on_rim(cells, *at, 3));
    let rim: Vec<[f32; 3]> = rim.step_by(3).map(|at| cells.rgb[at]).collect();
    let touched = mask.box_mean(1);
    let clear: Vec<usize> = beyond.iter().copied().filter(|at| touched.values[*at] < 1e-3).collect();
    let like = clear.iter().filter(|at| {
        let colour = &cells.rgb[**at];
        rim.iter().any(|other| {
            let darker = (0..3).map(|at| other[at] - colour[at]).sum::<f32>() / 3.0 * 0.6;
            distance(&colour.map(|value| value + darker), other) < 0.1
        })
    });
    like.count() as f32 / clear.len().max(1) as f32
}

/// How much of each patch of skin colour lies on the same side, the worst of all that are not small.
fn uncut_skin(cells: &Cells, inside: &[bool]) -> f32 {
    let skin: Vec<bool> = cells.rgb.iter().map(|rgb| Tint::of(*rgb).skin() > 0.5).collect();
    let least = cells.rgb.len() / 300;
    let patches = parts(cells, &skin).into_iter().filter(|part| part.len() > least);
    let one_sided = patches.map(|part| {
        let within = part.iter().filter(|at| inside[**at]).count() as f32 / part.len() as f32;
        within.max(1.0 - within)
    });
    one_sided.fold(1.0, f32::min)
}

/// Of the cells that look like their mirror image about the subject's axis: the share that are on the same side
/// of the cut as it.
fn symmetric(cells: &Cells, mask: &Map) -> f32 {
    let (mut mass, mut across) = (1e-3, 0.0);
    for (at, value) in mask.values.iter().enumerate() {
        mass += value;
        across += value * (at % cells.width) as f32;
    }
    let middle = across / mass;
    let (mut compared, mut alike, mut broken) = (0.0_f32, 0.0_f32, 0.0_f32);
    for at in 0..mask.values.len() {
        let mirrored = (2.0 * middle - (at % cells.width) as f32).round();
        if mask.values[at] < 0.5 || mirrored < 0.0 || mirrored >= cells.width as f32 {
            continue;
        }
        let other = at / cells.width * cells.width + mirrored as usize;
        compared += 1.0;
        if distance(&cells.rgb[at], &cells.rgb[other]) < 0.08 {
            alike += 1.0;
            broken += f32::from(u8::from(mask.values[other] < 0.5));
        }
    }
    if alike < 0.25 * compared {
        return 1.0;
    }
    1.0 - broken / alike.max(1.0)
}

fn salient(mask: &Map, saliency: &Map) -> f32 {
    let strong = |value: f32| (value - 0.3).max(0.0);
    let all: f32 = saliency.values.iter().map(|value| strong(*value)).sum();
    let pairs = saliency.values.iter().zip(&mask.values);
    let within: f32 = pairs.map(|(value, inside)| strong(*value) * inside).sum();
    within / all.max(1e-3)
}

fn distance(left: &[f32; 3], right: &[f32; 3]) -> f32 {
    let square: f32 = left.iter().zip(right).map(|(a, b)| (a - b) * (a - b)).sum();
    square.sqrt()
}
