//! Bokeh: lights far out of focus, large soft discs that drift and breathe.

use super::{
    Effect,
    moment::Moment,
    paint::{Canvas, Colour, Disc, Profile},
    particle::{Field, Particle},
    sight::Sight,
};

const LIGHTS: f32 = 32.0;
/// Units a second along the wind, of the largest.
const DRIFT: f32 = 22.0;

#[derive(Debug)]
pub(super) struct Bokeh {
    disc: Profile,
    rim: Profile,
    colours: [Colour; 6],
}

impl Bokeh {
    pub(super) fn new() -> Self {
        Self {
            disc: Profile::disc(0.1),
            rim: Profile::new(|distance| (-((distance - 0.93) / 0.045).powi(2)).exp()),
            colours: [0xffd591, 0xffbe76, 0xffe8c4, 0xffa98c, 0xbfe0ff, 0xf3c6ff].map(Colour::rgb),
        }
    }
}

impl Effect for Bokeh {
    fn draw(&self, moment: &Moment, sight: &Sight<'_>, canvas: &mut Canvas<'_>) {
        let field = Field::new(moment, 110.0 * moment.unit, true);
        for number in 0..moment.count(LIGHTS) {
            let light = Particle::new(moment.seed, number);
            let depth = 0.3 + 0.7 * light.unit(0);
            let size = light.between(1, 0.35, 1.0);
            let unit = moment.unit * size;
            let time = moment.travel;
            let turn = time * light.between(2, 0.25, 0.5) + light.phase(3);
            let drift = DRIFT * light.between(4, 0.5, 1.4) * time;
            let moved = (
                unit * (moment.wind.0 * drift + 30.0 * turn.sin()),
                unit * (moment.wind.1 * drift + 22.0 * (0.83 * turn + light.phase(5)).sin()),
            );
            let at = field.place(light, moved, depth, sight);
            let breath = 0.66 + 0.34 * (moment.seconds * light.between(6, 0.5, 1.1) + light.phase(7)).sin();
            let shown = moment.presence_of(light) * sight.seen(at, depth) * breath;
            let disc = Disc {
                at,
                radius: 66.0 * unit * sight.scale(depth),
                alpha: 0.4 * shown * light.between(8, 0.55, 1.0),
                profile: &self.disc,
            };
            let colour = light.choice(9, &self.colours).unwrap_or(self.colours[0]);
            canvas.disc(&disc, colour);
            canvas.disc(
                &Disc {
                    alpha: 1.1 * disc.alpha,
                    profile: &self.rim,
                    ..disc
                },
                colour.lit(1.06),
            );
        }
    }
}
