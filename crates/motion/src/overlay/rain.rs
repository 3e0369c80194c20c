//! Rain: streaks at all distances, and where they hit the ground, small splashes.

use super::{
    Effect,
    moment::Moment,
    paint::{Canvas, Colour, Disc, Profile, Stamp, Streak, Texel, Texture},
    particle::{Field, Particle, perspective},
    sight::Sight,
};

const DROPS: f32 = 760.0;
const SPLASHES: f32 = 90.0;
/// Units a second, of the nearest drops: down, and along the wind.
const FALL: f32 = 1450.0;
const WIND: f32 = 430.0;
/// The share of a frame's time for which a drop is exposed.
const SHUTTER: f32 = 0.8;
/// Seconds from a splash to the next one of the same drop, and how long it is seen.
const PERIOD: f32 = 0.55;
const SEEN: f32 = 0.32;

#[derive(Debug)]
pub(super) struct Rain {
    ring: Texture,
    droplet: Profile,
}

impl Rain {
    pub(super) fn new() -> Self {
        Self {
            ring: Texture::new(|x, y| Texel {
                alpha: (1.0 - ((x.hypot(y) - 0.78).abs() / 0.17).powi(2)).max(0.0),
                light: 1.0,
                tone: 0.0,
            }),
            droplet: Profile::bell(),
        }
    }

    /// Rings that widen on the ground and drops that leap from them.
    fn splash(&self, number: u32, moment: &Moment, sight: &Sight<'_>, canvas: &mut Canvas<'_>) {
        let drop = Particle::new(moment.seed ^ 0x5b1a, number);
        let time = moment.seconds / PERIOD + drop.unit(0);
        let age = time.fract() / SEEN;
        let drop = drop.life(time as i32);
        if age >= 1.0 {
            return;
        }
        let near = drop.unit(1).sqrt();
        let at = (drop.unit(2) * moment.size.0, (0.66 + 0.34 * near) * moment.size.1);
        let at = sight.shown(at, 0.35 + 0.5 * near);
        let shown = moment.presence_of(drop) * sight.behind(at) * (1.0 - age);
        let size = moment.unit * (0.35 + 0.65 * near);
        let radius = size * (3.0 + 12.0 * age);
        canvas.stamp(&Stamp {
            texture: &self.ring,
            at,
            right: (radius, 0.0),
            down: (0.0, 0.36 * radius),
            alpha: 0.7 * shown,
            colours: [Colour::rgb(0xdfe6ea); 2],
            blur: 0.0,
        });
        for leap in 0..2 {
            let side = drop.spread(3 + leap);
            let height = age * (1.0 - age) * 4.0 * (6.0 + 8.0 * drop.unit(6 + leap));
            canvas.disc(
                &Disc {
                    at: (at.0 + side * 9.0 * size * age, at.1 - height * size),
                    radius: 2.1 * size,
                    alpha: 0.9 * shown,
                    profile: &self.droplet,
                },
                Colour::rgb(0xe8eef2),
            );
        }
    }
}

impl Effect for Rain {
    fn draw(&self, moment: &Moment, sight: &Sight<'_>, canvas: &mut Canvas<'_>) {
        // Under rain it is duller.
        let dull = moment.presence * moment.amount.min(1.6);
        canvas.tone(1.0 - 0.09 * dull, 1.0 - 0.16 * dull);
        let field = Field::new(moment, 110.0 * moment.unit, false);
        for number in 0..moment.count(DROPS) {
            let drop = Particle::new(moment.seed, number);
            let depth = drop.unit(0).powf(1.2);
            let near = perspective(depth);
            let pace = near * drop.between(1, 0.92, 1.08) * moment.unit;
            let velocity = (moment.wind.0 * WIND * pace, (FALL + moment.wind.1 * 0.3 * WIND) * pace);
            let sway = 16.0 * near * moment.unit * moment.gust(0.0) * moment.wind.0;
            let moved = (velocity.0 * moment.travel + sway, velocity.1 * moment.travel);
            let at = field.place(drop, moved, depth, sight);
            let exposed = moment.travel_per_frame * SHUTTER;
            let from = (at.0 - velocity.0 * exposed, at.1 - velocity.1 * exposed);
            let middle = ((at.0 + from.0) / 2.0, (at.1 + from.1) / 2.0);
            let alpha = (0.3 + 0.4 * near) * moment.presence_of(drop);
            let whole = alpha * sight.seen(middle, depth);
            let streak = Streak {
                from,
                to: at,
                width: (0.75 + 1.35 * near * near) * moment.unit.max(0.5),
                alpha: [0.1 * whole, whole, 0.35 * whole],
            };
            canvas.water(&streak, 188 + (40.0 * drop.unit(2)) as i32);
        }
        for number in 0..moment.count(SPLASHES) {
            self.splash(number, moment, sight, canvas);
        }
    }
}
