//! Which cells are the subject: colour models of the inside and the outside and a cheapest cut between them, in
//! turns (GrabCut; Rother, Kolmogorov and Blake, SIGGRAPH 2004).

use super::{
    colours::Mixture,
    flow::{DIRECTIONS, Grid},
};

/// What is known of a cell beforehand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seed {
    Inside,
    Outside,
    /// Perhaps inside, to begin with.
    Likely,
    Unknown,
}

/// Colours in a grid.
#[derive(Debug)]
pub(super) struct Cells {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) rgb: Vec<[f32; 3]>,
}

/// What a cell's bond to a neighbour of the same colour costs, against one nat of likelihood.
const HOLD: f32 = 12.0;
/// Whole numbers per nat.
const UNIT: f32 = 64.0;
const ROUNDS: usize = 4;
const SURE: i32 = 1 << 24;

/// The inside and what both sides' colours are like.
#[derive(Debug)]
pub(super) struct Segment {
    pub(super) inside: Vec<bool>,
    pub(super) models: Models,
}

#[derive(Debug)]
pub(super) struct Models {
    pub(super) inside: Mixture,
    pub(super) outside: Mixture,
}

impl Models {
    /// Nothing when a side has too few cells.
    fn of(cells: &Cells, inside: &[bool]) -> Option<Self> {
        let side = |wanted: bool| -> Vec<[f32; 3]> {
            let pairs = cells.rgb.iter().zip(inside);
            pairs
                .filter(|(_, inside)| **inside == wanted)
                .map(|(rgb, _)| *rgb)
                .collect()
        };
        Some(Self {
            inside: Mixture::of(&side(true))?,
            outside: Mixture::of(&side(false))?,
        })
    }

    /// How much likelier it is that `colour` is inside, in nats.
    pub(super) fn favour(&self, colour: &[f32; 3]) -> f32 {
        (self.outside.surprise(colour) - self.inside.surprise(colour)).clamp(-12.0, 12.0)
    }
}

/// Nothing when one side comes out empty.
pub(super) fn segment(cells: &Cells, seeds: &[Seed]) -> Option<Segment> {
    let start = seeds.iter().map(|seed| matches!(seed, Seed::Inside | Seed::Likely));
    let mut inside: Vec<bool> = start.collect();
    let bonds = bonds(cells);
    let mut models = Models::of(cells, &inside)?;
    for _ in 0..ROUNDS {
        let next = cut(cells, seeds, &models, bonds.clone());
        let same = next == inside;
        inside = next;
        models = Models::of(cells, &inside)?;
        if same {
            break;
        }
    }
    Some(Segment { inside, models })
}

/// One cheapest cut with given models.
pub(super) fn recut(cells: &Cells, seeds: &[Seed], models: &Models) -> Vec<bool> {
    let mut bonds = bonds(cells);
    // What is known on both ends needs no bond.
    for at in 0..cells.rgb.len() {
        for (direction, (dx, dy)) in DIRECTIONS.into_iter().enumerate() {
            let other = cells.neighbour(at, dx, dy);
            if other.is_some_and(|other| seeds[at] == seeds[other] && seeds[at] != Seed::Unknown) {
                bonds[at][direction] = 0;
            }
        }
    }
    cut(cells, seeds, models, bonds)
}

fn cut(cells: &Cells, seeds: &[Seed], models: &Models, bonds: Vec<[i32; 8]>) -> Vec<bool> {
    let pull = cells.rgb.iter().zip(seeds).map(|(rgb, seed)| match seed {
        Seed::Inside => SURE,
        Seed::Outside => -SURE,
        Seed::Likely | Seed::Unknown => (UNIT * models.favour(rgb)) as i32,
    });
    Grid::new(cells.width, cells.height, pull.collect(), bonds).cut()
}

/// Strong between like neighbours, weak across edges.
fn bonds(cells: &Cells) -> Vec<[i32; 8]> {
    let difference = |at: usize, other: usize| -> f32 {
        let pairs = cells.rgb[at].iter().zip(&cells.rgb[other]);
        pairs.map(|(a, b)| (a - b) * (a - b)).sum()
    };
    let (mut total, mut count) = (0.0_f64, 0.0_f64);
    for at in 0..cells.rgb.len() {
        for (dx, dy) in [(1, 0), (0, 1)] {
            if let Some(other) = cells.neighbour(at, dx, dy) {
                total += f64::from(difference(at, other));
                count += 1.0;
            }
        }
    }
    let usual = (total / f64::max(count, 1.0)) as f32;
    let sharpness = 1.0 / (2.0 * usual + 1e-5);
    (0..cells.rgb.len())
        .map(|at| {
            DIRECTIONS.map(|(dx, dy)| {
                let Some(other) = cells.neighbour(at, dx, dy) else {
                    return 0;
                };
                let far = if dx != 0 && dy != 0 {
                    std::f32::consts::SQRT_2
                } else {
                    1.0
                };
                (UNIT * HOLD * (-sharpness * difference(at, other)).exp() / far) as i32
            })
        })
        .collect()
}

impl Cells {
    pub(super) fn neighbour(&self, at: usize, dx: isize, dy: isize) -> Option<usize> {
        let x = (at % self.width).checked_add_signed(dx)?;
        let y = (at / self.width).checked_add_signed(dy)?;
        (x < self.width && y < self.height).then(|| y * self.width + x)
    }

    /// Half as large each way, means of four.
    pub(super) fn halved(&self) -> Self {
        let (width, height) = (self.width / 2, self.height / 2);
        let mean = |at: usize| -> [f32; 3] {
            let (x, y) = (at % width * 2, at / width * 2);
            let corner = y * self.width + x;
            let four = [corner, corner + 1, corner + self.width, corner + self.width + 1];
            [0, 1, 2].map(|channel| four.iter().map(|at| self.rgb[*at][channel]).sum::<f32>() / 4.0)
        };
        Self {
            width,
            height,
            rgb: (0..width * height).map(mean).collect(),
        }
    }
}
