//! What was behind the subject: the hole that it leaves is filled once per clip from the rest of the picture. Colours
//! and their arrangement are found at a small size by patches over a smooth start; the grain of the places that they
//! were taken from is added at full size.

mod canvas;
mod diffuse;
mod patches;

use domain::media::Frame;

use self::{canvas::Canvas, diffuse::diffuse, patches::Matches};

/// Cells along the longer side of the largest canvas, about.
const LONG_SIDE: usize = 320;
/// Of the smallest canvas.
const SMALLEST: usize = 32;
/// Turns of searching and voting, and sweeps in each, on the smallest canvases and on the largest.
const TURNS: usize = 4;
const LAST_TURNS: usize = 2;
const SWEEPS: usize = 3;

/// `frame` with the pixels of `hole`, which has one entry for each, filled.
pub(super) fn filled(frame: &Frame, hole: &[bool]) -> Frame {
    let long = frame.size.width.max(frame.size.height) as usize;
    let side = 2 * long.div_ceil(2 * LONG_SIDE);
    let known = Canvas::of(frame, hole, side);
    let (canvas, matches) = arranged(&known);
    let mut filled = frame.clone();
    let (width, half) = (frame.size.width as usize, frame.size.width as usize / 2);
    let grain = Grain {
        known: &known,
        canvas: &canvas,
        matches: matches.as_ref(),
    };
    grain.add(&mut filled.y, width, side, 0, |x, y| hole[y * width + x]);
    let open = |x: usize, y: usize| {
        let upper = 2 * y * width + 2 * x;
        [upper, upper + 1, upper + width, upper + width + 1]
            .iter()
            .any(|at| hole[*at])
    };
    grain.add(&mut filled.u, half, side / 2, 1, open);
    grain.add(&mut filled.v, half, side / 2, 2, open);
    filled
}

/// The canvas with its hole filled, and from where.
fn arranged(known: &Canvas) -> (Canvas, Option<Matches>) {
    let mut levels = vec![known.clone()];
    while let Some(level) = levels
        .last()
        .filter(|level| level.width.max(level.height) >= 2 * SMALLEST)
    {
        let next = level.halved();
        levels.push(next);
    }
    let mut matches: Option<Matches> = None;
    while let Some(mut canvas) = levels.pop() {
        diffuse(&mut canvas);
        let larger = matches.as_ref().and_then(|matches| matches.enlarged(&canvas));
        if let Some(larger) = &larger {
            larger.vote(&mut canvas);
        }
        matches = larger.or_else(|| Matches::by_chance(&canvas, 1));
        if let Some(matches) = &mut matches {
            let turns = if levels.is_empty() { LAST_TURNS } else { TURNS };
            for _ in 0..turns {
                matches.search(&canvas, SWEEPS);
                matches.vote(&mut canvas);
            }
        }
        if levels.is_empty() {
            if let Some(matches) = &matches {
                matches.copy(&mut canvas);
            }
            return (canvas, matches);
        }
    }
    (known.clone(), None)
}

/// From the small canvas back to full size.
struct Grain<'c> {
    known: &'c Canvas,
    canvas: &'c Canvas,
    matches: Option<&'c Matches>,
}

impl Grain<'_> {
    /// Sets the samples of a plane that are `open`. A cell covers `side` of its samples each way.
    fn add(&self, plane: &mut [u8], width: usize, side: usize, channel: usize, open: impl Fn(usize, usize) -> bool) {
        let picture = plane.to_vec();
        let height = plane.len() / width.max(1);
        let place = |at: usize| (at as f32 + 0.5) / side as f32 - 0.5;
        for (at, value) in plane.iter_mut().enumerate() {
            let (x, y) = (at % width, at / width);
            if !open(x, y) {
                continue;
            }
            let smooth = self.canvas.at(place(x), place(y), channel);
            let cell = y / side * self.canvas.width + x / side;
            let grain = self
                .matches
                .and_then(|matches| matches.source(cell))
                .map_or(0.0, |source| {
                    let (column, row) = (source % self.canvas.width, source / self.canvas.width);
                    let from_x = (column * side + x % side).min(width - 1);
                    let from_y = (row * side + y % side).min(height - 1);
                    let found = f32::from(picture[from_y * width + from_x]) / 255.0;
                    found - self.known.at(place(from_x), place(from_y), channel)
                });
            *value = (255.0 * (smooth + grain)).round().clamp(0.0, 255.0) as u8;
        }
    }
}
