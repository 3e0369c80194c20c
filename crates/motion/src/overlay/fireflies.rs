//! Fireflies: warm glows that wander and pulse, each in its own time.

use super::{
    Effect,
    moment::Moment,
    paint::{Canvas, Colour, Disc, Profile},
    particle::{Field, Particle, perspective},
    sight::Sight,
};

const FLIES: f32 = 44.0;
/// Units: how far one strays from its way.
const STRAYS: f32 = 95.0;
const WIND: f32 = 16.0;

#[derive(Debug)]
pub(super) struct Fireflies {
    glow: Profile,
    body: Profile,
}

impl Fireflies {
    pub(super) fn new() -> Self {
        Self {
            glow: Profile::glow(13.0),
            body: Profile::bell(),
        }
    }
}

impl Effect for Fireflies {
    fn draw(&self, moment: &Moment, sight: &Sight<'_>, canvas: &mut Canvas<'_>) {
        let field = Field::new(moment, 190.0 * moment.unit, true);
        for number in 0..moment.count(FLIES) {
            let fly = Particle::new(moment.seed, number);
            let depth = 0.25 + 0.75 * fly.unit(0);
            let near = perspective(depth);
            let unit = near * moment.unit;
            let (time, rate) = (moment.travel, fly.between(1, 0.28, 0.5));
            let wave = |factor: f32, purpose: u32| (time * rate * factor + fly.phase(purpose)).sin();
            let stray = (
                wave(1.0, 2) + 0.5 * wave(2.3, 3) + 0.16 * wave(6.1, 4),
                0.7 * wave(0.9, 5) + 0.45 * wave(2.7, 6) + 0.16 * wave(5.3, 7),
            );
            let drift = WIND * time;
            let moved = (
                unit * (STRAYS * stray.0 + moment.wind.0 * drift),
                unit * (STRAYS * stray.1 + moment.wind.1 * drift),
            );
            let at = field.place(fly, moved, depth, sight);
            // A pulse comes up quickly and dies away slowly.
            let beat = (moment.seconds * fly.between(8, 0.32, 0.6) + fly.unit(9)).fract();
            let pulse = if beat < 0.2 {
                let t = beat / 0.2;
                t * t * (3.0 - 2.0 * t)
            } else {
                (1.0 - (beat - 0.2) / 0.8).powi(2)
            };
            let shown = moment.presence_of(fly) * sight.seen(at, depth) * (0.06 + 0.94 * pulse);
            if shown < 0.01 {
                continue;
            }
            let size = unit * fly.between(10, 0.95, 1.6) * sight.scale(depth);
            let warm = fly.unit(11);
            let halo = Colour::rgb(0xa6d62a).mixed(Colour::rgb(0xf2b632), warm);
            let heart = Colour::rgb(0xf3ff9c).mixed(Colour::rgb(0xfff0ae), warm);
            let halo_disc = Disc {
                at,
                radius: 62.0 * size,
                alpha: 0.95 * shown,
                profile: &self.glow,
            };
            canvas.disc(&halo_disc, halo);
            canvas.disc(
                &Disc {
                    radius: 8.5 * size,
                    alpha: shown,
                    profile: &self.body,
                    ..halo_disc
                },
                heart,
            );
        }
    }
}
