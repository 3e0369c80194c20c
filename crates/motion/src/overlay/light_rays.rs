//! Light rays: soft shafts from where the light stands, slowly breathing.

use super::{
    Effect,
    moment::Moment,
    noise::Noise,
    paint::{Canvas, Colour, PITCH, Veil},
    sight::Sight,
};

#[derive(Debug)]
pub(super) struct LightRays {
    noise: Noise,
}

impl LightRays {
    pub(super) fn new() -> Self {
        Self {
            noise: Noise::new(0x11a7, 8, 3),
        }
    }
}

impl Effect for LightRays {
    fn draw(&self, moment: &Moment, sight: &Sight<'_>, canvas: &mut Canvas<'_>) {
        let (width, height) = moment.size;
        let light = sight.light();
        // Rays need some way to spread: a light in the frame is moved back along its way from the middle.
        let (away_x, away_y) = (light.0 - 0.5 * width, light.1 - 0.62 * height);
        let distance = away_x.hypot(away_y).max(1.0);
        let back = (1.5 * height / distance).max(1.0);
        let source = (0.5 * width + away_x * back, 0.62 * height + away_y * back);
        let axis = (-away_x / distance, -away_y / distance);
        let ground = sight.ground();
        let phase = (moment.seed % 128) as f32;
        let time = 0.5 * (moment.seconds + moment.travel);
        let strength = moment.presence * (1.0 - (-1.3 * moment.amount).exp());
        let breath = 0.9 + 0.1 * (0.8 * moment.seconds + phase).sin();
        // Shafts are seen against air that is a little darker.
        canvas.tone(1.0 - 0.2 * strength, 1.0);
        let veil = Veil::new(moment.size, |column, row| {
            let (x, y) = ((column * PITCH) as f32 - source.0, (row * PITCH) as f32 - source.1);
            let along = (x * axis.0 + y * axis.1).max(0.3 * height);
            let slant = (y * axis.0 - x * axis.1) / along;
            if slant.abs() > 1.6 {
                return 0.0;
            }
            // Two sheets of shafts that slide over one another.
            let broad = self.noise.at(slant * 66.0 + phase, 0.8 * time);
            let fine = self.noise.at(slant * 150.0 - phase - time, 40.0 + 1.3 * time);
            let shaft = ((0.62 * broad + 0.38 * fine - 0.37) / 0.3).clamp(0.0, 1.0);
            let fade = 1.0 / (1.0 + (along / (1.5 * height)).powi(4));
            let cone = 1.0 - (slant / 1.6).powi(2);
            let free = 0.55 + 0.45 * ground.at(column, row).1;
            strength * breath * free * cone * fade * (0.05 + 0.95 * shaft * shaft * (3.0 - 2.0 * shaft))
        });
        canvas.veil(&veil, Colour::rgb(0xfff0cc));
    }
}
