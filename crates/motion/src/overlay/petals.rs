//! Blossom petals: they rock and turn as the wind takes them down.

use super::{
    Effect,
    moment::Moment,
    paint::{Canvas, Colour, Stamp, Texel, Texture},
    particle::{Field, Particle, perspective},
    sight::Sight,
    tumble::Turned,
};

const PETALS: f32 = 84.0;
/// Units a second, of the nearest: down, and along the wind.
const FALL: f32 = 135.0;
const WIND: f32 = 185.0;

#[derive(Debug)]
pub(super) struct Petals {
    petal: Texture,
    /// At the tip and at the base.
    colours: [[Colour; 2]; 3],
}

impl Petals {
    pub(super) fn new() -> Self {
        let pair = |tip: u32, base: u32| [Colour::rgb(tip), Colour::rgb(base)];
        Self {
            petal: Texture::new(petal),
            colours: [
                pair(0xfbd3de, 0xee8fae),
                pair(0xfde6ec, 0xf3adc3),
                pair(0xf6b9cc, 0xe0708f),
            ],
        }
    }
}

/// A cherry petal, its notched tip above.
fn petal(x: f32, y: f32) -> Texel {
    let down = ((y + 0.92) / 1.84).clamp(0.0, 1.0);
    let half = 0.8 * (std::f32::consts::PI * down.powf(0.78)).sin().max(0.0).powf(0.62) * (1.0 - 0.25 * down);
    let notch = -0.9 + 0.3 * (-(x / 0.13).powi(2)).exp() + 0.25 * x * x;
    let inside = x.abs() < half && y > notch && y < 0.92;
    let vein = (1.0 - (x * (5.0 - 2.0 * down) * 3.2).sin().abs()).powi(3) * (1.0 - down) * 0.06;
    // The petal is a shallow cup.
    let cup = 1.06 - 0.2 * (x / half.max(0.05)).powi(2).min(1.0) - 0.12 * down;
    Texel {
        alpha: if inside { 1.0 } else { 0.0 },
        light: cup - vein,
        tone: down.powf(1.8),
    }
}

impl Effect for Petals {
    fn draw(&self, moment: &Moment, sight: &Sight<'_>, canvas: &mut Canvas<'_>) {
        let field = Field::new(moment, 70.0 * moment.unit, false);
        for number in 0..moment.count(PETALS) {
            let petal = Particle::new(moment.seed, number);
            let depth = petal.unit(0);
            let near = perspective(depth);
            let unit = near * moment.unit;
            let rock = moment.travel * petal.between(1, 1.7, 2.9) + petal.phase(2);
            let fall = FALL * petal.between(3, 0.75, 1.25) + 0.45 * WIND * moment.wind.1;
            let gust = 44.0 * moment.gust(petal.between(4, 0.0, 1.0));
            let moved = (
                unit * (moment.wind.0 * (WIND * petal.between(5, 0.8, 1.2) * moment.travel + gust) + 24.0 * rock.sin()),
                // It drops while it slips to the side and rests while it lies flat.
                unit * (fall * moment.travel + 0.25 * gust * moment.wind.1 - 9.0 * (2.0 * rock).sin()),
            );
            let at = field.place(petal, moved, depth, sight);
            let shown = moment.presence_of(petal) * sight.seen(at, depth);
            if shown <= 0.0 {
                continue;
            }
            let roll = moment.travel * petal.between(6, 0.7, 1.9) * petal.spread(7).signum() + petal.phase(8);
            let turned = Turned::new(petal.phase(9) + 0.9 * rock.cos(), 0.5 + 0.75 * (rock + 0.8).sin(), roll);
            let half = unit * petal.between(10, 15.0, 24.0) * sight.scale(depth);
            let [right, down] = turned.sides((0.86 * half, half), (0.0, 0.0));
            let light = (0.74 + 0.34 * turned.lit) * if turned.front { 1.0 } else { 0.93 };
            let colours = petal.choice(11, &self.colours).unwrap_or(self.colours[0]);
            let close = ((depth - 0.9) / 0.1).max(0.0);
            canvas.stamp(&Stamp {
                texture: &self.petal,
                at,
                right,
                down,
                alpha: shown * (0.96 - 0.2 * close),
                colours: colours.map(|colour| colour.lit(light)),
                blur: moment.unit * (7.0 * close + 1.2 * (0.35 - depth).max(0.0)),
            });
        }
    }
}
