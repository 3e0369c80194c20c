//! Light that flickers: fire with its glow on what is near, and lamps and windows, each for itself.

use domain::{media::Frame, recipe::SceneryKind};

use super::{
    lines::{Spot, luma_lines, tint},
    swell::Swell,
};
use crate::{
    analysis::{Field, Map},
    raster::{CELL, Grid},
};

/// How a kind of light flickers.
struct Manner {
    /// Slow and quick: units from one place to another that flickers differently, and times per second.
    slow: (f32, f32),
    quick: (f32, f32),
    /// Change of brightness at natural strength, as a share.
    depth: f32,
    /// Of the light that falls on what is near, and how far it falls, in units.
    glow: (f32, f32),
    /// Grey levels by which blue falls and red rises at the brightest.
    warmth: (f32, f32),
}

const FIRE: Manner = Manner {
    slow: (0.6, 1.1),
    quick: (0.25, 3.4),
    depth: 0.30,
    glow: (0.45, 0.09),
    warmth: (-7.0, 6.0),
};
const LAMPS: Manner = Manner {
    slow: (0.075, 0.55),
    quick: (0.085, 1.7),
    depth: 0.55,
    glow: (0.30, 0.02),
    warmth: (-2.0, 1.5),
};

/// Change of a light as bright as can be, in 64ths of a 128th of its square's 256th.
const FULL: f32 = 180.0 * 64.0;

#[derive(Debug, Clone)]
pub(super) struct Flicker {
    weight: Field,
    slow: Swell,
    quick: Swell,
    depth: f32,
    warmth: (f32, f32),
    unit: f32,
}

impl Flicker {
    /// `place` is where the light is. Nothing for kinds that do not shine.
    pub(super) fn new(kind: SceneryKind, seed: u32, place: &Map, size: (f32, f32), unit: f32) -> Option<Self> {
        let manner = match kind {
            SceneryKind::Fire => FIRE,
            SceneryKind::Lights => LAMPS,
            _ => return None,
        };
        let cell = size.0 / place.width as f32;
        let spread = |pixels: f32| place.blurred(pixels / cell);
        // Small lamps lie between the grid's nodes: their light is spread so far that the nodes see it.
        let near = spread(0.5 * CELL as f32).map(|value| (2.0 * value).min(1.0));
        let glow = spread(manner.glow.1 * unit);
        let weight = near.zip(&glow, |near, glow| near.max(manner.glow.0 * (2.0 * glow).min(1.0)));
        Some(Self {
            weight: Field::new(weight, size),
            slow: Swell::noise(seed, 2900, 4, manner.slow.0, manner.slow.1),
            quick: Swell::noise(seed, 2930, 4, manner.quick.0, manner.quick.1),
            depth: manner.depth,
            warmth: manner.warmth,
            unit,
        })
    }

    /// `frame` was drawn as `grid` says. `amount`: strength at this moment.
    pub(super) fn shine(&self, amount: f32, seconds: f32, grid: &Grid, frame: &mut Frame) {
        let spots: Vec<Spot> = grid.nodes.iter().map(|at| self.spot(*at, amount, seconds)).collect();
        luma_lines(grid, &spots, frame, |line| {
            // Bright places flicker more than dark ones: luma changes with its square. All of it fits into 16 bits.
            let (start, step) = ((line.amount * FULL) as i16, (line.growth * FULL) as i16);
            for (at, luma) in (0..).zip(line.luma) {
                let light = u16::from(luma.saturating_sub(16));
                let square = ((light * light) >> 8) as i16;
                let change = (square * ((start + at * step) >> 6) + 64) >> 7;
                *luma = (i16::from(*luma) + change).clamp(16, 235) as u8;
            }
        });
        tint(grid, &spots, self.warmth, frame);
    }

    fn spot(&self, at: (f32, f32), amount: f32, seconds: f32) -> Spot {
        let weight = self.weight.at(at);
        let amount = if weight < 1e-3 {
            0.0
        } else {
            let place = (at.0 / self.unit, at.1 / self.unit);
            let flame = 0.6 * self.slow.at(place, seconds) + 0.4 * self.quick.at(place, seconds);
            (1.5 * amount * self.depth * weight * flame).clamp(-0.7, 0.9)
        };
        Spot { amount, place: at }
    }
}
