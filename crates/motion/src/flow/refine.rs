//! Making a dense flow smooth within things and sharp between them: a step of the variational method of T. Brox
//! et al., "High Accuracy Optical Flow Estimation Based on a Theory for Warping" (2004), with brightness and gradient
//! constancy, robust penalties and smoothness that gives way at the picture's edges.

use super::{field::Flow, octave::Octave};
use crate::analysis::Map;

/// Weights of the smoothness and of the gradients against the brightness.
const SMOOTHNESS: f32 = 0.35;
const GRADIENTS: f32 = 0.8;
/// Rounds in which the robust weights are found anew, and sweeps of successive over-relaxation in each.
const ROUNDS: usize = 4;
const SWEEPS: usize = 5;
const RELAXATION: f32 = 1.6;
const TINY: f32 = 1e-4;
/// A cell's flow changes by at most this much.
const MOST: f32 = 2.0;

/// Of one cell: the first and second derivatives in space, and those against the other picture.
#[derive(Clone, Copy, Default)]
struct Slopes {
    x: f32,
    y: f32,
    t: f32,
    xx: f32,
    xy: f32,
    yy: f32,
    xt: f32,
    yt: f32,
}

/// The linear equations of one cell, without its neighbours.
#[derive(Clone, Copy, Default)]
struct Equations {
    xx: f32,
    xy: f32,
    yy: f32,
    x: f32,
    y: f32,
}

/// `flow` from `from` to `to`, made better. `edges`: how readily the flow may differ between a cell and its
/// neighbours, 1 everywhere in flat surroundings down to 0 at strong edges.
pub(super) fn refined(from: &Octave, to: &Octave, edges: &Map, flow: &Flow) -> Flow {
    let slopes = slopes(from, to, flow);
    let count = slopes.len();
    let mut change = (vec![0.0_f32; count], vec![0.0_f32; count]);
    for _ in 0..ROUNDS {
        let total = added(flow, &change);
        let smoothness = smoothness(&total, edges);
        let equations: Vec<Equations> = slopes
            .iter()
            .zip(change.0.iter().zip(&change.1))
            .map(|(slopes, (x, y))| equations(slopes, *x, *y))
            .collect();
        for _ in 0..SWEEPS {
            sweep(&equations, &smoothness, flow, &mut change);
        }
    }
    added(flow, &change)
}

fn added(flow: &Flow, change: &(Vec<f32>, Vec<f32>)) -> Flow {
    let plus = |map: &Map, change: &[f32]| Map {
        values: map
            .values
            .iter()
            .zip(change)
            .map(|(value, change)| value + change.clamp(-MOST, MOST))
            .collect(),
        ..*map
    };
    Flow {
        x: plus(&flow.x, &change.0),
        y: plus(&flow.y, &change.1),
    }
}

fn slopes(from: &Octave, to: &Octave, flow: &Flow) -> Vec<Slopes> {
    let (width, height) = (from.width, from.height);
    let warped = Octave::new(&Map::new(width, height, |x, y| {
        let at = y * width + x;
        to.sample(x as f32 + flow.x.values[at], y as f32 + flow.y.values[at])
    }));
    let mean = Octave::new(&Map::new(width, height, |x, y| {
        let (x, y) = (x as isize, y as isize);
        (from.at(x, y) + warped.at(x, y)) / 2.0
    }));
    let rest = Octave::new(&Map::new(width, height, |x, y| {
        let (x, y) = (x as isize, y as isize);
        warped.at(x, y) - from.at(x, y)
    }));
    let mut slopes = Vec::with_capacity(width * height);
    for y in 0..height as isize {
        for x in 0..width as isize {
            let across = |octave: &Octave| (octave.at(x + 1, y) - octave.at(x - 1, y)) / 2.0;
            let down = |octave: &Octave| (octave.at(x, y + 1) - octave.at(x, y - 1)) / 2.0;
            let centre = mean.at(x, y);
            slopes.push(Slopes {
                x: across(&mean),
                y: down(&mean),
                t: rest.at(x, y),
                xx: mean.at(x + 1, y) - 2.0 * centre + mean.at(x - 1, y),
                xy: (mean.at(x + 1, y + 1) - mean.at(x - 1, y + 1) - mean.at(x + 1, y - 1) + mean.at(x - 1, y - 1))
                    / 4.0,
                yy: mean.at(x, y + 1) - 2.0 * centre + mean.at(x, y - 1),
                xt: across(&rest),
                yt: down(&rest),
            });
        }
    }
    slopes
}

/// The cell's own part of the equations at the change that has been found so far.
fn equations(slopes: &Slopes, x: f32, y: f32) -> Equations {
    let mut equations = Equations::default();
    let mut add = |weight: f32, across: f32, down: f32, rest: f32| {
        equations.xx += weight * across * across;
        equations.xy += weight * across * down;
        equations.yy += weight * down * down;
        equations.x -= weight * across * rest;
        equations.y -= weight * down * rest;
    };
    let Slopes {
        x: sx,
        y: sy,
        t,
        xx,
        xy,
        yy,
        xt,
        yt,
    } = *slopes;
    // Normalised, so that strong gradients do not outweigh everything (Zimmer et al. 2011).
    let size = sx * sx + sy * sy + 0.01;
    let off = t + sx * x + sy * y;
    add(1.0 / (size * (off * off / size + TINY).sqrt()), sx, sy, t);
    let (size_x, size_y) = (xx * xx + xy * xy + 0.01, xy * xy + yy * yy + 0.01);
    let (off_x, off_y) = (xt + xx * x + xy * y, yt + xy * x + yy * y);
    let weight = GRADIENTS / (off_x * off_x / size_x + off_y * off_y / size_y + TINY).sqrt();
    add(weight / size_x, xx, xy, xt);
    add(weight / size_y, xy, yy, yt);
    equations
}

/// How strongly each cell holds on to its neighbours.
fn smoothness(flow: &Flow, edges: &Map) -> Vec<f32> {
    let (width, height) = (flow.width(), flow.height());
    let mut weights = Vec::with_capacity(width * height);
    for y in 0..height {
        for x in 0..width {
            let at = y * width + x;
            let right = if x + 1 < width { at + 1 } else { at };
            let below = if y + 1 < height { at + width } else { at };
            let square = |values: &[f32]| (values[right] - values[at]).powi(2) + (values[below] - values[at]).powi(2);
            let steepness = square(&flow.x.values) + square(&flow.y.values);
            weights.push(SMOOTHNESS * edges.values[at] / (steepness + TINY).sqrt());
        }
    }
    weights
}

/// One sweep of successive over-relaxation over all cells.
fn sweep(equations: &[Equations], smoothness: &[f32], flow: &Flow, change: &mut (Vec<f32>, Vec<f32>)) {
    let (width, height) = (flow.width(), flow.height());
    let (change_x, change_y) = (&mut change.0, &mut change.1);
    for y in 0..height {
        for x in 0..width {
            let at = y * width + x;
            let (mut held, mut pull_x, mut pull_y) = (0.0, 0.0, 0.0);
            let mut hold = |other: usize| {
                let weight = (smoothness[at] + smoothness[other]) / 2.0;
                held += weight;
                pull_x += weight * (flow.x.values[other] + change_x[other] - flow.x.values[at]);
                pull_y += weight * (flow.y.values[other] + change_y[other] - flow.y.values[at]);
            };
            if x > 0 {
                hold(at - 1);
            }
            if x + 1 < width {
                hold(at + 1);
            }
            if y > 0 {
                hold(at - width);
            }
            if y + 1 < height {
                hold(at + width);
            }
            let cell = &equations[at];
            let goal_x = (cell.x + pull_x - cell.xy * change_y[at]) / (cell.xx + held + TINY);
            change_x[at] += RELAXATION * (goal_x - change_x[at]);
            let goal_y = (cell.y + pull_y - cell.xy * change_x[at]) / (cell.yy + held + TINY);
            change_y[at] += RELAXATION * (goal_y - change_y[at]);
        }
    }
}
