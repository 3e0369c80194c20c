//! How much of the body's motion each place of the picture takes: all of it on the subject, and less and less over
//! a wide margin, so that the picture gives way softly instead of tearing.

use super::body::Body;
use crate::{
    analysis::{Analysis, Field, Map},
    layer::Layer,
};

/// Cells along the longer side.
const CELLS: f32 = 120.0;
/// Weights, as shares of the greatest, from which and up to which a place becomes part of the subject.
const PART: (f32, f32) = (0.3, 0.65);
/// The margin round the subject, and the one along an edge that the motion may not cross, as shares of the mean
/// of width and height and of the side across the edge.
const MARGIN: f32 = 0.24;
const EDGE: f32 = 0.28;
/// Cells that a blur may spread.
const SOFTNESS: f32 = 3.0;

/// Shares of the motion sideways and of the motion up and down, 0 to 1.
#[derive(Debug, Clone)]
pub(super) struct Carry {
    sideways: Field,
    upright: Field,
}

impl Carry {
    pub(super) fn at(&self, place: (f32, f32)) -> (f32, f32) {
        (self.sideways.at(place), self.upright.at(place))
    }
}

/// The carry of a frame of this size, and the body that it shows.
pub(super) fn carry(analysis: &Analysis, size: (f32, f32)) -> (Carry, Body) {
    let cell = (size.0.max(size.1) / CELLS).max(1.0);
    let (columns, rows) = ((size.0 / cell).ceil().max(4.0), (size.1 / cell).ceil().max(4.0));
    let (wide, high) = (size.0 / columns, size.1 / rows);
    let greatest = analysis.weight.quantile(0.99).max(0.05);
    let weight = Field::new(analysis.weight.clone(), size);
    let part = Map::new(columns as usize, rows as usize, |x, y| {
        let at = ((x as f32 + 0.5) * wide, (y as f32 + 0.5) * high);
        smooth((weight.at(at) / greatest - PART.0) / (PART.1 - PART.0))
    });
    let part = standing(part, analysis);
    let body = body(&part, analysis, size);
    let margin = MARGIN * (size.0 + size.1) / 2.0;
    let spread = spread(&part, wide / margin, high / margin);
    // What the blur spreads must not reach the edge.
    let inset = |cells: f32, room: f32| ((cells - SOFTNESS) / room).max(0.0);
    let bounded = |bound: &dyn Fn(f32, f32) -> f32| {
        let bound = Map::new(spread.width, spread.height, |x, y| {
            bound(x as f32 + 0.5, y as f32 + 0.5)
        });
        spread.zip(&bound, |carried, bound| carried.min(bound)).blurred(1.0)
    };
    let sideways = bounded(&|x, _| inset(x.min(columns - x), EDGE * columns));
    // Below the base the ground gives way down to the lower edge.
    let room = rows - body.base / high;
    let upright = bounded(&|_, y| inset(y, EDGE * rows).min(inset(rows - y, room.max(0.04 * rows))));
    let carry = Carry {
        sideways: Field::new(sideways, size),
        upright: Field::new(upright, size),
    };
    (carry, body)
}

/// What does not bend moves as one from its top to its foot, even where little of it stands out.
fn standing(mut part: Map, analysis: &Analysis) -> Map {
    if analysis.rigidity <= 0.0 {
        return part;
    }
    let (top, foot) = upright_stretch(analysis);
    let rows = (top * part.height as f32) as usize..((foot * part.height as f32) as usize).min(part.height);
    for column in 0..part.width {
        let cells = rows.clone().map(|row| row * part.width + column);
        let most = cells.clone().map(|at| part.values[at]).fold(0.0, f32::max);
        for at in cells {
            part.values[at] = part.values[at].max(most * analysis.rigidity);
        }
    }
    part
}

/// From where to where the subject is upright, as shares of the height: as far as its edges go on.
fn upright_stretch(analysis: &Analysis) -> (f32, f32) {
    const GOES_ON: f32 = 0.3;
    let (subject, upright) = (&analysis.subject, &analysis.upright);
    let height = upright.height as isize;
    let column = (subject.centre.0 * upright.width as f32) as isize;
    let row = |share: f32| ((share * height as f32) as isize).clamp(0, height - 1);
    let goes_on = |row: &isize| upright.at(column, *row) > GOES_ON;
    let top = (0..row(subject.top)).rev().take_while(goes_on).last();
    let foot = (row(subject.base)..height).take_while(goes_on).last();
    let share = |row: isize| (row as f32 + 0.5) / height as f32;
    (top.map_or(subject.top, share), foot.map_or(subject.base, share))
}

/// The body of a subject that is a layer of its own.
pub(super) fn layer_body(layer: &Layer, analysis: &Analysis, size: (f32, f32)) -> Body {
    let body = body(&layer.shape, analysis, size);
    // Who is not cut by the lower edge may leave the ground, but does not slide over it.
    let lifts = smooth((0.985 - body.base / size.1) / 0.02);
    let freedom = (body.freedom.0, body.freedom.1.max(lifts));
    Body { freedom, ..body }
}

/// The measures of what is part of the subject.
fn body(part: &Map, analysis: &Analysis, size: (f32, f32)) -> Body {
    let rows: Vec<f32> = part
        .values
        .chunks_exact(part.width)
        .map(|row| row.iter().map(|value| value * value).sum())
        .collect();
    let columns: Vec<f32> = (0..part.width)
        .map(|x| {
            part.values
                .iter()
                .skip(x)
                .step_by(part.width)
                .map(|value| value * value)
                .sum()
        })
        .collect();
    if rows.iter().sum::<f32>() < 1.0 {
        let subject = &analysis.subject;
        return Body {
            middle: subject.centre.0 * size.0,
            base: subject.base * size.1,
            height: 0.6 * size.1,
            half_width: 0.3 * size.0,
            freedom: (0.0, 0.0),
            climb: 1.0,
            stiffness: 0.0,
        };
    }
    let (top, base) = (rank(&rows, 0.015), rank(&rows, 0.99));
    let (left, right) = (rank(&columns, 0.03), rank(&columns, 0.97));
    // Who is cut by the lower edge does not stand there: the whole of it may sway, but not rise.
    let cut = smooth((base - 0.9) / 0.07);
    Body {
        middle: rank(&columns, 0.5) * size.0,
        base: (base + 0.03 * cut) * size.1,
        height: ((base - top) * size.1).max(0.2 * size.1),
        half_width: ((right - left) / 2.0 * size.0).max(0.08 * size.0),
        freedom: (0.6 * cut, smooth((1.0 - base) / 0.3).max(0.8 * analysis.rigidity)),
        climb: 1.0,
        stiffness: analysis.rigidity,
    }
}

/// Where, as a share of the length, the share `rank` of the mass is passed.
fn rank(mass: &[f32], rank: f32) -> f32 {
    let total: f32 = mass.iter().sum();
    let mut sum = 0.0;
    for (index, value) in mass.iter().enumerate() {
        if sum + value >= rank * total {
            let share = (rank * total - sum) / value.max(1e-6);
            return (index as f32 + share) / mass.len() as f32;
        }
        sum += value;
    }
    1.0
}

/// The lowest map above `map` that falls by at most `across` from column to column and `down` from row to row
/// (two raster scans over the eight neighbours).
fn spread(map: &Map, across: f32, down: f32) -> Map {
    let (width, height) = (map.width as isize, map.height as isize);
    let mut spread = map.clone();
    let slant = across.hypot(down);
    let mut take = |x: isize, y: isize, neighbours: [(isize, isize, f32); 4]| {
        let mut value = spread.at(x, y);
        for (right, below, fall) in neighbours {
            value = value.max(spread.at(x + right, y + below) - fall);
        }
        if let Some(cell) = spread.values.get_mut((y * width + x) as usize) {
            *cell = value;
        }
    };
    for y in 0..height {
        for x in 0..width {
            take(x, y, [(-1, 0, across), (-1, -1, slant), (0, -1, down), (1, -1, slant)]);
        }
    }
    for y in (0..height).rev() {
        for x in (0..width).rev() {
            take(x, y, [(1, 0, across), (1, 1, slant), (0, 1, down), (-1, 1, slant)]);
        }
    }
    spread
}

fn smooth(value: f32) -> f32 {
    let t = value.clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}
