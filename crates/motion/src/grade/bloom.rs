//! Light that spreads from bright places, as on a soft lens.

use domain::media::Frame;

use crate::raster::Coarse;

/// Luma codes from which a place shines, and from which it does so in full.
const SHINES: (f32, f32) = (110.0, 225.0);

/// Luma codes to add, `amount` from 0 to 1, from the light of `frame` before it is graded.
pub(super) fn bloom(frame: &Frame, amount: f32) -> Coarse {
    let mut bright = Coarse::shrunk(&frame.y, frame.size.width as usize, 3);
    let (low, high) = SHINES;
    for value in &mut bright.values {
        let share = ((*value - low) / (high - low)).clamp(0.0, 1.0);
        *value = amount * share * share * (*value - 16.0);
    }
    let near = bright.blurred(2);
    let wide = near.halved().blurred(4);
    let mut light = near;
    for (at, value) in light.values.iter_mut().enumerate() {
        let (x, y) = (at % light.width, at / light.width);
        *value = 0.4 * *value + 0.6 * wide.between(x as f32 / 2.0 - 0.25, y as f32 / 2.0 - 0.25);
    }
    light
}
