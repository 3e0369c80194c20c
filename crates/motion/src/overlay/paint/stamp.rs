//! Flat things at any turn: a texture laid over the frame through a linear map.

use super::{
    Canvas, Colour, in_chroma,
    texture::{Level, Texture},
};

/// Pixels: how thin a thing may look edge on before it gets fainter instead.
const THINNEST: f32 = 0.8;

#[derive(Debug, Clone, Copy)]
pub(in crate::overlay) struct Stamp<'t> {
    pub(in crate::overlay) texture: &'t Texture,
    pub(in crate::overlay) at: (f32, f32),
    /// Half of the texture's width and half of its height, as vectors in pixels of the frame.
    pub(in crate::overlay) right: (f32, f32),
    pub(in crate::overlay) down: (f32, f32),
    /// 0 to 1.
    pub(in crate::overlay) alpha: f32,
    /// What the texture's tones are made of.
    pub(in crate::overlay) colours: [Colour; 2],
    /// How many pixels it is out of focus.
    pub(in crate::overlay) blur: f32,
}

/// The way from samples back into the texture, -1 to 1 across it.
struct Inverse {
    across: (f32, f32),
    down: (f32, f32),
}

impl Canvas<'_> {
    pub(in crate::overlay) fn stamp(&mut self, stamp: &Stamp<'_>) {
        let (stamp, size) = stamp.at_least_thin();
        let strength = (stamp.alpha.clamp(0.0, 1.0) * 256.0).round() as i32;
        if strength == 0 {
            return;
        }
        let [first, second] = stamp.colours;
        if let Some(level) = stamp.texture.level(size) {
            let (base, rise) = (first.y - 16, second.y - first.y);
            let luma = &mut *self.y;
            stamp.apply(level, (self.width, self.height), |at, (alpha, light, tone)| {
                let colour = base + ((rise * tone as i32) >> 8);
                let target = 16 + ((colour * light as i32) >> 7).min(219);
                if let Some(value) = luma.get_mut(at) {
                    super::towards(value, target, (alpha as i32 * strength) >> 8);
                }
            });
        }
        let half = |(x, y): (f32, f32)| (x / 2.0, y / 2.0);
        let half = Stamp {
            at: in_chroma(stamp.at),
            right: half(stamp.right),
            down: half(stamp.down),
            ..stamp
        };
        if let Some(level) = stamp.texture.level(size / 2.0) {
            let (u, v) = (&mut *self.u, &mut *self.v);
            half.apply(level, (self.width / 2, self.height / 2), |at, (alpha, _, tone)| {
                let mix = |from: i32, to: i32| from + (((to - from) * tone as i32) >> 8);
                if let (Some(u), Some(v)) = (u.get_mut(at), v.get_mut(at)) {
                    let alpha = (alpha as i32 * strength) >> 8;
                    super::towards(u, mix(first.u, second.u), alpha);
                    super::towards(v, mix(first.v, second.v), alpha);
                }
            });
        }
    }
}

impl Stamp<'_> {
    /// The same with its shorter axis drawn out to what pixels can show, and blurred by being larger; with the
    /// pixels that the texture's side should be taken to cover. By the map's singular values.
    fn at_least_thin(&self) -> (Self, f32) {
        let ((a, c), (b, d)) = (self.right, self.down);
        let (e, f, g, h) = ((a + d) / 2.0, (a - d) / 2.0, (c + b) / 2.0, (c - b) / 2.0);
        let (q, r) = (e.hypot(h), f.hypot(g));
        let (long, short) = (q + r, q - r);
        let (first, second) = (g.atan2(f), h.atan2(e));
        let (before, after) = ((second - first) / 2.0, (second + first) / 2.0);
        let (thin, broad) = (short.abs().max(THINNEST), long.max(THINNEST));
        let (thick, wide) = (thin + self.blur / 2.0, broad + self.blur / 2.0);
        let spread = (thin * broad / (thick * wide)).sqrt();
        let alpha = self.alpha * spread * (short.abs() / thin).max(0.25) * long / broad;
        let thick = thick.copysign(short);
        let ((s, k), (t, l)) = (before.sin_cos(), after.sin_cos());
        let stamp = Self {
            right: (l * wide * k - t * thick * s, t * wide * k + l * thick * s),
            down: (-l * wide * s - t * thick * k, -t * wide * s + l * thick * k),
            alpha,
            ..*self
        };
        let sharp = 2.0 * (thick.abs() * wide).sqrt();
        let texels = sharp / (1.0 + self.blur * 0.8);
        (stamp, texels)
    }

    /// Calls `paint` with the index of every sample that the texture covers in a plane of this size, and what
    /// the texture is there.
    fn apply(&self, level: &Level, (width, height): (usize, usize), mut paint: impl FnMut(usize, (u32, u32, u32))) {
        let ((a, c), (b, d)) = (self.right, self.down);
        let determinant = a * d - b * c;
        if determinant.abs() < 1e-6 {
            return;
        }
        let inverse = Inverse {
            across: (d / determinant, -c / determinant),
            down: (-b / determinant, a / determinant),
        };
        // A little more than the texture: its clear rim.
        let rim = 1.0 + 1.0 / level.side as f32;
        let reach = (c.abs() + d.abs()) * rim;
        let top = (self.at.1 - reach).ceil().max(0.0);
        let bottom = (self.at.1 + reach).floor().min(height as f32 - 1.0);
        if bottom < top {
            return;
        }
        let half = level.side as f32 / 2.0;
        let fixed = |value: f32| (value * half * 65536.0) as i32;
        let steps = (fixed(inverse.across.0), fixed(inverse.across.1));
        for row in top as usize..=bottom as usize {
            let y = row as f32 - self.at.1;
            let start = (inverse.down.0 * y, inverse.down.1 * y);
            let first = crossing(start.0, inverse.across.0, rim);
            let second = crossing(start.1, inverse.across.1, rim);
            let left = (self.at.0 + first.0.max(second.0)).ceil().max(0.0);
            let right = (self.at.0 + first.1.min(second.1)).floor().min(width as f32 - 1.0);
            if right < left {
                continue;
            }
            let x = left - self.at.0;
            // Texel centres of the padded level: the first inside is 1.
            let mut u = fixed(start.0 + inverse.across.0 * x + 1.0) + 0x8000;
            let mut v = fixed(start.1 + inverse.across.1 * x + 1.0) + 0x8000;
            for column in left as usize..=right as usize {
                paint(row * width + column, level.at(u, v));
                u += steps.0;
                v += steps.1;
            }
        }
    }
}

/// Between which offsets `start + offset * slope` lies within -`rim` to `rim`.
fn crossing(start: f32, slope: f32, rim: f32) -> (f32, f32) {
    if slope.abs() < 1e-6 {
        return if start.abs() <= rim {
            (f32::NEG_INFINITY, f32::INFINITY)
        } else {
            (f32::INFINITY, f32::NEG_INFINITY)
        };
    }
    let (one, other) = ((-rim - start) / slope, (rim - start) / slope);
    (one.min(other), one.max(other))
}
