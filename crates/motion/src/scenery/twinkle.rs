//! Stars that twinkle, each for itself. They are found in the picture once; what belongs to a star follows it wherever the
//! camera puts it.

use domain::media::Frame;

use super::{
    lines::{Spot, luma_lines},
    swell::sine,
};
use crate::{
    analysis::{Field, Map},
    planning::dice,
    raster::Grid,
};

/// Different ways to twinkle; 0 stands for no star.
const WAYS: usize = 256;
/// Grey levels by which a star outshines the sky round it, at least.
const OUTSHINES: f32 = 9.0;
/// Pixels of a star's radius at most, as a share of the unit, and at least.
const LARGEST: f32 = 0.0075;
const SMALLEST: usize = 2;
/// Luma at and below which nothing is a star's light.
const DARK: u8 = 24;
/// Change of brightness at natural strength, as a share.
const DEPTH: f32 = 0.55;

#[derive(Debug, Clone)]
pub(super) struct Twinkle {
    weight: Field,
    /// For each pixel of the picture, the way in which the star that shines there twinkles, and in 255ths how much.
    ways: Vec<[u8; 2]>,
    width: usize,
    height: usize,
    seed: u32,
}

impl Twinkle {
    /// `place` is where stars are, `picture` the fitted picture.
    pub(super) fn new(seed: u32, place: &Map, picture: &Frame, unit: f32) -> Self {
        let (width, height) = (picture.size.width as usize, picture.size.height as usize);
        let weight = Field::new(place.clone(), (width as f32, height as f32));
        Self {
            ways: ways(seed, &weight, picture, unit),
            weight,
            width,
            height,
            seed,
        }
    }

    /// `frame` was drawn as `grid` says. `amount`: strength at this moment.
    pub(super) fn shine(&self, amount: f32, seconds: f32, grid: &Grid, frame: &mut Frame) {
        let spot = |at: &(f32, f32)| Spot {
            amount: self.weight.at(*at),
            place: *at,
        };
        let spots: Vec<Spot> = grid.nodes.iter().map(spot).collect();
        let gains = self.gains(amount, seconds);
        luma_lines(grid, &spots, frame, |line| {
            if line.luma.iter().all(|luma| *luma <= DARK) {
                return;
            }
            // In 16.16; kept within the picture.
            let fixed = |value: f32| (value * 65536.0) as i32;
            let (mut x, mut y) = (fixed(line.place.0 + 0.5), fixed(line.place.1 + 0.5));
            let (step_x, step_y) = (fixed(line.step.0), fixed(line.step.1));
            for luma in line.luma {
                let column = ((x >> 16).max(0) as usize).min(self.width - 1);
                let row = ((y >> 16).max(0) as usize).min(self.height - 1);
                let [way, share] = self.ways.get(row * self.width + column).copied().unwrap_or_default();
                let light = i32::from(luma.saturating_sub(DARK)) * i32::from(share);
                let change = (light * gains[usize::from(way)] + 0x8000) >> 16;
                *luma = (i32::from(*luma) + change).clamp(16, 235) as u8;
                (x, y) = (x.wrapping_add(step_x), y.wrapping_add(step_y));
            }
        });
    }

    /// Change of brightness for each way, in 256ths.
    fn gains(&self, amount: f32, seconds: f32) -> [i32; WAYS] {
        let depth = 256.0 * (amount * DEPTH).min(1.2);
        std::array::from_fn(|way| {
            if way == 0 {
                return 0;
            }
            let chance = |which: u32| dice::spread(self.seed, 3000 + way as u32 * 5 + which);
            let slow = sine((0.75 + 0.35 * chance(0)) * seconds + chance(1));
            let quick = sine((1.9 + 0.7 * chance(2)) * seconds + chance(3));
            (depth * (0.62 * slow + 0.38 * quick).max(-0.8)) as i32
        })
    }
}

/// Marks the pixels of every star.
fn ways(seed: u32, weight: &Field, picture: &Frame, unit: f32) -> Vec<[u8; 2]> {
    let (width, height) = (picture.size.width as usize, picture.size.height as usize);
    let mut ways = vec![[0; 2]; width * height];
    let largest = ((LARGEST * unit) as usize).max(SMALLEST + 2);
    let margin = largest + 2;
    for y in margin..height.saturating_sub(margin) {
        for x in margin..width.saturating_sub(margin) {
            let at = y * width + x;
            let luma = picture.y[at];
            if luma <= DARK || !is_peak(&picture.y, width, at) || weight.at((x as f32, y as f32)) < 0.3 {
                continue;
            }
            let Some(radius) = radius(&picture.y, width, at, largest) else {
                continue;
            };
            let way = 1 + dice::pick(seed, 7 * at as u32, WAYS as u32 - 1) as u8;
            let rim = radius + 2;
            for row in y - rim..=y + rim {
                for column in x - rim..=x + rim {
                    let away = ((row.abs_diff(y).pow(2) + column.abs_diff(x).pow(2)) as f32).sqrt();
                    let share = (255.0 * ((rim as f32 - away) / 2.5).clamp(0.0, 1.0)) as u8;
                    // Of two stars that touch, each keeps its own side.
                    let mark = &mut ways[row * width + column];
                    if share > mark[1] {
                        *mark = [way, share];
                    }
                }
            }
        }
    }
    ways
}

/// Nothing round `at` is brighter; of equals the first counts.
fn is_peak(luma: &[u8], width: usize, at: usize) -> bool {
    let here = luma[at];
    let before = [at - width - 1, at - width, at - width + 1, at - 1];
    let after = [at + 1, at + width - 1, at + width, at + width + 1];
    before.iter().all(|other| luma[*other] < here) && after.iter().all(|other| luma[*other] <= here)
}

/// The radius within which all the light round a peak lies; none for what is no star: too faint, too large or part of
/// something brighter.
fn radius(luma: &[u8], width: usize, at: usize, largest: usize) -> Option<usize> {
    let ring = |radius: usize| {
        let aslant = (radius * 7).div_ceil(10);
        let (below, beside) = (radius * width, aslant * width);
        [
            at - radius,
            at + radius,
            at - below,
            at + below,
            at - beside - aslant,
            at - beside + aslant,
            at + beside - aslant,
            at + beside + aslant,
        ]
        .map(|other| f32::from(luma[other]))
    };
    let here = f32::from(luma[at]);
    let sky = ring(largest).iter().sum::<f32>() / 8.0;
    if here - sky < OUTSHINES {
        return None;
    }
    let dark = sky + 0.3 * (here - sky);
    let radius = (SMALLEST..largest).find(|radius| ring(*radius).iter().all(|value| *value < dark))?;
    let alone = (1..=radius).all(|radius| ring(radius).iter().all(|value| *value <= here));
    alone.then_some(radius)
}
