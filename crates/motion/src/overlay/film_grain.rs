//! Film grain: fine noise of light that is new in every frame and on the mean changes nothing.

use super::{Effect, moment::Moment, paint::Canvas, particle::Particle, sight::Sight};
use crate::planning::dice::spread;

/// A prime, so that the tile's repetition falls in with nothing.
const SIDE: usize = 251;
/// Rows that share an offset into the tile.
const BAND: usize = 64;
/// Standard deviation of luma in the midtones at amount 1.
const STRENGTH: f32 = 4.2;
/// Of the tile.
const DEVIATION: f32 = 30.0;

/// Grain of two sizes: for small frames and for those of 1000 lines or more.
#[derive(Debug)]
pub(super) struct FilmGrain {
    fine: Vec<i8>,
    coarse: Vec<i8>,
}

impl FilmGrain {
    pub(super) fn new() -> Self {
        Self {
            fine: tile(0.22),
            coarse: tile(0.5),
        }
    }
}

/// Chance values softened by their neighbours, with mean 0.
fn tile(soften: f32) -> Vec<i8> {
    let raw: Vec<f32> = (0..SIDE * SIDE)
        .map(|index| {
            let part = |purpose: u32| spread(0x06a1_u32.wrapping_add(purpose), index as u32);
            part(0) + part(1) + part(2)
        })
        .collect();
    let softened: Vec<f32> = (0..SIDE * SIDE)
        .map(|index| {
            let (x, y) = (index % SIDE, index / SIDE);
            let at = |right: usize, below: usize| raw[(y + below) % SIDE * SIDE + (x + right) % SIDE];
            let sides = at(1, 0) + at(SIDE - 1, 0) + at(0, 1) + at(0, SIDE - 1);
            let corners = at(1, 1) + at(SIDE - 1, 1) + at(1, SIDE - 1) + at(SIDE - 1, SIDE - 1);
            at(0, 0) + soften * sides + soften * soften * corners
        })
        .collect();
    let mean = softened.iter().sum::<f32>() / softened.len() as f32;
    let variance = softened.iter().map(|value| (value - mean).powi(2)).sum::<f32>() / softened.len() as f32;
    let scale = DEVIATION / variance.sqrt().max(1e-6);
    let rounded = softened
        .iter()
        .map(|value| ((value - mean) * scale).round().clamp(-127.0, 127.0) as i8);
    rounded.collect()
}

impl Effect for FilmGrain {
    fn draw(&self, moment: &Moment, _: &Sight<'_>, canvas: &mut Canvas<'_>) {
        let tile = if moment.size.1 < 900.0 {
            &self.fine
        } else {
            &self.coarse
        };
        let strength = moment.presence * moment.amount.min(2.5) * STRENGTH / DEVIATION;
        let gain = (strength * 512.0).round() as i16;
        let frame = Particle::new(moment.seed, moment.index);
        for (y, row) in canvas.luma_rows().enumerate() {
            let band = frame.life((y / BAND) as i32);
            let start = (band.unit(0) * SIDE as f32) as usize;
            let grain_row = ((band.unit(1) * SIDE as f32) as usize + y) % SIDE;
            let grains = tile.get(grain_row * SIDE..(grain_row + 1) * SIDE).unwrap_or_default();
            let (first, rest) = row.split_at_mut((SIDE - start % SIDE).min(row.len()));
            lay(first, &grains[start % SIDE..], gain);
            for part in rest.chunks_mut(SIDE) {
                lay(part, grains, gain);
            }
        }
    }
}

/// Midtones take the most; black and white have no room for it. `gain` is in 512ths.
fn lay(row: &mut [u8], grains: &[i8], gain: i16) {
    for (value, grain) in row.iter_mut().zip(grains) {
        let now = i16::from(*value);
        // In 256ths, nearly all of it halfway between black and white.
        let room = 64 + (((now - 16).max(0) * (235 - now).max(0)) >> 6);
        let eighths = (i32::from(i16::from(*grain) * gain) * i32::from(4 * room)) >> 16;
        *value = (now + ((eighths as i16 + 4) >> 3)).clamp(16, 235) as u8;
    }
}
