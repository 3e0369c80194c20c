//! Round things: discs, glows and rings, soft to any degree.

use super::{Canvas, Colour, in_chroma, towards};

/// Samples: smaller discs than this flicker as they pass from pixel to pixel, so they get fainter instead.
const SMALLEST: f32 = 1.6;
/// Luma above which a shade darkens.
const BRIGHT: i32 = 140;

/// How much of a disc is there, from its centre to its edge: 256 steps by the square of the distance.
#[derive(Debug, Clone)]
pub(in crate::overlay) struct Profile {
    steps: [u8; 256],
    /// Up to here, as a share of the radius, the first step holds.
    flat: f32,
}

impl Profile {
    /// `alpha` gives 0 to 1 for a distance of 0 to 1.
    pub(in crate::overlay) fn new(alpha: impl Fn(f32) -> f32) -> Self {
        let steps: [u8; 256] = std::array::from_fn(|step| {
            let distance = ((step as f32 + 0.5) / 256.0).sqrt();
            (alpha(distance).clamp(0.0, 1.0) * 255.0).round() as u8
        });
        let same = steps.iter().take_while(|step| **step == steps[0]).count();
        Self {
            steps,
            flat: (same as f32 / 256.0).sqrt(),
        }
    }

    /// A soft speck: a bell.
    pub(in crate::overlay) fn bell() -> Self {
        Self::new(|distance| (1.0 - distance * distance).powi(2))
    }

    /// A glow: a bright heart, the smaller the higher `focus` is, in a wide halo.
    pub(in crate::overlay) fn glow(focus: f32) -> Self {
        Self::new(|distance| {
            let fall = 1.0 / (1.0 + focus * distance * distance);
            fall * (1.0 - distance * distance).powi(2)
        })
    }

    /// A disc whose edge takes the share `edge` of the radius.
    pub(in crate::overlay) fn disc(edge: f32) -> Self {
        Self::new(|distance| {
            let t = ((1.0 - distance) / edge).clamp(0.0, 1.0);
            t * t * (3.0 - 2.0 * t)
        })
    }
}

#[derive(Debug, Clone, Copy)]
pub(in crate::overlay) struct Disc<'p> {
    pub(in crate::overlay) at: (f32, f32),
    /// Pixels.
    pub(in crate::overlay) radius: f32,
    /// 0 to 1.
    pub(in crate::overlay) alpha: f32,
    pub(in crate::overlay) profile: &'p Profile,
}

impl Canvas<'_> {
    /// Lays a disc of one colour over the frame.
    pub(in crate::overlay) fn disc(&mut self, disc: &Disc<'_>, colour: Colour) {
        disc.apply(self.y, (self.width, self.height), |value, alpha| {
            towards(value, colour.y, alpha);
        });
        let half = Disc {
            at: in_chroma(disc.at),
            radius: disc.radius / 2.0,
            ..*disc
        };
        for (plane, target) in [(&mut *self.u, colour.u), (&mut *self.v, colour.v)] {
            half.apply(plane, (self.width / 2, self.height / 2), |value, alpha| {
                towards(value, target, alpha);
            });
        }
    }

    /// Darkens what is bright, so that bright things stand out from it.
    pub(in crate::overlay) fn shade(&mut self, disc: &Disc<'_>) {
        disc.apply(self.y, (self.width, self.height), |value, alpha| {
            let now = i32::from(*value);
            *value = (now - (((now - BRIGHT).max(0) * alpha + 128) >> 8)) as u8;
        });
    }
}

impl Disc<'_> {
    /// Calls `mix` with every sample that the disc covers in a plane of this size and how much of it, in 256ths.
    fn apply(&self, plane: &mut [u8], (width, height): (usize, usize), mix: impl Fn(&mut u8, i32)) {
        let radius = self.radius.max(SMALLEST);
        let strength = (self.alpha.clamp(0.0, 1.0) * (self.radius / radius).powi(2) * 256.0).round() as i32;
        let ((x, y), square) = (self.at, radius * radius);
        let off_frame = x + radius < 0.0 || y + radius < 0.0;
        if strength == 0 || off_frame || x - radius > width as f32 || y - radius > height as f32 {
            return;
        }
        let flat = (self.profile.flat * radius).powi(2);
        let whole = (i32::from(self.profile.steps[0]) * strength) >> 8;
        let (top, bottom) = within(y, radius, height);
        for row in top..bottom {
            let down = (row as f32 - y).powi(2);
            let (left, right) = within(x, (square - down).max(0.0).sqrt(), width);
            let Some(line) = plane.get_mut(row * width + left..row * width + right.max(left)) else {
                continue;
            };
            let edge = |line: &mut [u8], from: usize| {
                let (scale, rest) = (256.0 / square, down * 256.0 / square);
                for (column, value) in (from..).zip(line) {
                    let across = column as f32 - x;
                    let step = ((across * across * scale + rest) as usize).min(255);
                    mix(value, (i32::from(self.profile.steps[step]) * strength) >> 8);
                }
            };
            let (from, to) = within(x, (flat - down).max(0.0).sqrt(), width);
            if flat <= down || to < from + 8 {
                edge(line, left);
                continue;
            }
            // The middle of a large disc is one run of the same alpha.
            let (before, rest) = line.split_at_mut((from - left).min(line.len()));
            let (same, after) = rest.split_at_mut((to - from).min(rest.len()));
            edge(before, left);
            if whole > 0 {
                same.iter_mut().for_each(|value| mix(value, whole));
            }
            edge(after, to);
        }
    }
}

/// The samples up to `reach` from `centre`, of `count`: the first and the one after the last.
fn within(centre: f32, reach: f32, count: usize) -> (usize, usize) {
    let from = (centre - reach).ceil().max(0.0) as usize;
    let to = ((centre + reach).floor() + 1.0).max(0.0) as usize;
    (from.min(count), to.min(count))
}
