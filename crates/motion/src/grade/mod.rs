//! Looks: a change of colour and light over the whole frame, drawn last.

mod bloom;
mod caustics;
mod looks;
mod paint;
mod style;
mod tables;

use domain::{
    media::{FRAME_RATE, Frame, Size},
    recipe::{Grade, Recipe},
};

use self::{
    caustics::Caustics,
    paint::{GLOW, Shading, paint},
    style::Style,
    tables::Tables,
};
use crate::{
    raster::{CELL, Coarse},
    timing::Timing,
    view::View,
};

/// Frames over which a look comes, and a look that is slow goes.
const EASE: f32 = 1.5 * FRAME_RATE as f32;
/// The share of its stretch that a slow look takes to come.
const SLOW: f32 = 0.9;
/// What is sky by this much the less counts as sky alone: better a roof a little too dark than a bright seam round it.
const SKY: f32 = 1.7;

/// All looks of a clip.
#[derive(Debug)]
pub(crate) struct Grader {
    looks: Vec<(Grade, Style)>,
    timing: Timing,
    caustics: Option<Caustics>,
}

impl Grader {
    /// `brightness` is the pictures' mean luma, 0 to 1.
    pub(crate) fn new(recipe: &Recipe, timing: Timing, brightness: f32) -> Self {
        let looks: Vec<(Grade, Style)> = recipe
            .grade
            .iter()
            .map(|grade| (*grade, looks::style(grade.look).suited(brightness)))
            .collect();
        let ripples = looks.iter().any(|(_, style)| style.caustics > 0.0);
        Self {
            looks,
            timing,
            caustics: ripples.then(|| Caustics::new(recipe.seed)),
        }
    }

    /// Grades frame `index`, which shows `views`, each with its share of the frame.
    pub(crate) fn apply(&self, index: u32, views: &[(View<'_>, f32)], frame: &mut Frame) {
        let mut sky = None;
        for (grade, style) in &self.looks {
            let amount = self.amount(grade, style, index);
            if amount > 0.0 {
                let sky = sky.get_or_insert_with(|| sky_in(views, frame.size));
                let shading = self.shading(style, amount, index, sky, frame);
                paint(&Tables::new(style, amount), &shading, frame);
            }
        }
    }

    /// 0 nothing, 1 the look itself. Above that it grows more slowly, so that nothing is driven into grey or colour alone.
    fn amount(&self, grade: &Grade, style: &Style, index: u32) -> f32 {
        let stretch = grade.to.saturating_sub(grade.from) as f32;
        let coming = if style.slow { SLOW * stretch } else { EASE };
        let presence = self
            .timing
            .presence_over(grade.from, grade.to, index as f32, (coming, EASE));
        let strength = grade.strength;
        presence * (strength.min(1.0) + 0.35 * (strength - 1.0).max(0.0))
    }

    fn shading(&self, style: &Style, amount: f32, index: u32, sky: &Coarse, frame: &Frame) -> Shading {
        let size = frame.size;
        let gain = match self.caustics.as_ref().filter(|_| style.caustics > 0.0) {
            Some(caustics) => rippling(caustics, style, amount, index, size),
            None => {
                let mut gain = spread(size, CELL, |place| vignette(style, amount, place));
                let darker = amount * (style.sky.gain - 1.0);
                gain.join(sky, |gain, sky| 256.0 * gain * (1.0 + darker * sky));
                gain
            }
        };
        let glow = (style.bloom > 0.0).then(|| bloom::bloom(frame, GLOW * amount * style.bloom));
        let tinted = (style.sky.tint != (0.0, 0.0)).then(|| {
            let values = sky.values.iter().map(|sky| (256.0 * sky).min(511.0)).collect();
            let tint = (amount * style.sky.tint.0, amount * style.sky.tint.1);
            (Coarse::nodes(sky.width, sky.height, sky.shift - 1, values), tint)
        });
        Shading {
            gain,
            glow,
            sky: tinted,
        }
    }
}

/// How much of each place is sky, 0 to 1.
fn sky_in(views: &[(View<'_>, f32)], size: Size) -> Coarse {
    let mut sky = spread(size, CELL, |_| 0.0);
    for (view, share) in views {
        for (sum, at) in sky.values.iter_mut().zip(&view.grid.nodes) {
            *sum += share * (SKY * view.sky.at(*at)).min(1.0);
        }
    }
    grown(&sky).blurred(1)
}

/// Every value the largest of those round it: the sky is not found up to the last leaf that stands before it, and a bright
/// seam would be seen where a leaf that goes dark with it is not.
fn grown(plane: &Coarse) -> Coarse {
    let across = |values: &[f32], step: usize| -> Vec<f32> {
        let at = |index: Option<usize>| index.and_then(|index| values.get(index)).copied().unwrap_or(0.0);
        let value = |(index, value): (usize, &f32)| value.max(at(index.checked_sub(step))).max(at(Some(index + step)));
        values.iter().enumerate().map(value).collect()
    };
    let rows: Vec<f32> = plane
        .values
        .chunks_exact(plane.width)
        .flat_map(|row| across(row, 1))
        .collect();
    let mut grown = plane.clone();
    grown.values = across(&rows, plane.width);
    grown
}

/// A value for each node `step` pixels apart, by its place in shares of the width and height from the middle, -1 to 1.
fn spread(size: Size, step: usize, value: impl Fn((f32, f32)) -> f32) -> Coarse {
    let columns = (size.width as usize).div_ceil(step) + 1;
    let rows = (size.height as usize).div_ceil(step) + 1;
    let side = |at: usize, length: u32| (2 * at * step) as f32 / length as f32 - 1.0;
    let places = (0..columns * rows).map(|at| (side(at % columns, size.width), side(at / columns, size.height)));
    Coarse::nodes(columns, rows, step.ilog2(), places.map(value).collect())
}

/// Darker towards the corners, hardly at the middles of the sides.
fn vignette(style: &Style, amount: f32, (x, y): (f32, f32)) -> f32 {
    let square = (0.5 * (x * x + y * y)).min(1.2);
    1.0 - (amount * style.vignette).min(0.9) * square * square.sqrt().min(1.0)
}

/// The vignette with light that ripples, more of it where the light comes from: above.
fn rippling(caustics: &Caustics, style: &Style, amount: f32, index: u32, size: Size) -> Coarse {
    /// What the net of light comes to in the mean.
    const MEAN: f32 = 0.2;
    let long = size.width.max(size.height) as f32;
    let shape = (size.width as f32 / long / 2.0, size.height as f32 / long / 2.0);
    spread(size, CELL / 2, |(x, y)| {
        let light = caustics.at(((x + 1.0) * shape.0, (y + 1.0) * shape.1), index as f32);
        let above = 0.75 - 0.25 * y;
        let rippled = 1.0 + amount * style.caustics * above * (light - MEAN);
        256.0 * (vignette(style, amount, (x, y)) * rippled).clamp(0.0, 1.99)
    })
}
