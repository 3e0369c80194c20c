//! The next picture shows through where the earlier one gives way, place after place, along a soft edge of light.

use domain::media::Frame;

use super::lattice::Lattice;
use crate::{
    analysis::{Field, Map},
    camera::ease::smooth,
    view::View,
};

/// Share of the whole time that one place takes.
const SOFTNESS: f32 = 0.24;
/// Pixels between the points at which the order is looked up.
const STEP: usize = 4;
const LEVELS: usize = 1024;

/// `order`: when each place of the earlier picture gives way, 0 first to 1 last.
#[derive(Debug)]
pub(super) struct Reveal {
    pub(super) order: Field,
    /// How bright the edge is, in levels of luma.
    pub(super) glow: f32,
}

impl Reveal {
    pub(super) fn new(order: Map, size: (f32, f32), glow: f32) -> Self {
        Self {
            order: Field::new(order, size),
            glow,
        }
    }

    /// `frame` holds the earlier picture, which `view` describes, and `over` the later one.
    pub(super) fn lay(&self, time: f32, view: &View<'_>, over: &Frame, frame: &mut Frame) {
        let (width, height) = (frame.size.width as usize, frame.size.height as usize);
        let order = Lattice::new(STEP, (width, height), |at| self.order.at(view.source(at)));
        let steps = self.steps(time);
        let level = |value: f32| &steps[((value * LEVELS as f32) as usize).min(LEVELS)];
        let mut line = vec![0.0; width];
        for (y, (under, over)) in frame
            .y
            .chunks_exact_mut(width)
            .zip(over.y.chunks_exact(width))
            .enumerate()
        {
            order.line(y as f32, 0.0, 1.0, &mut line);
            for ((under, over), at) in under.iter_mut().zip(over).zip(&line) {
                let step = level(*at);
                let mixed = (i32::from(*under) * (256 - step.share) + i32::from(*over) * step.share + 128) >> 8;
                *under = (mixed + (((235 - mixed) * step.glow) >> 8)).clamp(0, 255) as u8;
            }
        }
        let half = width / 2;
        for (under, over) in [(&mut frame.u, &over.u), (&mut frame.v, &over.v)] {
            for (y, (under, over)) in under.chunks_exact_mut(half).zip(over.chunks_exact(half)).enumerate() {
                order.line(2.0 * y as f32 + 0.5, 0.5, 2.0, &mut line[..half]);
                for ((under, over), at) in under.iter_mut().zip(over).zip(&line) {
                    let step = level(*at);
                    *under =
                        ((i32::from(*under) * (256 - step.share) + i32::from(*over) * step.share + 128) >> 8) as u8;
                }
            }
        }
    }

    fn steps(&self, time: f32) -> Vec<Step> {
        let step = |level: usize| {
            let order = level as f32 / LEVELS as f32;
            let gone = ((time * (1.0 + SOFTNESS) - order) / SOFTNESS).clamp(0.0, 1.0);
            Step {
                share: (smooth(gone) * 256.0).round() as i32,
                // Brightest just ahead of the change.
                glow: (self.glow * (gone * (1.0 - gone)).powi(2) * 16.0) as i32,
            }
        };
        (0..=LEVELS).map(step).collect()
    }
}

/// What happens at one place, in 256ths.
struct Step {
    share: i32,
    glow: i32,
}
