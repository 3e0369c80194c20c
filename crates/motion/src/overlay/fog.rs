//! Fog: soft banks that drift, thicker far away and over the ground.

use super::{
    Effect,
    moment::Moment,
    noise::Noise,
    paint::{Canvas, Colour, PITCH, Veil},
    sight::Sight,
};

/// Units a second along the wind, of the far and of the near banks.
const DRIFT: (f32, f32) = (26.0, 52.0);
/// Noise steps to a unit, for both.
const SCALE: (f32, f32) = (0.052, 0.03);

#[derive(Debug)]
pub(super) struct Fog {
    noise: Noise,
}

impl Fog {
    pub(super) fn new() -> Self {
        Self {
            noise: Noise::new(0x0f06, 4, 4),
        }
    }
}

impl Effect for Fog {
    fn draw(&self, moment: &Moment, sight: &Sight<'_>, canvas: &mut Canvas<'_>) {
        let ground = sight.ground();
        let strength = 1.0 - (-1.15 * moment.amount).exp();
        let strength = strength * moment.presence;
        let places = [
            bank(moment, sight, 0, DRIFT.0, SCALE.0),
            bank(moment, sight, 1, DRIFT.1, SCALE.1),
        ];
        let veil = Veil::new(moment.size, |column, row| {
            let (depth, behind) = ground.at(column, row);
            let down = (row * PITCH) as f32 / moment.size.1;
            let low = ((down - 0.45) / 0.55).clamp(0.0, 1.0);
            let lies = 0.4 + 0.6 * (down / 0.55).min(1.0);
            let here = lies * (0.3 + 0.8 * (1.0 - depth).powi(2) + 0.6 * low * low) * (0.45 + 0.55 * behind);
            let (x, y) = ((column * PITCH) as f32, (row * PITCH) as f32);
            let [far, near] = places.map(|[a, b, c, d, e, f]| self.noise.at(a * x + b * y + c, d * x + e * y + f));
            let banks = 0.6 * far + 0.4 * near;
            // Holes and banks rather than an even grey.
            let shape = ((banks - 0.26) / 0.5).clamp(0.0, 1.0);
            strength * here * (0.22 + 0.86 * shape * shape * (3.0 - 2.0 * shape))
        });
        canvas.veil(&veil, Colour::rgb(0xdde3e6));
    }
}

/// The linear map from pixels of the frame to steps of the noise: a, b, c for x and d, e, f for y.
fn bank(moment: &Moment, sight: &Sight<'_>, number: u32, speed: f32, scale: f32) -> [f32; 6] {
    let depth = 0.2 + 0.5 * number as f32;
    let scale = scale / moment.unit;
    let (centre, zoom) = ((moment.size.0 / 2.0, moment.size.1 / 2.0), sight.scale(depth));
    let offset = sight.offset(depth);
    let moved = speed * moment.travel * moment.unit;
    let gust = 12.0 * moment.unit * moment.gust(number as f32);
    let home = (moment.seed.wrapping_mul(2 * number + 1) % 128) as f32;
    let along =
        |wind: f32, centre: f32, offset: f32| home + scale * (centre - centre / zoom + offset - wind * (moved + gust));
    // Banks lie flat: they are wider than high.
    let flat = 2.1;
    [
        scale / zoom,
        0.0,
        along(moment.wind.0, centre.0, offset.0),
        0.0,
        flat * scale / zoom,
        flat * along(0.35 * moment.wind.1, centre.1, offset.1) + 0.5 * moment.travel * scale * 8.0,
    ]
}
