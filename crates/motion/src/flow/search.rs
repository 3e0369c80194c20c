//! Finding patches of one picture in another by inverse search: gradient descent whose gradients and Hessian
//! are those of the patch that is searched for, so that they are computed once (T. Kroeger et al., "Fast Optical Flow
//! using Dense Inverse Search", 2016).

use super::{
    field::Flow,
    octave::{Octave, Patch, SIDE},
};

/// Cells between two patches.
const STEP: usize = 4;
const CELLS: f32 = (SIDE * SIDE) as f32;
/// Steps of the descent, at most.
const DESCENTS: usize = 14;
/// Cells. A step that moves less is the last.
const CLOSE_ENOUGH: f32 = 0.02;
/// Added to the Hessian, so that flat patches stay where they are.
const STIFFNESS: f32 = 0.6;

/// How far each patch has moved. Patches lie `STEP` cells apart, the last ones at the picture's edge.
#[derive(Debug)]
pub(super) struct Patches {
    pub(super) columns: usize,
    pub(super) rows: usize,
    pub(super) moved: Vec<(f32, f32)>,
    size: (usize, usize),
}

impl Patches {
    /// The first cell of a patch.
    pub(super) fn corner(&self, column: usize, row: usize) -> (usize, usize) {
        (
            (column * STEP).min(self.size.0 - SIDE),
            (row * STEP).min(self.size.1 - SIDE),
        )
    }
}

/// One patch with what its descent needs.
struct Target {
    corner: (f32, f32),
    values: Patch,
    across: Patch,
    down: Patch,
    /// Of the Hessian, inverted: xx, xy, yy.
    inverse: (f32, f32, f32),
}

impl Target {
    fn new(from: &Octave, (x, y): (usize, usize)) -> Self {
        let (left, top) = (x as f32, y as f32);
        let slope = |before: Patch, after: Patch| {
            let mut slope: Patch = std::array::from_fn(|at| (after[at] - before[at]) / 2.0);
            let mean = slope.iter().sum::<f32>() / CELLS;
            slope.iter_mut().for_each(|value| *value -= mean);
            slope
        };
        let across = slope(from.patch(left - 1.0, top), from.patch(left + 1.0, top));
        let down = slope(from.patch(left, top - 1.0), from.patch(left, top + 1.0));
        let sum = |one: &Patch, other: &Patch| one.iter().zip(other).map(|(a, b)| a * b).sum::<f32>();
        let (xx, xy, yy) = (
            sum(&across, &across) + STIFFNESS,
            sum(&across, &down),
            sum(&down, &down) + STIFFNESS,
        );
        let determinant = xx * yy - xy * xy;
        Self {
            corner: (left, top),
            values: without_mean(from.patch(left, top)),
            across,
            down,
            inverse: (yy / determinant, -xy / determinant, xx / determinant),
        }
    }

    /// What `to` holds where the patch would have moved, less the patch.
    fn rest(&self, to: &Octave, moved: (f32, f32)) -> Patch {
        let mut rest = without_mean(to.patch(self.corner.0 + moved.0, self.corner.1 + moved.1));
        rest.iter_mut()
            .zip(&self.values)
            .for_each(|(rest, value)| *rest -= value);
        rest
    }

    fn cost(&self, to: &Octave, moved: (f32, f32)) -> f32 {
        self.rest(to, moved).iter().map(|rest| rest * rest).sum()
    }

    /// From `start` down to the nearest best place, with its cost. A descent that runs away is not taken.
    fn descend(&self, to: &Octave, start: (f32, f32)) -> ((f32, f32), f32) {
        let mut moved = start;
        let mut best = (start, f32::INFINITY);
        for _ in 0..DESCENTS {
            let rest = self.rest(to, moved);
            let (mut cost, mut x, mut y) = (0.0, 0.0, 0.0);
            for ((rest, across), down) in rest.iter().zip(&self.across).zip(&self.down) {
                cost += rest * rest;
                x += across * rest;
                y += down * rest;
            }
            if cost >= best.1 {
                break;
            }
            best = (moved, cost);
            let (xx, xy, yy) = self.inverse;
            let step = (xx * x + xy * y, xy * x + yy * y);
            if step.0.abs().max(step.1.abs()) < CLOSE_ENOUGH {
                break;
            }
            moved = (moved.0 - step.0, moved.1 - step.1);
            let gone = (moved.0 - start.0).hypot(moved.1 - start.1);
            if gone > SIDE as f32 || !gone.is_finite() {
                break;
            }
        }
        best
    }
}

fn without_mean(mut patch: Patch) -> Patch {
    let mean = patch.iter().sum::<f32>() / CELLS;
    patch.iter_mut().for_each(|value| *value -= mean);
    patch
}

/// Looks for each patch of `from` in `to`. `starts` are guesses for the whole picture, the best of which is
/// taken patch by patch; neighbours pass on what they found, first to the right and downward, then back.
pub(super) fn search(from: &Octave, to: &Octave, starts: &[Flow]) -> Patches {
    let count = |length: usize| (length - SIDE).div_ceil(STEP) + 1;
    let (columns, rows) = (count(from.width), count(from.height));
    let mut patches = Patches {
        columns,
        rows,
        moved: vec![(0.0, 0.0); columns * rows],
        size: (from.width, from.height),
    };
    let mut targets = Vec::with_capacity(columns * rows);
    let mut costs = Vec::with_capacity(columns * rows);
    for row in 0..rows {
        for column in 0..columns {
            let at = row * columns + column;
            let corner = patches.corner(column, row);
            let target = Target::new(from, corner);
            let middle = (
                corner.0 as f32 + SIDE as f32 / 2.0 - 0.5,
                corner.1 as f32 + SIDE as f32 / 2.0 - 0.5,
            );
            let left = (column > 0).then(|| patches.moved[at - 1]);
            let above = (row > 0).then(|| patches.moved[at - columns]);
            let guesses = starts.iter().map(|start| start.at(middle.0, middle.1));
            let start = cheapest(&target, to, guesses.chain(left).chain(above));
            let (moved, cost) = target.descend(to, start);
            patches.moved[at] = moved;
            costs.push(cost);
            targets.push(target);
        }
    }
    for at in (0..columns * rows).rev() {
        let right = (at % columns + 1 < columns).then(|| patches.moved[at + 1]);
        let below = (at + columns < columns * rows).then(|| patches.moved[at + columns]);
        let target = &targets[at];
        for guess in right.into_iter().chain(below) {
            // Only a clearly better place is worth another descent.
            if target.cost(to, guess) < 0.9 * costs[at] {
                (patches.moved[at], costs[at]) = target.descend(to, guess);
            }
        }
    }
    patches
}

fn cheapest(target: &Target, to: &Octave, guesses: impl Iterator<Item = (f32, f32)>) -> (f32, f32) {
    let mut best = ((0.0, 0.0), f32::INFINITY);
    for guess in guesses {
        let cost = target.cost(to, guess);
        if cost < best.1 {
            best = (guess, cost);
        }
    }
    best.0
}
