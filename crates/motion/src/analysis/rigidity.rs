//! Whether the subject is a tower, a trunk, a mast or a rocket, which nobody believes to bend. What tells is the
//! length of its edges: on these they go up without a break over a large part of the picture, whereas those of faces,
//! animals and cups, however steep, soon turn away.

use super::{map::Map, working::Working};

/// Differences of luma over two pixels from which on there is an edge.
const EDGE: f32 = 0.02;
/// An edge goes up if it is this many times as steep across as along.
const STEEP: f32 = 1.5;
/// A long edge, as a share of the picture's height.
const LONG: f32 = 0.2;
/// What counts as the subject itself.
const SALIENT: f32 = 0.45;
/// Shares of long edges from which and up to which a subject is rigid: of the pictures looked at, living things have
/// 0.14 at most, a rocket 0.28 and a trunk 0.21 or more.
const RIGID: (f32, f32) = (0.15, 0.25);

/// 0 to 1: the share of the subject's edges, by the square of their contrast, that are long and go up.
pub(super) fn rigidity(working: &Working, saliency: &Map) -> f32 {
    let [across, along] = [(1, 0), (0, 1)].map(|step| differences(&working.luma, step));
    let contrast = across.zip(&along, |across, along| across * across + along * along);
    let contrast = contrast.zip(
        saliency,
        |contrast, salient| if salient > SALIENT { contrast } else { 0.0 },
    );
    let sides = across.zip(&along, |across, along| {
        let steep = across.abs() > EDGE && across.abs() > STEEP * along.abs();
        if steep { across.signum() } else { 0.0 }
    });
    let long = LONG * sides.height as f32;
    let length = runs(&sides, 0..sides.height, -1).zip(&runs(&sides, (0..sides.height).rev(), 1), |up, down| up + down);
    let upright = contrast.zip(&length, |contrast, length| if length > long { contrast } else { 0.0 });
    let share = upright.mean() / contrast.mean().max(1e-9);
    ((share - RIGID.0) / (RIGID.1 - RIGID.0)).clamp(0.0, 1.0)
}

fn differences(luma: &Map, (right, below): (isize, isize)) -> Map {
    Map::new(luma.width, luma.height, |x, y| {
        let (x, y) = (x as isize, y as isize);
        luma.at(x + right, y + below) - luma.at(x - right, y - below)
    })
}

/// The rows over which each place's edge has gone on, from row to row in the order of `rows`, each `before` away from
/// the one before it: straight on or one column aside, with the lighter side (the sign) where it was.
fn runs(sides: &Map, rows: impl Iterator<Item = usize>, before: isize) -> Map {
    let mut runs = sides.map(|_| 0.0);
    for y in rows {
        let last = y as isize + before;
        for x in 0..sides.width {
            let side = sides.values[y * sides.width + x];
            if side == 0.0 {
                continue;
            }
            let columns = (x as isize - 1)..=(x as isize + 1);
            let going_on =
                columns.filter(|column| (0..sides.height as isize).contains(&last) && sides.at(*column, last) == side);
            runs.values[y * sides.width + x] = 1.0 + going_on.map(|column| runs.at(column, last)).fold(0.0, f32::max);
        }
    }
    runs
}
