//! Autumn leaves: birch and maple, rocking and rolling down.

use std::f32::consts::PI;

use super::{
    Effect,
    moment::Moment,
    paint::{Canvas, Colour, Stamp, Texel, Texture},
    particle::{Field, Particle, perspective},
    sight::Sight,
    tumble::Turned,
};

const LEAVES: f32 = 56.0;
/// Units a second, of the nearest: down, and along the wind.
const FALL: f32 = 175.0;
const WIND: f32 = 170.0;

#[derive(Debug)]
pub(super) struct Leaves {
    kinds: [Texture; 2],
    /// Of the blade and of its rim.
    colours: [[Colour; 2]; 6],
}

impl Leaves {
    pub(super) fn new() -> Self {
        let pair = |blade: u32, rim: u32| [Colour::rgb(blade), Colour::rgb(rim)];
        Self {
            kinds: [Texture::new(birch), Texture::new(maple)],
            colours: [
                pair(0xd9a02c, 0xb8661c),
                pair(0xcb6a1e, 0x96341a),
                pair(0xb7402a, 0x7c2420),
                pair(0xe0bd4a, 0xc28526),
                pair(0x94902f, 0xb98a2b),
                pair(0x9a6231, 0x6b3d20),
            ],
        }
    }
}

/// A pointed oval with a midrib and side veins, its stalk below.
fn birch(x: f32, y: f32) -> Texel {
    let down = ((y + 0.95) / 1.6).clamp(0.0, 1.0);
    let teeth = 0.02 * (down * 60.0).sin();
    let half = 0.6 * (PI * down.powf(1.25)).sin().max(0.0).powf(0.85) + teeth;
    let blade = y < 0.65 && y > -0.95 && x.abs() < half;
    let stalk = (0.6..0.97).contains(&y) && (x - 0.12 * (y - 0.6)).abs() < 0.035;
    let rib = (-(x / 0.028).powi(2)).exp();
    let side = ((y + 0.55 * x.abs()) * 21.0).sin().abs().powi(8);
    veined(blade || stalk, x.abs() / half.max(0.1), 0.3 * rib + 0.1 * side, x)
}

/// Five toothed lobes round the point where the stalk begins.
fn maple(x: f32, y: f32) -> Texel {
    let (across, up) = (x, 0.3 - y);
    let angle = across.atan2(up);
    let distance = across.hypot(up);
    let mut reach = 0.2_f32;
    let mut rib = 0.0_f32;
    for (lobe, length) in [(0.0, 1.22), (0.92, 1.02), (-0.92, 1.02), (1.95, 0.66), (-1.95, 0.66)] {
        let away = (angle - lobe).abs();
        let width = if lobe == 0.0 { 0.56 } else { 0.53 };
        let taper = (1.0 - away / width).max(0.0);
        let teeth = 0.05 * (away * 26.0).cos();
        reach = reach
            .max(length * (0.46 + 0.54 * taper.powf(0.8)) * (1.0 + teeth * taper.min(0.7)) * taper.min(0.12) / 0.12);
        rib = rib.max((-(away * distance / 0.022).powi(2)).exp());
    }
    let blade = distance < reach;
    let stalk = (0.3..0.98).contains(&y) && (x - 0.1 * (y - 0.3)).abs() < 0.032;
    veined(blade || stalk, distance / reach.max(0.2), 0.3 * rib, x)
}

/// `outwards`: 0 at the rib to 1 at the rim. One half of a leaf lies a little darker than the other.
fn veined(inside: bool, outwards: f32, veins: f32, x: f32) -> Texel {
    Texel {
        alpha: if inside { 1.0 } else { 0.0 },
        light: 0.96 + veins + if x > 0.0 { 0.06 } else { -0.08 },
        tone: outwards.clamp(0.0, 1.0).powi(2),
    }
}

impl Effect for Leaves {
    fn draw(&self, moment: &Moment, sight: &Sight<'_>, canvas: &mut Canvas<'_>) {
        let field = Field::new(moment, 100.0 * moment.unit, false);
        for number in 0..moment.count(LEAVES) {
            let leaf = Particle::new(moment.seed, number);
            let depth = leaf.unit(0);
            let near = perspective(depth);
            let unit = near * moment.unit;
            let rock = moment.travel * leaf.between(1, 1.5, 2.6) + leaf.phase(2);
            let fall = FALL * leaf.between(3, 0.75, 1.25) + 0.45 * WIND * moment.wind.1;
            let gust = 40.0 * moment.gust(leaf.between(4, 0.0, 1.0));
            let moved = (
                unit * (moment.wind.0 * (WIND * leaf.between(5, 0.8, 1.2) * moment.travel + gust) + 42.0 * rock.sin()),
                unit * (fall * moment.travel - 15.0 * (2.0 * rock).sin()),
            );
            let at = field.place(leaf, moved, depth, sight);
            let shown = moment.presence_of(leaf) * sight.seen(at, depth);
            if shown <= 0.0 {
                continue;
            }
            // Most rock to and fro, some roll over and over.
            let rolls = leaf.unit(6) < 0.4;
            let roll = if rolls {
                moment.travel * leaf.between(7, 2.0, 3.6) + leaf.phase(8)
            } else {
                0.7 * (rock + leaf.phase(8)).sin()
            };
            let spin = leaf.phase(9) + 0.6 * rock.cos() + moment.travel * 0.5 * leaf.spread(10);
            let turned = Turned::new(spin, 0.9 * (rock + 0.6).sin(), roll);
            let half = unit * leaf.between(11, 28.0, 44.0) * sight.scale(depth);
            let [right, down] = turned.sides((half, half), (0.0, 0.0));
            let light = (0.6 + 0.56 * turned.lit) * if turned.front { 1.0 } else { 0.86 };
            let colours = leaf.choice(12, &self.colours).unwrap_or(self.colours[0]);
            let close = ((depth - 0.9) / 0.1).max(0.0);
            canvas.stamp(&Stamp {
                texture: &self.kinds[usize::from(leaf.unit(13) < 0.42)],
                at,
                right,
                down,
                alpha: shown * (1.0 - 0.15 * close),
                colours: colours.map(|colour| colour.lit(light)),
                blur: moment.unit * (9.0 * close + 1.5 * (0.35 - depth).max(0.0)),
            });
        }
    }
}
