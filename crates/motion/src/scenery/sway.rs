//! Scenery that moves to and fro where it is.

use domain::{
    media::Size,
    recipe::{SceneryKind, SceneryMotion},
};

use super::{
    contrast::Contrast,
    flames::Flames,
    places::{beneath, rounded},
    strands::{CLOTH, HAIR, Strands},
    water::Water,
    wind::Wind,
};
use crate::analysis::{Field, Map};

/// How it moves.
#[derive(Debug, Clone)]
enum Shape {
    Water(Water),
    Wind(Wind),
    Strands(Strands),
    Flames(Flames),
}

/// Units over which the movement grows from the rim of its region, at the least.
const RIM: f32 = 0.05;

/// Cells of the analysis for one place whose detail is looked at, each way.
const COARSE: usize = 5;
/// How much flat places move against leafy ones.
const FLAT: f32 = 0.4;

/// One region that moves.
#[derive(Debug, Clone)]
pub(super) struct Sway {
    weight: Field,
    shape: Shape,
}

/// What is known of the frame that the scenery is in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    pub(super) seed: u32,
    pub(super) size: Size,
    /// The length that all others are measured in, in pixels: the side of a square as large as the frame.
    pub(super) unit: f32,
    /// As a share of the height from the top, where it is known.
    pub(super) horizon: Option<f32>,
}

impl Setting {
    /// The row, in pixels, at which the water of `place` would vanish: the horizon, where it is known and above the water,
    /// else as far above the water as a steep view has it.
    pub(super) fn horizon(&self, place: &Map) -> f32 {
        let rows = place.values.chunks_exact(place.width.max(1));
        let mut rows = rows.map(|row| row.iter().filter(|value| **value > 0.5).count());
        let first = rows.position(|wet| wet * 50 > place.width).unwrap_or(0);
        let top = first as f32 / place.height.max(1) as f32;
        let known = self.horizon.filter(|horizon| *horizon <= top + 0.05);
        known.unwrap_or(top - 0.15) * self.size.height as f32
    }
}

impl Sway {
    /// `place` is where it moves. Nothing for kinds that do not sway.
    pub(super) fn new(motion: &SceneryMotion, place: &Map, contrast: &Contrast<'_>, setting: &Setting) -> Option<Self> {
        let Setting { seed, size, unit, .. } = *setting;
        let shape = match motion.kind {
            SceneryKind::Water => Shape::Water(Water::new(seed, size, unit, setting.horizon(place))),
            SceneryKind::Foliage => Shape::Wind(Wind::new(seed, unit, motion.heading)),
            SceneryKind::Hair => Shape::Strands(Strands::new(HAIR, seed, unit, motion.heading)),
            SceneryKind::Cloth => Shape::Strands(Strands::new(CLOTH, seed, unit, motion.heading)),
            SceneryKind::Fire => Shape::Flames(Flames::new(seed, unit)),
            _ => return None,
        };
        let frame = (size.width as f32, size.height as f32);
        let cell = frame.0 / place.width as f32;
        let mut weight = rounded(&beneath(place, cell / (RIM * unit)), 1.0);
        if motion.kind == SceneryKind::Foliage {
            weight = weight.zip(&leafiness(place, contrast, frame), |weight, leafy| weight * leafy);
        }
        Some(Self {
            weight: Field::new(weight, frame),
            shape,
        })
    }

    /// How far what is at `at` has moved, in pixels right and down.
    pub(super) fn displacement(&self, at: (f32, f32), seconds: f32) -> Option<(f32, f32)> {
        let weight = self.weight.at(at);
        if weight < 1e-3 {
            return None;
        }
        let (right, down) = match &self.shape {
            Shape::Water(water) => water.displacement(at, seconds),
            Shape::Wind(wind) => wind.displacement(at, seconds),
            Shape::Strands(strands) => strands.displacement(at, seconds),
            Shape::Flames(flames) => flames.displacement(at, seconds),
        };
        Some((weight * right, weight * down))
    }
}

/// How much each place of `place` moves for the detail in it: single leaves and blades more than what is a mere green.
fn leafiness(place: &Map, contrast: &Contrast<'_>, frame: (f32, f32)) -> Map {
    let (width, height) = (place.width.div_ceil(COARSE), place.height.div_ceil(COARSE));
    let centre = |cell: usize, cells: usize, side: f32| (cell as f32 + 0.5) * side / cells as f32;
    let coarse = Map::new(width, height, |x, y| {
        FLAT + (1.0 - FLAT) * contrast.detail((centre(x, width, frame.0), centre(y, height, frame.1)))
    });
    let soft = Field::new(coarse.blurred(1.0), (place.width as f32, place.height as f32));
    Map::new(place.width, place.height, |x, y| soft.at((x as f32, y as f32)))
}
