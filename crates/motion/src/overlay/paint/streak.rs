//! Straight streaks: rain, sparks, bolts.

use super::{Canvas, Colour, in_chroma, towards};

/// A line with soft sides.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::overlay) struct Streak {
    pub(in crate::overlay) from: (f32, f32),
    pub(in crate::overlay) to: (f32, f32),
    /// Pixels.
    pub(in crate::overlay) width: f32,
    /// 0 to 1: at its start, its middle and its end.
    pub(in crate::overlay) alpha: [f32; 3],
}

impl Canvas<'_> {
    /// Lays a streak of one colour over the frame.
    pub(in crate::overlay) fn streak(&mut self, streak: &Streak, colour: Colour) {
        streak.apply((self.width, self.height), |at, alpha| {
            if let Some(value) = self.y.get_mut(at) {
                towards(value, colour.y, alpha);
            }
        });
        streak.halved().apply((self.width / 2, self.height / 2), |at, alpha| {
            if let (Some(u), Some(v)) = (self.u.get_mut(at), self.v.get_mut(at)) {
                towards(u, colour.u, alpha);
                towards(v, colour.v, alpha);
            }
        });
    }

    /// A streak of clear water: grey light where it is dark, and some light taken away where it is bright.
    /// `turns` is the luma at which it does neither.
    pub(in crate::overlay) fn water(&mut self, streak: &Streak, turns: i32) {
        streak.apply((self.width, self.height), |at, alpha| {
            if let Some(value) = self.y.get_mut(at) {
                let now = i32::from(*value);
                let change = (turns - now).clamp(-28, 120) * if turns < now { 3 } else { 1 };
                *value = (now + ((change * alpha + 128) >> 8)) as u8;
            }
        });
        if streak.width < 1.0 {
            return;
        }
        streak.halved().apply((self.width / 2, self.height / 2), |at, alpha| {
            if let (Some(u), Some(v)) = (self.u.get_mut(at), self.v.get_mut(at)) {
                towards(u, 129, alpha);
                towards(v, 127, alpha);
            }
        });
    }
}

impl Streak {
    /// The same in samples of the chroma planes.
    fn halved(&self) -> Self {
        Self {
            from: in_chroma(self.from),
            to: in_chroma(self.to),
            width: self.width / 2.0,
            ..*self
        }
    }

    /// Calls `paint` with the index of every sample that the streak covers in a plane of this size, and with how
    /// much of it, in 256ths. Goes along the longer side, so that each step crosses the streak once.
    fn apply(&self, (width, height): (usize, usize), mut paint: impl FnMut(usize, i32)) {
        let along = (self.to.0 - self.from.0, self.to.1 - self.from.1);
        let length = along.0.hypot(along.1).max(1e-3);
        let steep = along.1.abs() >= along.0.abs();
        // `major` runs along the streak, `minor` across it.
        let turned = |at: (f32, f32)| if steep { (at.1, at.0) } else { at };
        let (mut start, mut end) = (turned(self.from), turned(self.to));
        let mut alpha = self.alpha;
        if start.0 > end.0 {
            (start, end) = (end, start);
            alpha.reverse();
        }
        let (lines, across) = if steep { (height, width) } else { (width, height) };
        let (line_step, step) = if steep { (width, 1) } else { (1, width) };
        let span = (end.0 - start.0).max(1e-3);
        let slope = (end.1 - start.1) / span;
        // Distances across are shorter than those along the minor axis by the streak's slant.
        let upright = span / length;
        let reach = self.width / 2.0 + 0.5;
        let first = (start.0 - 0.5).ceil().max(0.0) as usize;
        let last = (end.0 + 0.5).floor().min(lines as f32 - 1.0);
        if last < first as f32 {
            return;
        }
        for line in first..=last as usize {
            let at = line as f32;
            let share = ((at - start.0) / span).clamp(0.0, 1.0);
            let ends = (at - start.0 + 0.5).min(end.0 - at + 0.5).clamp(0.0, 1.0);
            let here = if share < 0.5 {
                alpha[0] + (alpha[1] - alpha[0]) * 2.0 * share
            } else {
                alpha[1] + (alpha[2] - alpha[1]) * (2.0 * share - 1.0)
            };
            let strength = here * ends * 256.0;
            let middle = start.1 + slope * (at - start.0);
            let left = (middle - reach / upright).ceil().max(0.0);
            let right = (middle + reach / upright).floor().min(across as f32 - 1.0);
            if strength < 1.0 || right < left {
                continue;
            }
            for place in left as usize..=right as usize {
                let distance = (place as f32 - middle).abs() * upright;
                let covered = (reach - distance).clamp(0.0, self.width.min(1.0));
                paint(line * line_step + place * step, (covered * strength) as i32);
            }
        }
    }
}
