//! Sparkles: four-pointed stars that flash up and go out again.

use super::{
    Effect,
    moment::Moment,
    paint::{Canvas, Colour, Disc, Profile, Stamp, Texel, Texture},
    particle::{Field, Particle, perspective},
    sight::Sight,
};

const STARS: f32 = 96.0;
/// Units a second along the wind.
const WIND: f32 = 9.0;
/// The share of its time for which a star is lit.
const LIT: f32 = 0.46;
/// Half the width of a needle to half its length.
const THIN: f32 = 0.15;

#[derive(Debug)]
pub(super) struct Sparkles {
    needle: Texture,
    glow: Profile,
    colours: [Colour; 4],
}

impl Sparkles {
    pub(super) fn new() -> Self {
        Self {
            needle: Texture::new(needle),
            glow: Profile::glow(26.0),
            colours: [0xffc648, 0xffd98a, 0x8ec8ff, 0xff9ccb].map(Colour::rgb),
        }
    }
}

/// A needle from left to right, white inside, coloured outside. It fills its texture's height.
fn needle(x: f32, y: f32) -> Texel {
    let out = (1.0 - x.abs()).max(0.0);
    let width = 0.06 + 0.62 * out.powf(2.2);
    let alpha = out.powf(0.7) * (-(y / width).powi(2)).exp() * ((1.0 - y.abs()) / 0.1).clamp(0.0, 1.0);
    Texel {
        alpha,
        light: 1.0,
        tone: (alpha * (1.25 - 1.5 * x.abs())).clamp(0.0, 1.0),
    }
}

impl Effect for Sparkles {
    fn draw(&self, moment: &Moment, sight: &Sight<'_>, canvas: &mut Canvas<'_>) {
        let field = Field::new(moment, 60.0 * moment.unit, true);
        for number in 0..moment.count(STARS) {
            let star = Particle::new(moment.seed, number);
            let depth = star.unit(0);
            let time = moment.seconds * star.between(1, 0.42, 0.8) + star.unit(2);
            let age = time.fract() / LIT;
            if age >= 1.0 {
                continue;
            }
            let star = star.life(time as i32);
            let near = perspective(depth).sqrt();
            let drift = WIND * moment.travel * near * moment.unit;
            let at = field.place(star, (moment.wind.0 * drift, moment.wind.1 * drift), depth, sight);
            let flash = (std::f32::consts::PI * age).sin().powi(2);
            let shown = moment.presence_of(star) * sight.seen(at, depth) * flash;
            let few_are_large = 0.45 + 0.75 * star.unit(3).powi(3);
            let size = moment.unit * near * 62.0 * few_are_large * (0.45 + 0.55 * flash) * sight.scale(depth);
            let turn = 0.35 * star.spread(4) + 0.25 * (age - 0.5);
            let (sine, cosine) = (turn.sin() * size, turn.cos() * size);
            let colour = star.choice(5, &self.colours).unwrap_or(self.colours[0]);
            canvas.disc(
                &Disc {
                    at,
                    radius: 0.6 * size,
                    alpha: 0.55 * shown,
                    profile: &self.glow,
                },
                colour,
            );
            let upright = Stamp {
                texture: &self.needle,
                at,
                right: (-sine, cosine),
                down: (-THIN * cosine, -THIN * sine),
                alpha: shown,
                colours: [colour, Colour::rgb(0xffffff)],
                blur: 0.0,
            };
            canvas.stamp(&upright);
            canvas.stamp(&Stamp {
                right: (cosine, sine),
                down: (-THIN * sine, THIN * cosine),
                ..upright
            });
        }
    }
}
