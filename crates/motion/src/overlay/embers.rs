//! Embers: glowing specks that rise on hot air, flicker and die.

use super::{
    Effect,
    moment::Moment,
    paint::{Canvas, Colour, Disc, Profile, Streak},
    particle::{Particle, perspective},
    sight::Sight,
};

const EMBERS: f32 = 170.0;
/// Units a second, of the nearest: up, and along the wind.
const RISE: f32 = 255.0;
const WIND: f32 = 90.0;
/// The share of a frame's time for which one is exposed.
const SHUTTER: f32 = 0.9;

#[derive(Debug)]
pub(super) struct Embers {
    glow: Profile,
    heart: Profile,
}

impl Embers {
    pub(super) fn new() -> Self {
        Self {
            glow: Profile::glow(20.0),
            heart: Profile::bell(),
        }
    }
}

/// Where an ember is `age` of its way up, in units from where it began.
fn way(ember: Particle, age: f32, seconds: f32, wind: (f32, f32)) -> (f32, f32) {
    let time = age * seconds;
    let turn = time * ember.between(20, 1.6, 3.4) + ember.phase(21);
    // Eddies grow as the air rises.
    let eddy = 12.0 + 62.0 * age;
    (
        wind.0 * WIND * time + eddy * turn.sin() + 0.3 * eddy * (2.9 * turn + ember.phase(22)).sin(),
        (0.3 * wind.1 * WIND - RISE) * time + 0.35 * eddy * (1.7 * turn).cos(),
    )
}

impl Effect for Embers {
    fn draw(&self, moment: &Moment, sight: &Sight<'_>, canvas: &mut Canvas<'_>) {
        for number in 0..moment.count(EMBERS) {
            let ember = Particle::new(moment.seed, number);
            let depth = ember.unit(0);
            let near = perspective(depth);
            let unit = near * moment.unit;
            let seconds = ember.between(1, 1.8, 4.4) / near.sqrt();
            let time = moment.travel / seconds + ember.unit(2);
            let (age, ember) = (time.fract(), ember.life(time as i32));
            let begun = (
                (ember.unit(3) * 1.3 - 0.15) * moment.size.0,
                (1.05 - 0.2 * ember.unit(4).powi(2) - 0.25 * (1.0 - depth)) * moment.size.1,
            );
            let placed = |age: f32| {
                let way = way(ember, age, seconds, moment.wind);
                sight.shown((begun.0 + unit * way.0, begun.1 + unit * way.1), depth)
            };
            let at = placed(age);
            let before = placed(age - SHUTTER * moment.travel_per_frame / seconds);
            let life = (age / 0.1).min(1.0) * (1.0 - age).powf(0.6);
            let flicker = 0.72 + 0.28 * (moment.seconds * ember.between(5, 7.0, 13.0) + ember.phase(6)).sin();
            let shown = moment.presence_of(ember) * sight.seen(at, depth) * life * flicker;
            if shown < 0.01 {
                continue;
            }
            // They cool from yellow to red.
            let hot = (1.0 - 1.25 * age + 0.3 * ember.spread(7)).clamp(0.0, 1.0);
            let halo = Colour::rgb(0xd83a08).mixed(Colour::rgb(0xff9a1c), hot);
            let heart = Colour::rgb(0xff7a28).mixed(Colour::rgb(0xffeeb0), hot);
            let size = unit * ember.between(8, 1.1, 2.6) * (1.0 - 0.35 * age) * sight.scale(depth);
            canvas.disc(
                &Disc {
                    at,
                    radius: 15.0 * size,
                    alpha: 0.62 * shown,
                    profile: &self.glow,
                },
                halo,
            );
            let long = (at.0 - before.0).hypot(at.1 - before.1);
            if long > 2.5 {
                canvas.streak(
                    &Streak {
                        from: before,
                        to: at,
                        width: 2.8 * size,
                        alpha: [0.15 * shown, 0.8 * shown, shown],
                    },
                    heart,
                );
            }
            canvas.disc(
                &Disc {
                    at,
                    radius: 3.0 * size,
                    alpha: shown,
                    profile: &self.heart,
                },
                heart,
            );
        }
    }
}
