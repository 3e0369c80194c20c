//! Steam: wisps that leave what is hot, curl as they rise, widen and are gone.

use super::{
    Effect,
    moment::Moment,
    noise::Noise,
    paint::{Canvas, Colour, PITCH, Veil},
    particle::Particle,
    sight::Sight,
};
use crate::camera::ease::smooth;

const WISPS: u32 = 5;
/// How near it is: it hides its source, and is not hidden by it.
const DEPTH: f32 = 0.6;
/// Units that it rises before it is gone, at least and at most: if it can, out of the frame. And units a second.
const REACH: (f32, f32) = (230.0, 430.0);
const RISE: f32 = 105.0;
/// Units that a wind carries it aside on its whole way.
const DRIFT: f32 = 110.0;
/// How far a wisp swings to both sides where it ends, and half its width where it begins and ends, in units.
const SWING: f32 = 52.0;
const WIDTH: (f32, f32) = (13.0, 58.0);
/// Noise steps to a unit, across and along a wisp.
const GRAIN: (f32, f32) = (0.11, 0.042);

#[derive(Debug)]
pub(super) struct Steam {
    noise: Noise,
}

impl Steam {
    pub(super) fn new() -> Self {
        Self {
            noise: Noise::new(0x57ea, 8, 3),
        }
    }
}

/// One wisp at one moment. Lengths are in units from where the steam begins.
struct Wisp {
    particle: Particle,
    from: f32,
    reach: f32,
    wind: f32,
    risen: f32,
    seconds: f32,
    presence: f32,
}

impl Wisp {
    /// What of it is at a height; nothing below its foot and above its end.
    fn slice(&self, above: f32) -> Option<Slice> {
        let up = above / (self.reach * self.particle.between(6, 0.75, 1.1));
        if !(0.0..1.0).contains(&up) {
            return None;
        }
        let home = 128.0 * self.particle.unit(7);
        Some(Slice {
            middle: self.middle(up),
            half_width: 2.0 * (WIDTH.0 + (WIDTH.1 - WIDTH.0) * up),
            thickness: smooth(up / 0.3) * (1.0 - smooth((up - 0.25) / 0.75)) * self.presence,
            spread: GRAIN.0 / (0.5 + up),
            home: (home + 64.0, home + GRAIN.1 * (above - self.risen) + 4096.0),
        })
    }

    /// Its middle line at the share `up` of the way.
    fn middle(&self, up: f32) -> f32 {
        let turns = self.particle.between(2, 1.1, 1.9);
        let turn = |speed: f32, part: u32| std::f32::consts::TAU * turns * up * speed + self.particle.phase(part);
        let climbing = self.seconds * self.particle.between(3, 1.3, 2.0);
        let curl = (turn(1.0, 4) - climbing).sin() + 0.45 * (turn(2.3, 5) - 1.7 * climbing).sin();
        self.from + self.wind * DRIFT * up.powf(1.4) + SWING * (0.12 + 0.88 * up) * up.sqrt() * curl
    }
}

/// A wisp at one height: the same all along a row.
struct Slice {
    middle: f32,
    half_width: f32,
    thickness: f32,
    /// Steps of the noise to a unit, and where in it the middle is.
    spread: f32,
    home: (f32, f32),
}

impl Slice {
    /// How thick it is, 0 to 1.
    fn at(&self, across: f32, noise: &Noise) -> f32 {
        let aside = across - self.middle;
        let within = 1.0 - (aside / self.half_width).powi(2);
        if within <= 0.0 {
            return 0.0;
        }
        let torn = noise.at(self.home.0 + self.spread * aside, self.home.1);
        within * within * smooth((torn - 0.22) / 0.5) * self.thickness
    }
}

impl Effect for Steam {
    fn draw(&self, moment: &Moment, sight: &Sight<'_>, canvas: &mut Canvas<'_>) {
        let (from, half_width) = sight.brim(DEPTH);
        let unit = moment.unit * sight.scale(DEPTH);
        let reach = (1.5 * from.1 / unit).clamp(REACH.0, REACH.1);
        let wisps: Vec<Wisp> = (0..WISPS)
            .map(|number| {
                let particle = Particle::new(moment.seed, number);
                let place = (number as f32 + 0.5) / WISPS as f32 * 2.0 - 1.0 + 0.25 * particle.spread(1);
                let foot = (from.0 + place * half_width, from.1);
                Wisp {
                    particle,
                    from: place * half_width / unit,
                    reach,
                    wind: moment.wind.0 + 0.25 * moment.gust(number as f32),
                    risen: moment.travel * RISE,
                    seconds: moment.travel,
                    // All at once but slowly: what is as large as this must not pop up.
                    presence: moment.presence * (1.0 - sight.behind(foot)),
                }
            })
            .collect();
        let strength = 0.86 * (1.0 - (-1.2 * moment.amount).exp());
        let slices: Vec<Vec<Slice>> = (0..=(moment.size.1 as usize).div_ceil(PITCH))
            .map(|row| {
                let above = (from.1 - (row * PITCH) as f32) / unit;
                wisps.iter().filter_map(|wisp| wisp.slice(above)).collect()
            })
            .collect();
        let veil = Veil::new(moment.size, |column, row| {
            let across = ((column * PITCH) as f32 - from.0) / unit;
            let slices = slices.get(row).map_or(&[][..], Vec::as_slice);
            let clear = slices
                .iter()
                .map(|slice| 1.0 - strength * slice.at(across, &self.noise));
            1.0 - clear.product::<f32>()
        });
        canvas.veil(&veil, Colour::rgb(0xf3f1ee));
    }
}
