//! Motes of dust that float in the light.

use super::{
    Effect,
    moment::Moment,
    paint::{Canvas, Colour, Disc, Profile},
    particle::{Field, Particle, perspective},
    sight::Sight,
};

const MOTES: f32 = 300.0;
/// Units a second, of the nearest: along the wind, and up and down.
const WIND: f32 = 34.0;
const RISE: f32 = 13.0;

#[derive(Debug)]
pub(super) struct Dust {
    mote: Profile,
    blurred: Profile,
}

impl Dust {
    pub(super) fn new() -> Self {
        Self {
            mote: Profile::bell(),
            blurred: Profile::disc(0.6),
        }
    }
}

impl Effect for Dust {
    fn draw(&self, moment: &Moment, sight: &Sight<'_>, canvas: &mut Canvas<'_>) {
        let field = Field::new(moment, 40.0 * moment.unit, true);
        let source = sight.light();
        let warm = Colour::rgb(0xfff1d2);
        let reach = moment.size.0.hypot(moment.size.1);
        for number in 0..moment.count(MOTES) {
            let mote = Particle::new(moment.seed, number);
            let depth = mote.unit(0);
            let near = perspective(depth);
            let unit = near * moment.unit;
            let time = moment.travel;
            let turn = time * mote.between(1, 0.35, 0.9) + mote.phase(2);
            let wander = (
                34.0 * turn.sin() + 12.0 * (2.6 * turn + mote.phase(3)).sin(),
                24.0 * (0.8 * turn + mote.phase(4)).cos() + 10.0 * (2.1 * turn).sin(),
            );
            let gust = 16.0 * moment.gust(mote.between(5, 0.0, 1.5));
            let along = WIND * mote.between(6, 0.5, 1.5) * time + gust;
            let moved = (
                unit * (moment.wind.0 * along + wander.0),
                unit * (moment.wind.1 * along + RISE * mote.spread(7) * time + wander.1),
            );
            let at = field.place(mote, moved, depth, sight);
            // Brighter towards the light, and each turns and glints by itself.
            let away = (at.0 - source.0).hypot(at.1 - source.1) / reach;
            let lit = 0.75 + 0.45 * (1.0 - away).clamp(0.0, 1.0);
            let glint = 0.7 + 0.38 * (moment.seconds * mote.between(8, 0.7, 2.1) + mote.phase(9)).sin();
            let shown = moment.presence_of(mote) * sight.seen(at, depth) * lit * glint;
            let close = ((depth - 0.86) / 0.14).max(0.0);
            let radius = unit * mote.between(10, 3.4, 6.6) * sight.scale(depth) * (1.0 + 3.2 * close);
            let disc = Disc {
                at,
                radius,
                alpha: shown * (1.0 - 0.75 * close),
                profile: if close > 0.0 { &self.blurred } else { &self.mote },
            };
            canvas.shade(&Disc {
                radius: 1.3 * radius,
                alpha: 0.45 * disc.alpha,
                profile: &self.mote,
                ..disc
            });
            canvas.disc(&disc, warm);
        }
    }
}
