//! Bubbles: thin iridescent rims with the light's reflection, wobbling as they rise.

use super::{
    Effect,
    moment::Moment,
    paint::{Canvas, Colour, Disc, Profile, Stamp, Texel, Texture},
    particle::{Field, Particle, perspective},
    sight::Sight,
};

const BUBBLES: f32 = 52.0;
/// Units a second, of the nearest: up, and along the wind.
const RISE: f32 = 125.0;
const WIND: f32 = 55.0;

#[derive(Debug)]
pub(super) struct Bubbles {
    skin: Texture,
    shadow: Profile,
    colours: [[Colour; 2]; 4],
}

impl Bubbles {
    pub(super) fn new() -> Self {
        let pair = |first: u32, second: u32| [Colour::rgb(first), Colour::rgb(second)];
        Self {
            skin: Texture::new(bubble),
            shadow: Profile::new(|distance| 0.2 + 0.8 * (-((distance - 0.86) / 0.1).powi(2)).exp()),
            colours: [
                pair(0x9fe3f5, 0xf1b9e6),
                pair(0xb8f0dc, 0xc4b4f5),
                pair(0xf5d6a8, 0x93d3f7),
                pair(0xd5f0ff, 0xf7c4d2),
            ],
        }
    }
}

/// The film: clear in the middle, thick to the eye at the rim, its colours in bands.
fn bubble(x: f32, y: f32) -> Texel {
    let distance = x.hypot(y);
    let inside = ((0.96 - distance) / 0.03).clamp(0.0, 1.0);
    // The longer the way of sight through the film, the more of it is seen.
    let film = 0.05 / (1.0 - (distance / 0.985).powi(2)).max(0.01).sqrt();
    let rim = (-((distance - 0.91) / 0.05).powi(2)).exp();
    let band = 0.5 + 0.5 * (5.0 * distance * distance + 1.7 * x - 1.2 * y).sin();
    let gleam = gleam(x, y);
    let alpha = inside * (film + 0.62 * rim * (0.7 - 0.3 * y)).clamp(0.03, 0.85);
    Texel {
        alpha: alpha + (1.0 - alpha) * gleam,
        light: 1.0 + 0.9 * gleam,
        tone: band,
    }
}

/// A curved window at the upper left and its weak image at the lower right.
fn gleam(x: f32, y: f32) -> f32 {
    let distance = x.hypot(y);
    let angle = y.atan2(x);
    let arc = |middle: f32, width: f32, radius: f32, thick: f32| {
        let away = (angle - middle) / width;
        (-(away * away * away * away)).exp() * (-((distance - radius) / thick).powi(4)).exp()
    };
    0.92 * arc(-2.3, 0.42, 0.68, 0.13) + 0.36 * arc(0.85, 0.4, 0.74, 0.07)
}

impl Effect for Bubbles {
    fn draw(&self, moment: &Moment, sight: &Sight<'_>, canvas: &mut Canvas<'_>) {
        let field = Field::new(moment, 80.0 * moment.unit, false);
        for number in 0..moment.count(BUBBLES) {
            let bubble = Particle::new(moment.seed, number);
            let depth = bubble.unit(0).powf(1.3);
            let near = perspective(depth);
            let unit = near * moment.unit;
            let large = bubble.unit(1).powi(2);
            let turn = moment.travel * bubble.between(2, 1.1, 2.1) + bubble.phase(3);
            let rise = RISE * (0.7 + 0.5 * large) - 0.5 * WIND * moment.wind.1;
            let gust = 18.0 * moment.gust(bubble.between(4, 0.0, 1.2));
            let moved = (
                unit * (moment.wind.0 * (WIND * moment.travel + gust) + 17.0 * turn.sin() + 5.0 * (2.7 * turn).sin()),
                unit * (5.0 * (1.6 * turn).sin() - rise * moment.travel),
            );
            let at = field.place(bubble, moved, depth, sight);
            let shown = moment.presence_of(bubble) * sight.seen(at, depth);
            if shown <= 0.0 {
                continue;
            }
            let radius = unit * (13.0 + 52.0 * large) * sight.scale(depth);
            let wobble = 0.035 * (2.4 * turn + bubble.phase(5)).sin();
            let lean = 0.02 * (1.9 * turn).sin();
            let colours = bubble.choice(6, &self.colours).unwrap_or(self.colours[0]);
            let turned = if bubble.unit(7) < 0.5 {
                [colours[1], colours[0]]
            } else {
                colours
            };
            let stamp = Stamp {
                texture: &self.skin,
                at,
                right: (radius * (1.0 + wobble), radius * lean),
                down: (radius * lean, radius * (1.0 - wobble)),
                alpha: shown,
                colours: turned,
                blur: moment.unit * 4.0 * ((depth - 0.9) / 0.1).max(0.0),
            };
            // On white, a bubble is seen by its shadow.
            canvas.shade(&Disc {
                at,
                radius,
                alpha: 0.4 * shown,
                profile: &self.shadow,
            });
            canvas.stamp(&stamp);
        }
    }
}
