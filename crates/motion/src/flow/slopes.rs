//! How two pictures change in space and against each other, where the flow between them has brought them together.

use super::{field::Flow, octave::Octave};
use crate::analysis::Map;

/// Of every cell, row by row: the first and second derivatives in space, and those against the other picture.
#[derive(Debug)]
pub(super) struct Slopes {
    pub(super) x: Vec<f32>,
    pub(super) y: Vec<f32>,
    pub(super) t: Vec<f32>,
    pub(super) xx: Vec<f32>,
    pub(super) xy: Vec<f32>,
    pub(super) yy: Vec<f32>,
    pub(super) xt: Vec<f32>,
    pub(super) yt: Vec<f32>,
}

/// Three rows of an octave round a row, each with a cell more at both ends.
#[derive(Clone, Copy)]
struct Rows<'o> {
    above: &'o [f32],
    own: &'o [f32],
    below: &'o [f32],
}

impl<'o> Rows<'o> {
    fn of(octave: &'o Octave, y: isize) -> Self {
        Self {
            above: octave.line(y - 1),
            own: octave.line(y),
            below: octave.line(y + 1),
        }
    }
}

impl Slopes {
    pub(super) fn new(from: &Octave, to: &Octave, flow: &Flow) -> Self {
        let (mean, rest) = met(from, to, flow);
        let (width, height) = (from.width, from.height as isize);
        // `x` is the place in a row, which begins with a cell more.
        let each = |octave: &Octave, value: fn(Rows<'_>, usize) -> f32| {
            let mut values = Vec::with_capacity(width * from.height);
            for y in 0..height {
                let rows = Rows::of(octave, y);
                values.extend((1..=width).map(|x| value(rows, x)));
            }
            values
        };
        let across = |rows: Rows<'_>, x: usize| (rows.own[x + 1] - rows.own[x - 1]) / 2.0;
        let down = |rows: Rows<'_>, x: usize| (rows.below[x] - rows.above[x]) / 2.0;
        Self {
            x: each(&mean, across),
            y: each(&mean, down),
            t: each(&rest, |rows, x| rows.own[x]),
            xx: each(&mean, |rows, x| rows.own[x + 1] - 2.0 * rows.own[x] + rows.own[x - 1]),
            xy: each(&mean, |rows, x| {
                (rows.below[x + 1] - rows.below[x - 1] - rows.above[x + 1] + rows.above[x - 1]) / 4.0
            }),
            yy: each(&mean, |rows, x| rows.below[x] - 2.0 * rows.own[x] + rows.above[x]),
            xt: each(&rest, across),
            yt: each(&rest, down),
        }
    }
}

/// The mean of both pictures brought together, and how they differ there.
fn met(from: &Octave, to: &Octave, flow: &Flow) -> (Octave, Octave) {
    let (width, height) = (from.width, from.height);
    let empty = || Map::new(width, height, |_, _| 0.0);
    let (mut mean, mut rest) = (empty(), empty());
    for y in 0..height {
        let own = &from.line(y as isize)[1..];
        for (x, own) in own.iter().take(width).enumerate() {
            let at = y * width + x;
            let there = to.sample(x as f32 + flow.x.values[at], y as f32 + flow.y.values[at]);
            mean.values[at] = (own + there) / 2.0;
            rest.values[at] = there - own;
        }
    }
    (Octave::new(&mean), Octave::new(&rest))
}
