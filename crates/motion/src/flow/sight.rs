//! What the flow search looks at: one picture, reduced, at several sizes.

use domain::media::Frame;

use super::{
    densify::densified,
    field::Flow,
    octave::{Octave, octaves},
    reduced::reduced,
    refine::refined,
    search::search,
    whole::whole,
};
use crate::analysis::Map;

/// Cells on the long side, at most.
const LONG_SIDE: f32 = 480.0;
/// Cells on the long side of the octave on which the whole picture is guessed.
const SMALL: usize = 64;

/// Made once per picture.
#[derive(Debug)]
pub(crate) struct Sight {
    octaves: Vec<Octave>,
    /// How readily flow may change from cell to cell, for each octave.
    edges: Vec<Map>,
}

impl Sight {
    pub(crate) fn new(frame: &Frame) -> Self {
        Self::of(frame, LONG_SIDE)
    }

    /// A quarter as long and wide: enough to say whether two pictures match.
    pub(crate) fn small(frame: &Frame) -> Self {
        Self::of(frame, LONG_SIDE / 4.0)
    }

    fn of(frame: &Frame, long_side: f32) -> Self {
        let octaves = octaves(&reduced(frame, long_side));
        Self {
            edges: octaves.iter().map(edges).collect(),
            octaves,
        }
    }

    pub(crate) fn width(&self) -> usize {
        self.octaves.first().map_or(0, |octave| octave.width)
    }

    pub(crate) fn height(&self) -> usize {
        self.octaves.first().map_or(0, |octave| octave.height)
    }

    pub(super) fn finest(&self) -> Option<&Octave> {
        self.octaves.first()
    }

    /// Where each cell is in `other`. Both have the same size; nothing for
    /// pictures too small to look at.
    pub(crate) fn flow_to(&self, other: &Self) -> Option<Flow> {
        let mut flow: Option<Flow> = None;
        let small = self
            .octaves
            .iter()
            .position(|octave| octave.width.max(octave.height) <= SMALL);
        let small = small.unwrap_or(self.octaves.len().saturating_sub(1));
        let smaller = self.octaves.get(small + 1).zip(other.octaves.get(small + 1));
        let guess = whole(self.octaves.get(small)?, other.octaves.get(small)?, smaller);
        for number in (0..self.octaves.len()).rev() {
            let (from, to) = (self.octaves.get(number)?, other.octaves.get(number)?);
            if from.width.min(from.height) < super::octave::SIDE {
                return None;
            }
            let mut starts = vec![match &flow {
                Some(coarser) => coarser.scaled(from.width, from.height),
                None => Flow::new(from.width, from.height, |_, _| (0.0, 0.0)),
            }];
            if number >= small {
                starts.extend(guess.as_ref().map(|guess| guess.scaled(from.width, from.height)));
            }
            let found = densified(from, to, &search(from, to, &starts));
            flow = Some(refined(from, to, self.edges.get(number)?, &found));
        }
        flow
    }
}

fn edges(octave: &Octave) -> Map {
    Map::new(octave.width, octave.height, |x, y| {
        let (x, y) = (x as isize, y as isize);
        let across = octave.at(x + 1, y) - octave.at(x - 1, y);
        let down = octave.at(x, y + 1) - octave.at(x, y - 1);
        (-2.0 * (across * across + down * down).sqrt()).exp().max(0.05)
    })
}
