//! Sampling a picture at places that follow no straight line.

use super::pyramid::Pyramid;

/// A position in the picture, in pixels, centres at whole numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Spot {
    x: f32,
    y: f32,
}

impl Spot {
    pub(crate) fn new((x, y): (f32, f32)) -> Self {
        Self { x, y }
    }
}

impl Pyramid {
    /// Luma at each spot. Spots outside the picture show its edge.
    pub(crate) fn luma(&self, spots: &[Spot], output: &mut [u8]) {
        let Some(level) = self.levels.first() else { return };
        let sheet = &level.luma;
        for (value, spot) in output.iter_mut().zip(spots) {
            *value = sheet.value(sheet.position(spot.x, spot.y), 0);
        }
    }

    /// As `luma`, for both colour differences.
    pub(crate) fn chroma(&self, spots: &[Spot], u: &mut [u8], v: &mut [u8]) {
        let Some(level) = self.levels.first() else { return };
        let sheet = &level.chroma;
        for ((u, v), spot) in u.iter_mut().zip(v).zip(spots) {
            let at = sheet.position(spot.x, spot.y);
            (*u, *v) = (sheet.value(at, 0), sheet.value(at, 1));
        }
    }
}
