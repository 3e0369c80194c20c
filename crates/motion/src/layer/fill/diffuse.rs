//! A first, smooth guess at what is behind a hole: pulled from its surroundings at ever smaller sizes, and pushed back
//! (push-pull: Gortler et al., "The Lumigraph", SIGGRAPH 1996); and, as ground, walls and skies are alike at one height,
//! for the most part what lies to its left and right.

use super::canvas::Canvas;

/// The share of what lies to the left and right.
const LEVEL: f32 = 0.8;
/// Cells of it that are looked at, on either side.
const BESIDE: usize = 3;

/// Fills the hole of `canvas` smoothly.
pub(super) fn diffuse(canvas: &mut Canvas) {
    let mut levels = vec![Known::of(canvas)];
    while let Some(level) = levels.last().filter(|level| level.width > 1 || level.height > 1) {
        let next = level.pulled();
        levels.push(next);
    }
    let Some(mut found) = levels.pop() else { return };
    while let Some(mut level) = levels.pop() {
        level.pushed(&found);
        found = level;
    }
    let cells = canvas.colours.iter_mut().zip(&canvas.hole).zip(found.colours);
    for ((colour, _), found) in cells.filter(|((_, hole), _)| **hole) {
        *colour = found;
    }
    let width = canvas.width;
    for (line, hole) in canvas
        .colours
        .chunks_exact_mut(width)
        .zip(canvas.hole.chunks_exact(width))
    {
        bridge(line, hole);
    }
}

/// Mixes into each gap of a row the way from what is on its one side to what is on the other.
fn bridge(line: &mut [[f32; 4]], hole: &[bool]) {
    let mut from = 0;
    while let Some(start) = hole[from..].iter().position(|hole| *hole).map(|at| from + at) {
        let end = hole[start..]
            .iter()
            .position(|hole| !hole)
            .map_or(hole.len(), |at| start + at);
        let known = |cells: &mut dyn Iterator<Item = usize>| {
            let cells: Vec<usize> = cells.take(BESIDE).take_while(|at| !hole[*at]).collect();
            let mean = |channel: usize| cells.iter().map(|at| line[*at][channel]).sum::<f32>() / cells.len() as f32;
            (!cells.is_empty()).then(|| [0, 1, 2, 3].map(mean))
        };
        let (before, after) = (known(&mut (0..start).rev()), known(&mut (end..hole.len())));
        if let Some((left, right)) = before.or(after).zip(after.or(before)) {
            for (number, colour) in line[start..end].iter_mut().enumerate() {
                let share = (number as f32 + 0.5) / (end - start) as f32;
                for ((value, left), right) in colour.iter_mut().zip(left).zip(right) {
                    *value += LEVEL * (left + (right - left) * share - *value);
                }
            }
        }
        from = end;
    }
}

/// Colours with how well each is known, 0 to 1.
struct Known {
    width: usize,
    height: usize,
    colours: Vec<[f32; 4]>,
    share: Vec<f32>,
}

impl Known {
    fn of(canvas: &Canvas) -> Self {
        Self {
            width: canvas.width,
            height: canvas.height,
            colours: canvas.colours.clone(),
            share: canvas.hole.iter().map(|hole| f32::from(u8::from(!hole))).collect(),
        }
    }

    fn pulled(&self) -> Self {
        let (width, height) = (self.width.div_ceil(2), self.height.div_ceil(2));
        let (mut colours, mut share) = (Vec::new(), Vec::new());
        for at in 0..width * height {
            let (x, y) = (at % width * 2, at / width * 2);
            let (mut mean, mut known) = ([0.0; 4], 0.0);
            for (x, y) in [(x, y), (x + 1, y), (x, y + 1), (x + 1, y + 1)] {
                if x < self.width && y < self.height {
                    let cell = y * self.width + x;
                    known += self.share[cell];
                    for (mean, value) in mean.iter_mut().zip(self.colours[cell]) {
                        *mean += value * self.share[cell];
                    }
                }
            }
            colours.push(mean.map(|value| value / f32::max(known, 1e-6)));
            share.push(f32::min(known, 1.0));
        }
        Self {
            width,
            height,
            colours,
            share,
        }
    }

    fn pushed(&mut self, coarse: &Self) {
        for at in 0..self.colours.len() {
            let missing = 1.0 - self.share[at];
            if missing <= 0.0 {
                continue;
            }
            let (x, y) = ((at % self.width) as f32, (at / self.width) as f32);
            let guess = coarse.sample(x / 2.0 - 0.25, y / 2.0 - 0.25);
            for (value, guess) in self.colours[at].iter_mut().zip(guess) {
                *value = *value * (1.0 - missing) + guess * missing;
            }
            self.share[at] = 1.0;
        }
    }

    fn sample(&self, x: f32, y: f32) -> [f32; 4] {
        let (x, y) = (
            x.clamp(0.0, (self.width - 1) as f32),
            y.clamp(0.0, (self.height - 1) as f32),
        );
        let (left, top) = (x as usize, y as usize);
        let (right, below) = ((left + 1).min(self.width - 1), (top + 1).min(self.height - 1));
        let (across, down) = (x - left as f32, y - top as f32);
        let value = |x: usize, y: usize| self.colours[y * self.width + x];
        let (a, b, c, d) = (
            value(left, top),
            value(right, top),
            value(left, below),
            value(right, below),
        );
        std::array::from_fn(|channel| {
            let upper = a[channel] + (b[channel] - a[channel]) * across;
            let lower = c[channel] + (d[channel] - c[channel]) * across;
            upper + (lower - upper) * down
        })
    }
}
