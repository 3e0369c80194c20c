//! What lies where between two pictures: the cells of both are sent on their way and meet in between; where
//! several meet, those that both pictures show win over those that will be or were covered (after S. Baker et al., "A Database
//! and Evaluation Methodology for Optical Flow", 2011, and S. Niklaus and F. Liu, "Softmax Splatting", 2020).

use super::mote::Motes;

/// Weight of cells that one picture alone shows.
const COVERED: f32 = 0.02;

/// Of each cell of the picture in between: how far what lies there goes from the earlier to the later picture, in cells,
/// and the later picture's share of it.
#[derive(Debug)]
pub(super) struct Between {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) cells: Vec<Cell>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Cell {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) share: f32,
}

/// Sums of what arrived in a cell, each weighted.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    weight: f32,
    x: f32,
    y: f32,
    share: f32,
}

impl Sum {
    fn add(&mut self, weight: f32, other: &Self) {
        self.weight += weight * other.weight;
        self.x += weight * other.x;
        self.y += weight * other.y;
        self.share += weight * other.share;
    }
}

impl Between {
    /// `done`: how far everything has gone, 0 to 1. `change`: the later picture's share of what only one of them shows.
    pub(super) fn new(earlier: &Motes, later: &Motes, done: f32, change: f32) -> Self {
        let (width, height) = (earlier.width, earlier.height);
        let mut sums = vec![Sum::default(); width * height];
        let own = |from_later: bool| {
            let near = if from_later { done } else { 1.0 - done };
            let alone = if from_later { change } else { 1.0 - change };
            // Neither picture may lack weight altogether where it alone has something to show.
            (
                near.max(0.02),
                COVERED * alone.max(0.002),
                if from_later { 1.0 } else { 0.0 },
            )
        };
        for (motes, way, from_later) in [(earlier, done, false), (later, 1.0 - done, true)] {
            let (near, alone, share) = own(from_later);
            let side = if from_later { -1.0 } else { 1.0 };
            for (at, ((x, y), seen)) in motes.all().enumerate() {
                let place = ((at % width) as f32 + way * x, (at / width) as f32 + way * y);
                let both = near * seen;
                let only = alone * (1.0 - seen);
                let weight = both + only;
                let sum = Sum {
                    weight,
                    x: side * x * weight,
                    y: side * y * weight,
                    share: done * both + share * only,
                };
                spread(&mut sums, (width, height), place, &sum);
            }
        }
        fill(&mut sums, width, height);
        let cells = sums.iter().map(|sum| {
            let part = 1.0 / sum.weight.max(1e-12);
            Cell {
                x: sum.x * part,
                y: sum.y * part,
                share: sum.share * part,
            }
        });
        Self {
            width,
            height,
            cells: cells.collect(),
        }
    }

    /// At a position in cells, centres at whole numbers.
    pub(super) fn at(&self, x: f32, y: f32) -> Cell {
        let x = x.clamp(0.0, (self.width - 1) as f32);
        let y = y.clamp(0.0, (self.height - 1) as f32);
        let (left, top) = (x as usize, y as usize);
        let (right, lower) = (x - left as f32, y - top as f32);
        let next = (left + 1).min(self.width - 1);
        let (upper, under) = (top * self.width, (top + 1).min(self.height - 1) * self.width);
        let mix = |a: Cell, b: Cell, share: f32| Cell {
            x: a.x + (b.x - a.x) * share,
            y: a.y + (b.y - a.y) * share,
            share: a.share + (b.share - a.share) * share,
        };
        let row = |start: usize| mix(self.cells[start + left], self.cells[start + next], right);
        mix(row(upper), row(under), lower)
    }
}

/// Adds to the four cells round a place, as near as each is.
fn spread(sums: &mut [Sum], (width, height): (usize, usize), place: (f32, f32), sum: &Sum) {
    let (left, top) = (place.0.floor(), place.1.floor());
    if left < -1.0 || top < -1.0 || left >= width as f32 || top >= height as f32 {
        return;
    }
    let (right, lower) = (place.0 - left, place.1 - top);
    let (left, top) = (left as isize, top as isize);
    for (x, y, weight) in [
        (left, top, (1.0 - right) * (1.0 - lower)),
        (left + 1, top, right * (1.0 - lower)),
        (left, top + 1, (1.0 - right) * lower),
        (left + 1, top + 1, right * lower),
    ] {
        if x >= 0 && y >= 0 && x < width as isize && y < height as isize {
            sums[y as usize * width + x as usize].add(weight, sum);
        }
    }
}

/// Gives cells where nothing arrived what arrived around them: sums of ever larger squares, faintly.
fn fill(sums: &mut [Sum], width: usize, height: usize) {
    const FAINT: f32 = 1e-4;
    if width < 2 && height < 2 {
        return;
    }
    let (columns, rows) = (width.div_ceil(2), height.div_ceil(2));
    let mut coarse = vec![Sum::default(); columns * rows];
    for (at, sum) in sums.iter().enumerate() {
        coarse[at / width / 2 * columns + at % width / 2].add(0.25, sum);
    }
    fill(&mut coarse, columns, rows);
    for (at, sum) in sums.iter_mut().enumerate() {
        sum.add(FAINT, &coarse[at / width / 2 * columns + at % width / 2]);
    }
}
