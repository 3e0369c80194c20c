//! Lens flare: a glow and a streak at the light, and its ghosts on the line through the frame's centre.

use super::{
    Effect,
    moment::Moment,
    paint::{Canvas, Colour, Disc, PITCH, Profile, Stamp, Texel, Texture, Veil},
    sight::Sight,
};

#[derive(Debug)]
pub(super) struct LensFlare {
    glow: Profile,
    soft: Profile,
    ring: Profile,
    blades: Texture,
    streak: Texture,
    ghosts: Vec<Ghost>,
}

/// One reflection inside the lens.
#[derive(Debug, Clone, Copy)]
struct Ghost {
    /// From the light (0) through the centre (1) and on.
    along: f32,
    /// Units.
    radius: f32,
    alpha: f32,
    colour: Colour,
    shape: Shape,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Blades,
    Soft,
    Ring,
}

impl LensFlare {
    pub(super) fn new() -> Self {
        let ghost = |along, radius, alpha, code, shape| Ghost {
            along,
            radius,
            alpha,
            colour: Colour::rgb(code),
            shape,
        };
        Self {
            glow: Profile::glow(26.0),
            soft: Profile::bell(),
            ring: Profile::new(|distance| (-((distance - 0.88) / 0.07).powi(2)).exp()),
            blades: Texture::new(blades),
            streak: Texture::new(|x, y| Texel {
                alpha: (1.0 - x.abs()).max(0.0).powf(2.2) * (-(y / 0.28).powi(2)).exp(),
                light: 1.0,
                tone: (1.0 - x.abs()).powi(4),
            }),
            ghosts: vec![
                ghost(0.42, 22.0, 0.20, 0xffb25e, Shape::Blades),
                ghost(0.62, 46.0, 0.10, 0x7fe0c0, Shape::Soft),
                ghost(0.78, 13.0, 0.26, 0xffe39a, Shape::Blades),
                ghost(1.18, 30.0, 0.17, 0x8fb8ff, Shape::Blades),
                ghost(1.42, 76.0, 0.12, 0xb79cff, Shape::Blades),
                ghost(1.62, 20.0, 0.22, 0x8be8a0, Shape::Blades),
                ghost(1.90, 128.0, 0.09, 0xff9d7a, Shape::Ring),
            ],
        }
    }

    fn ghost(&self, ghost: &Ghost, at: (f32, f32), unit: f32, shown: f32, canvas: &mut Canvas<'_>) {
        let radius = ghost.radius * unit;
        let alpha = ghost.alpha * shown;
        let profile = match ghost.shape {
            Shape::Soft => &self.soft,
            Shape::Ring => &self.ring,
            Shape::Blades => {
                canvas.stamp(&Stamp {
                    texture: &self.blades,
                    at,
                    right: (radius, 0.0),
                    down: (0.0, radius),
                    alpha,
                    colours: [ghost.colour; 2],
                    blur: 0.0,
                });
                return;
            }
        };
        canvas.disc(
            &Disc {
                at,
                radius,
                alpha,
                profile,
            },
            ghost.colour,
        );
    }
}

/// The image of an aperture of six rounded blades, brighter at its rim.
fn blades(x: f32, y: f32) -> Texel {
    let turn = 0.26_f32;
    let angle = y.atan2(x) + turn;
    let sixth = std::f32::consts::FRAC_PI_3;
    let within = (angle / sixth - (angle / sixth).floor() - 0.5) * sixth;
    let flat = x.hypot(y) * within.cos();
    let distance = 0.65 * flat / 0.86 + 0.35 * x.hypot(y) / 0.93;
    let inside = ((1.0 - distance) / 0.07).clamp(0.0, 1.0);
    Texel {
        alpha: inside * (0.62 + 0.38 * distance.powi(6)),
        light: 1.0,
        tone: 0.0,
    }
}

impl Effect for LensFlare {
    fn draw(&self, moment: &Moment, sight: &Sight<'_>, canvas: &mut Canvas<'_>) {
        let (width, height) = moment.size;
        let unit = moment.unit;
        let seen = sight.glare();
        // It is never quite at rest.
        let phase = (moment.seed % 628) as f32 / 100.0;
        let sway = |rate: f32| 0.012 * height * (rate * moment.travel + phase).sin();
        let light = (seen.0 + 1.2 * sway(0.55), seen.1 + 0.8 * sway(0.43));
        let breath = 0.88 + 0.12 * (1.3 * moment.seconds + phase).sin();
        let shown = (moment.presence * breath * moment.amount.sqrt()).min(1.2);
        let reach = 350.0 * unit;
        let glow = Veil::new(moment.size, |column, row| {
            let (x, y) = ((column * PITCH) as f32 - light.0, (row * PITCH) as f32 - light.1);
            let square = (x * x + y * y) / (reach * reach);
            if square >= 1.0 {
                return 0.0;
            }
            (1.0 - square).powi(3) * shown * (0.16 + 0.5 / (1.0 + 40.0 * square))
        });
        canvas.veil(&glow, Colour::rgb(0xffd894));
        canvas.disc(
            &Disc {
                at: light,
                radius: 58.0 * unit,
                alpha: (0.98 * shown).min(1.0),
                profile: &self.glow,
            },
            Colour::rgb(0xfffbf0),
        );
        canvas.stamp(&Stamp {
            texture: &self.streak,
            at: light,
            right: (520.0 * unit, 0.0),
            down: (0.0, 9.0 * unit),
            alpha: (0.62 * shown).min(1.0),
            colours: [Colour::rgb(0xffd08a), Colour::rgb(0xfff8e8)],
            blur: 0.0,
        });
        let centre = (width / 2.0, height / 2.0);
        for ghost in &self.ghosts {
            let at = (
                light.0 + (centre.0 - light.0) * ghost.along,
                light.1 + (centre.1 - light.1) * ghost.along,
            );
            self.ghost(ghost, at, unit, shown.min(1.0), canvas);
        }
    }
}
