//! Making a dense flow smooth within things and sharp between them: a step of the variational method of T. Brox
//! et al., "High Accuracy Optical Flow Estimation Based on a Theory for Warping" (2004), with brightness and gradient
//! constancy, robust penalties and smoothness that gives way at the picture's edges.

use super::{
    field::Flow,
    octave::Octave,
    relax::{Board, Row},
    slopes::Slopes,
};
use crate::analysis::Map;

/// Weights of the smoothness and of the gradients against the brightness.
const SMOOTHNESS: f32 = 0.35;
const GRADIENTS: f32 = 0.8;
/// Rounds in which the robust weights are found anew, and sweeps in each.
const ROUNDS: usize = 4;
const SWEEPS: usize = 5;
const TINY: f32 = 1e-4;
/// A cell's flow changes by at most this much.
const MOST: f32 = 2.0;

/// `flow` from `from` to `to`, made better. `edges`: how readily the flow may differ between a cell and its
/// neighbours, 1 everywhere in flat surroundings down to 0 at strong edges.
pub(super) fn refined(from: &Octave, to: &Octave, edges: &Map, flow: &Flow) -> Flow {
    let slopes = Slopes::new(from, to, flow);
    let mut board = Board::new(flow);
    let mut row = Row::new(flow.width());
    let mut better = flow.clone();
    for _ in 0..ROUNDS {
        let smoothness = smoothness(&better, edges);
        for y in 0..flow.height() {
            equations(&slopes, flow, &better, y, &mut row);
            board.set(y, &smoothness, &mut row);
        }
        for _ in 0..SWEEPS {
            board.sweep();
        }
        board.read(&mut better);
        bound(&mut better.x, &flow.x);
        bound(&mut better.y, &flow.y);
    }
    better
}

/// Keeps what was changed within the most that may be.
fn bound(better: &mut Map, before: &Map) {
    for (value, before) in better.values.iter_mut().zip(&before.values) {
        *value = value.clamp(before - MOST, before + MOST);
    }
}

/// Row `y` of `values`.
fn part(values: &[f32], y: usize, width: usize) -> &[f32] {
    &values[y * width..][..width]
}

/// The linear equations of the cells of row `y`, without their neighbours, at the flow that has been found so far:
/// those of the whole flow, not of its change.
fn equations(slopes: &Slopes, flow: &Flow, better: &Flow, y: usize, row: &mut Row) {
    let width = flow.width();
    let (sx, sy, t) = (
        part(&slopes.x, y, width),
        part(&slopes.y, y, width),
        part(&slopes.t, y, width),
    );
    let (xx, xy, yy) = (
        part(&slopes.xx, y, width),
        part(&slopes.xy, y, width),
        part(&slopes.yy, y, width),
    );
    let (xt, yt) = (part(&slopes.xt, y, width), part(&slopes.yt, y, width));
    let (x0, y0) = (part(&flow.x.values, y, width), part(&flow.y.values, y, width));
    let (x1, y1) = (part(&better.x.values, y, width), part(&better.y.values, y, width));
    let [row_xx, row_xy, row_yy] = [&mut row.xx, &mut row.xy, &mut row.yy].map(|values| &mut values[..width]);
    let [row_x, row_y] = [&mut row.x, &mut row.y].map(|values| &mut values[..width]);
    for at in 0..width {
        let (x, y) = (x1[at] - x0[at], y1[at] - y0[at]);
        // Normalised, so that strong gradients do not outweigh everything (Zimmer et al. 2011).
        let size = sx[at] * sx[at] + sy[at] * sy[at] + 0.01;
        let off = t[at] + sx[at] * x + sy[at] * y;
        let bright = 1.0 / (size * (off * off + TINY * size)).sqrt();
        let size_x = xx[at] * xx[at] + xy[at] * xy[at] + 0.01;
        let size_y = xy[at] * xy[at] + yy[at] * yy[at] + 0.01;
        let (off_x, off_y) = (xt[at] + xx[at] * x + xy[at] * y, yt[at] + xy[at] * x + yy[at] * y);
        let both = size_x * size_y;
        let off = off_x * off_x * size_y + off_y * off_y * size_x + TINY * both;
        let slope = GRADIENTS / (off * both).sqrt();
        let (slope_x, slope_y) = (slope * size_y, slope * size_x);
        let a = bright * sx[at] * sx[at] + slope_x * xx[at] * xx[at] + slope_y * xy[at] * xy[at] + TINY;
        let b = bright * sx[at] * sy[at] + (slope_x * xx[at] + slope_y * yy[at]) * xy[at];
        let c = bright * sy[at] * sy[at] + slope_x * xy[at] * xy[at] + slope_y * yy[at] * yy[at] + TINY;
        let goal_x = bright * sx[at] * t[at] + slope_x * xx[at] * xt[at] + slope_y * xy[at] * yt[at];
        let goal_y = bright * sy[at] * t[at] + slope_x * xy[at] * xt[at] + slope_y * yy[at] * yt[at];
        (row_xx[at], row_xy[at], row_yy[at]) = (a, b, c);
        row_x[at] = a * x0[at] + b * y0[at] - goal_x;
        row_y[at] = b * x0[at] + c * y0[at] - goal_y;
    }
}

/// How strongly each cell holds on to its neighbours.
fn smoothness(flow: &Flow, edges: &Map) -> Vec<f32> {
    let (width, height) = (flow.width(), flow.height());
    let mut weights = vec![0.0; width * height];
    let mut steepness = vec![0.0_f32; width];
    for (y, (weights, edges)) in weights
        .chunks_exact_mut(width)
        .zip(edges.values.chunks_exact(width))
        .enumerate()
    {
        steepness.fill(TINY);
        for values in [&flow.x.values, &flow.y.values] {
            let row = &values[y * width..][..width];
            let below = &values[(y + 1).min(height - 1) * width..][..width];
            for (sum, pair) in steepness.iter_mut().zip(row.windows(2)) {
                *sum += (pair[1] - pair[0]).powi(2);
            }
            for ((sum, value), below) in steepness.iter_mut().zip(row).zip(below) {
                *sum += (below - value).powi(2);
            }
        }
        for ((weight, edge), steepness) in weights.iter_mut().zip(edges).zip(&steepness) {
            *weight = SMOOTHNESS * edge / steepness.sqrt();
        }
    }
    weights
}
