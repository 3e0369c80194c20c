//! Confetti: bright paper that flutters down and glints as it turns over.

use super::{
    Effect,
    moment::Moment,
    paint::{Canvas, Colour, Stamp, Texel, Texture},
    particle::{Field, Particle, perspective},
    sight::Sight,
    tumble::Turned,
};

const PIECES: f32 = 190.0;
/// Units a second, of the nearest: down, and along the wind.
const FALL: f32 = 230.0;
const WIND: f32 = 70.0;
const SHUTTER: f32 = 0.5;

#[derive(Debug)]
pub(super) struct Confetti {
    paper: Texture,
    colours: [Colour; 8],
}

impl Confetti {
    pub(super) fn new() -> Self {
        let codes = [
            0xf2384a, 0xffc21f, 0x2bb4f0, 0x38c46a, 0xf06ac0, 0x8458e8, 0xff8a2a, 0xf5ead0,
        ];
        Self {
            paper: Texture::new(|x, y| Texel {
                alpha: if x.abs().max(y.abs()) < 0.92 { 1.0 } else { 0.0 },
                light: 1.0 - 0.07 * y,
                tone: 0.0,
            }),
            colours: codes.map(Colour::rgb),
        }
    }
}

impl Effect for Confetti {
    fn draw(&self, moment: &Moment, sight: &Sight<'_>, canvas: &mut Canvas<'_>) {
        let field = Field::new(moment, 50.0 * moment.unit, false);
        for number in 0..moment.count(PIECES) {
            let piece = Particle::new(moment.seed, number);
            let depth = piece.unit(0).powf(1.2);
            let near = perspective(depth);
            let unit = near * moment.unit;
            let rate = piece.between(1, 2.4, 4.4);
            let rock = moment.travel * rate + piece.phase(2);
            let fall = FALL * piece.between(3, 0.65, 1.3) + 0.6 * WIND * moment.wind.1;
            let drift = moment.wind.0 * WIND + 26.0 * piece.spread(4);
            let gust = 20.0 * moment.gust(piece.between(5, 0.0, 1.0)) * moment.wind.0;
            let moved = (
                unit * (drift * moment.travel + gust + 13.0 * rock.sin()),
                unit * (fall * moment.travel + 5.0 * (2.0 * rock).sin()),
            );
            let at = field.place(piece, moved, depth, sight);
            let shown = moment.presence_of(piece) * sight.seen(at, depth);
            if shown <= 0.0 {
                continue;
            }
            let exposed = SHUTTER * unit * moment.travel_per_frame;
            let blur = (
                exposed * (drift + 13.0 * rate * rock.cos()),
                exposed * (fall + 10.0 * rate * (2.0 * rock).cos()),
            );
            let flip = moment.travel * piece.between(6, 3.0, 6.5) * piece.spread(7).signum() + piece.phase(8);
            let turned = Turned::new(
                piece.phase(9) + moment.travel * piece.spread(10),
                flip,
                0.6 * rock.sin(),
            );
            let half = unit * piece.between(11, 8.0, 12.5) * sight.scale(depth);
            let [right, down] = turned.sides((half * piece.between(12, 0.5, 0.8), half), blur);
            // Glossy paper glints when it faces the light.
            let light = 0.62 + 0.42 * turned.lit + 0.5 * ((turned.lit - 0.9) / 0.1).max(0.0);
            let colour = piece.choice(13, &self.colours).unwrap_or(self.colours[0]);
            let close = ((depth - 0.9) / 0.1).max(0.0);
            canvas.stamp(&Stamp {
                texture: &self.paper,
                at,
                right,
                down,
                alpha: shown * (1.0 - 0.25 * close),
                colours: [colour.lit(light); 2],
                blur: moment.unit * 6.0 * close,
            });
        }
    }
}
