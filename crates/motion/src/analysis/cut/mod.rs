//! Cutting the subject out, where that can be trusted: a segmentation from what stands out, tried from two
//! different starts that must agree, and strict conditions on what comes out of it.

mod alpha;
mod colours;
mod flow;
mod segment;
mod trust;

use domain::media::Picture;

use self::{
    segment::{Cells, Seed, Segment, recut, segment},
    trust::{Trust, parts},
};
use super::{map::Map, working::Working};
use crate::error::MotionError;

/// The subject cut out of a frame.
#[derive(Debug, Clone)]
pub(crate) struct Cut {
    /// Opacity of the subject, 0 to 255, one byte for each pixel of the frame, row by row.
    pub(crate) alpha: Vec<u8>,
}

/// A cut that is trusted less is not made.
const TRUSTED: f32 = 0.5;
/// How alike cuts from different starts must be: shared cells to all.
const AGREEMENT: f32 = 0.92;
/// The least share of the inside that its largest part may have for the rest to be left out.
const ALONE: f32 = 0.85;
/// Holes smaller than this share of the inside are filled.
const HOLE: f32 = 0.05;

/// Cuts the subject out of `picture`, which has the frame's size and the given saliency; nothing when it
/// cannot be trusted.
///
/// # Errors
/// When the picture's bytes do not match its size.
pub(crate) fn cut(picture: &Picture, saliency: &Map) -> Result<Option<Cut>, MotionError> {
    let working = Working::new(picture)?;
    let cells = Cells {
        width: working.luma.width,
        height: working.luma.height,
        rgb: working.rgb,
    };
    let Some(inside) = trusted(&cells, saliency) else {
        return Ok(None);
    };
    Ok(Some(Cut {
        alpha: alpha::alpha(picture, &cells, &inside),
    }))
}

/// The cells of the subject; nothing if they are not sure enough.
fn trusted(cells: &Cells, saliency: &Map) -> Option<Vec<bool>> {
    if cells.width < 40 || cells.height < 40 {
        return None;
    }
    let coarse = cells.halved();
    let stands_out = Map::new(coarse.width, coarse.height, |x, y| {
        saliency.sample(2.0 * x as f32 + 0.5, 2.0 * y as f32 + 0.5)
    });
    let found = |likely: f32| segment(&coarse, &seeds(&coarse, &stands_out, likely));
    let (tight, wide) = rayon::join(|| found(0.6), || found(0.3));
    let (tight, wide) = (tight?, wide?);
    if alike(&tight.inside, &wide.inside) < AGREEMENT {
        return None;
    }
    let inside = refined(cells, &coarse, &tight);
    let trust = Trust::of(cells, &inside, &tight.models, saliency);
    (trust.confidence() > TRUSTED).then_some(inside)
}

/// What stands out is likely inside, the picture's rim is outside.
fn seeds(cells: &Cells, saliency: &Map, likely: f32) -> Vec<Seed> {
    let (width, height) = (cells.width, cells.height);
    let rim = (width.max(height) / 60).max(1);
    let seeds = saliency.values.iter().enumerate().map(|(at, value)| {
        let (x, y) = (at % width, at / width);
        if x < rim || y < rim || x + rim >= width {
            Seed::Outside
        } else if *value > likely {
            Seed::Likely
        } else {
            Seed::Unknown
        }
    });
    seeds.collect()
}

/// The coarse cut made exact on the fine grid: cut again within a band along it, crumbs left out and small holes
/// filled.
fn refined(cells: &Cells, coarse: &Cells, segment: &Segment) -> Vec<bool> {
    let mask = Map {
        width: coarse.width,
        height: coarse.height,
        values: segment
            .inside
            .iter()
            .map(|inside| f32::from(u8::from(*inside)))
            .collect(),
    };
    let near = mask.box_mean(2);
    let seeds: Vec<Seed> = (0..cells.rgb.len())
        .map(|at| {
            let (x, y) = ((at % cells.width) as f32, (at / cells.width) as f32);
            match near.sample((x - 0.5) / 2.0, (y - 0.5) / 2.0) {
                share if share > 0.995 => Seed::Inside,
                share if share < 0.005 => Seed::Outside,
                _ => Seed::Unknown,
            }
        })
        .collect();
    let inside = recut(cells, &seeds, &segment.models);
    filled(cells, &largest(cells, &inside))
}

/// The largest part alone, if the others are small beside it; else all.
fn largest(cells: &Cells, inside: &[bool]) -> Vec<bool> {
    let parts = parts(cells, inside);
    let total: usize = parts.iter().map(Vec::len).sum();
    let largest = parts.into_iter().max_by_key(Vec::len).unwrap_or_default();
    if (largest.len() as f32) < ALONE * total as f32 {
        return inside.to_vec();
    }
    let mut alone = vec![false; inside.len()];
    for at in largest {
        alone[at] = true;
    }
    alone
}

/// Without holes that are small enough to be eyes or gleams.
fn filled(cells: &Cells, inside: &[bool]) -> Vec<bool> {
    let area = inside.iter().filter(|inside| **inside).count() as f32;
    let outside: Vec<bool> = inside.iter().map(|inside| !inside).collect();
    let mut filled = inside.to_vec();
    for part in parts(cells, &outside) {
        let open = part.iter().any(|at| on_rim(cells, *at, 1));
        if !open && (part.len() as f32) < HOLE * area {
            for at in part {
                filled[at] = true;
            }
        }
    }
    filled
}

/// Whether a cell is one of the `width` outermost.
fn on_rim(cells: &Cells, at: usize, width: usize) -> bool {
    let (x, y) = (at % cells.width, at / cells.width);
    x < width || y < width || x + width >= cells.width || y + width >= cells.height
}

/// Shared cells to all cells of two insides.
fn alike(left: &[bool], right: &[bool]) -> f32 {
    let both = left.iter().zip(right).filter(|(left, right)| **left && **right).count();
    let either = left.iter().zip(right).filter(|(left, right)| **left || **right).count();
    both as f32 / either.max(1) as f32
}
