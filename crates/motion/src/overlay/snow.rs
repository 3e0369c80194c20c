//! Snow: soft flakes of many sizes that wander as they fall; the nearest out of focus.

use super::{
    Effect,
    moment::Moment,
    paint::{Canvas, Colour, Disc, Profile},
    particle::{Field, Particle, perspective},
    sight::Sight,
};

const FLAKES: f32 = 500.0;
/// Units a second, of the nearest flakes: down, and along the wind.
const FALL: f32 = 150.0;
const WIND: f32 = 95.0;

#[derive(Debug)]
pub(super) struct Snow {
    flake: Profile,
    blurred: Profile,
    shadow: Profile,
}

impl Snow {
    pub(super) fn new() -> Self {
        Self {
            flake: Profile::disc(0.75),
            blurred: Profile::disc(0.55),
            shadow: Profile::disc(0.6),
        }
    }
}

impl Effect for Snow {
    fn draw(&self, moment: &Moment, sight: &Sight<'_>, canvas: &mut Canvas<'_>) {
        let field = Field::new(moment, 50.0 * moment.unit, false);
        let white = Colour::rgb(0xf7faff);
        for number in 0..moment.count(FLAKES) {
            let flake = Particle::new(moment.seed, number);
            let depth = flake.unit(0);
            let near = perspective(depth);
            let size = near * moment.unit;
            let fall = FALL * flake.between(1, 0.75, 1.25) + moment.wind.1 * 0.5 * WIND;
            let turn = moment.travel * flake.between(2, 0.8, 2.0) + flake.phase(3);
            let wander = 15.0 * turn.sin() + 7.0 * (2.3 * turn + flake.phase(4)).sin();
            let gust = 26.0 * moment.gust(flake.between(5, 0.0, 1.2));
            let moved = (
                size * (moment.wind.0 * (WIND * moment.travel + gust) + wander),
                size * (fall * moment.travel + 5.0 * (1.7 * turn).cos()),
            );
            let at = field.place(flake, moved, depth, sight);
            let shown = moment.presence_of(flake) * sight.seen(at, depth);
            if shown <= 0.0 {
                continue;
            }
            // The few right before the lens are large and blurred.
            let close = ((depth - 0.88) / 0.12).max(0.0);
            let radius = size * flake.between(6, 3.2, 6.8) * sight.scale(depth) * (1.0 + 2.0 * close);
            let alpha = (0.5 + 0.45 * near) * (1.0 - 0.62 * close) * shown;
            // On white, snow is seen by its shadow.
            canvas.shade(&Disc {
                at: (at.0 + 0.08 * radius, at.1 + 0.16 * radius),
                radius: 1.4 * radius,
                alpha: 0.3 * alpha,
                profile: &self.shadow,
            });
            let profile = if close > 0.0 { &self.blurred } else { &self.flake };
            canvas.disc(
                &Disc {
                    at,
                    radius,
                    alpha,
                    profile,
                },
                white,
            );
        }
    }
}
