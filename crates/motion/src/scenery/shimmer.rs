//! Glints on water: where two noises that drift against each other are both high, bright water sparkles. They lie on the
//! picture's water and so go with its waves.

use domain::media::Frame;

use super::{
    contrast::Contrast,
    lines::{Spot, luma_lines},
    sway::Setting,
    swell::Swell,
};
use crate::{
    analysis::{Field, Map},
    raster::Grid,
};

/// Texels of the noise, each way; a power of two.
const SIDE: usize = 256;
/// Texels from hill to hill.
const HILLS: f32 = 9.0;
/// Texels per pixel of a frame whose unit is a thousand pixels: across, and down at the horizon. Glints are wider than
/// high, and the more so the farther away.
const FINE: (f32, f32) = (0.75, 2.8);
/// How fast they grow higher, per unit below the horizon.
const GROWTH: f32 = 3.5;
/// Texels that the noises drift in a second.
const DRIFT: f32 = 11.0;
/// Products of both noises above this share sparkle.
const HIGH: f32 = 0.55;
/// Grey levels that a glint adds at natural strength: on water of mean luma, and more for each level above it.
const ADDED: (f32, f32) = (14.0, 1.2);
/// How fine glints are on water without any detail, against water full of it.
const BLURRED: f32 = 0.4;
/// Units between places with many glints.
const SWARMS: f32 = 0.24;

#[derive(Debug, Clone)]
pub(super) struct Shimmer {
    weight: Field,
    /// A smooth noise that goes on at its edges as at the opposite ones.
    noise: Vec<u8>,
    swarms: Swell,
    /// Luma of the water in the mean.
    mean: f32,
    horizon: f32,
    unit: f32,
    /// How fine the glints are, up to 1.
    fine: f32,
}

impl Shimmer {
    /// `place` is where the water is.
    pub(super) fn new(place: &Map, contrast: &Contrast<'_>, setting: &Setting) -> Self {
        let picture = contrast.planes;
        let size = (picture.size.width as f32, picture.size.height as f32);
        let weight = Field::new(place.clone(), size);
        let (mut luma, mut detail, mut count) = (0.0, 0.0, 1e-3);
        for y in (0..picture.size.height).step_by(12) {
            for x in (0..picture.size.width).step_by(12) {
                let at = (x as f32, y as f32);
                let weight = weight.at(at);
                if weight > 0.0 {
                    luma += weight * f32::from(picture.y[(y * picture.size.width + x) as usize]);
                    detail += weight * contrast.detail(at);
                    count += weight;
                }
            }
        }
        // Water out of focus, or smooth, has large soft glints.
        let fine = BLURRED + (1.0 - BLURRED) * (2.5 * detail / count).min(1.0);
        Self {
            weight,
            noise: noise(setting.seed),
            swarms: Swell::noise(setting.seed, 3400, 3, SWARMS, 0.13),
            mean: luma / count,
            horizon: setting.horizon(place),
            unit: setting.unit,
            fine,
        }
    }

    /// `frame` was drawn as `grid` says. `amount`: strength at this moment.
    pub(super) fn shine(&self, amount: f32, seconds: f32, grid: &Grid, frame: &mut Frame) {
        let spots: Vec<Spot> = grid.nodes.iter().map(|at| self.spot(*at, amount, seconds)).collect();
        let floor = self.mean as i32 - (ADDED.0 / ADDED.1) as i32;
        let drift = (seconds * DRIFT * 65536.0) as i64 as i32;
        let table = glints();
        luma_lines(grid, &spots, frame, |line| {
            if line.luma.iter().all(|luma| i32::from(*luma) <= floor) {
                return;
            }
            let fixed = |value: f32| (value * 65536.0) as i32;
            let mut x = fixed(line.place.0);
            let mut y = fixed(line.place.1);
            let (step_x, step_y) = (fixed(line.step.0), fixed(line.step.1));
            let (mut strength, growth) = (fixed(line.amount * ADDED.1), fixed(line.growth * ADDED.1));
            for luma in line.luma {
                let one = self.texel(x.wrapping_add(drift), y.wrapping_sub(drift / 3));
                // Turned by a quarter, so that both never fit.
                let other = self.texel(y.wrapping_add(drift / 2), x.wrapping_sub(drift));
                let glint = table[(one * other) >> 8];
                let above = (i32::from(*luma) - floor).max(0);
                let added = (above * i32::from(glint) * (strength >> 8)) >> 16;
                *luma = (i32::from(*luma) + added).min(235) as u8;
                (x, y) = (x.wrapping_add(step_x), y.wrapping_add(step_y));
                strength += growth;
            }
        });
    }

    fn spot(&self, at: (f32, f32), amount: f32, seconds: f32) -> Spot {
        let weight = self.weight.at(at);
        if weight < 1e-3 {
            return Spot {
                amount: 0.0,
                place: (0.0, 0.0),
            };
        }
        let (x, y) = (at.0 / self.unit, at.1 / self.unit);
        let below = ((at.1 - self.horizon) / self.unit).max(0.0);
        let swarm = (0.45 + 1.1 * self.swarms.at((x, y), seconds)).clamp(0.0, 1.3);
        Spot {
            amount: amount * weight * swarm * (0.4 + 0.6 * self.fine),
            place: (
                1000.0 * self.fine * FINE.0 * x,
                1000.0 * self.fine * FINE.1 * (1.0 + GROWTH * below).ln() / GROWTH,
            ),
        }
    }

    fn texel(&self, x: i32, y: i32) -> usize {
        let mask = SIDE - 1;
        let at = ((y >> 16) as usize & mask) * SIDE + ((x >> 16) as usize & mask);
        usize::from(self.noise.get(at).copied().unwrap_or(0))
    }
}

/// The light of a glint for each product of both noises, 0 to 255.
fn glints() -> [u8; 256] {
    std::array::from_fn(|product| {
        let height = ((product as f32 / 255.0 - HIGH) / (0.95 - HIGH)).clamp(0.0, 1.0);
        (255.0 * height * height * (3.0 - 2.0 * height)) as u8
    })
}

/// Smooth noise, 0 to 255, in which every height is about as frequent.
fn noise(seed: u32) -> Vec<u8> {
    let turns = (SIDE as f32 / HILLS).round();
    let swell = Swell::tiling(seed, 3500, 14, turns);
    let spread = |value: f32| 255.0 / (1.0 + (-5.5 * value).exp());
    (0..SIDE * SIDE)
        .map(|at| {
            let place = ((at % SIDE) as f32 / SIDE as f32, (at / SIDE) as f32 / SIDE as f32);
            spread(swell.at(place, 0.0)) as u8
        })
        .collect()
}
