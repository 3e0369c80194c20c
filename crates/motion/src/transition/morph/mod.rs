//! One picture becomes the other: each place moves to where it is in the next one.

mod draw;
mod meld;
mod mote;
mod splat;

use domain::media::Frame;

use self::{mote::Motes, splat::Between};
use crate::{
    analysis::Map,
    camera::ease::{glide, smooth},
    flow::{Flow, Match, Sight},
    study::Study,
};

/// Frames in which a place that only one of the pictures shows changes to the other.
const CHANGE: f32 = 9.0;

/// What is shared by all frames of a stretch.
#[derive(Debug)]
pub(crate) struct Morph {
    earlier: Motes,
    later: Motes,
    /// Frames of the whole stretch.
    frames: f32,
    /// Whether it starts and ends at rest.
    rests: (bool, bool),
}

impl Morph {
    /// Matches the pictures; when too little of one is seen in the other, their subjects become each other.
    pub(super) fn new(pair: [&Study; 2], frames: f32, rests: (bool, bool)) -> Self {
        let (one, other) = rayon::join(|| Sight::new(pair[0].planes()), || Sight::new(pair[1].planes()));
        let found = Match::new(&one, &other).filter(|found: &Match| found.is_good());
        let found = found.unwrap_or_else(|| meld::meld(pair, (one.width(), one.height())));
        let motes = |flow: &Flow, seen: &Map| Motes::new(&flow.settled(seen), seen);
        let (earlier, later) = rayon::join(
            || motes(&found.forward, &found.seen.0),
            || motes(&found.backward, &found.seen.1),
        );
        Self {
            earlier,
            later,
            frames,
            rests,
        }
    }

    /// How far the pictures have become each other at `time`, both 0 to 1.
    pub(super) fn done(&self, time: f32) -> f32 {
        let ease = |rests: bool| if rests { 0.35 } else { 0.0 };
        glide(time, ease(self.rests.0), ease(self.rests.1))
    }

    /// The later picture's share of the frame as a whole.
    pub(super) fn share(&self, time: f32) -> f32 {
        self.done(time)
    }

    /// `outer` says which position of the morphed picture a frame position shows.
    pub(super) fn draw(
        &self,
        time: f32,
        pair: [&Study; 2],
        outer: impl Fn((f32, f32)) -> (f32, f32),
        frame: &mut Frame,
    ) {
        let done = self.done(time);
        let change = smooth((time - 0.5) * self.frames / CHANGE.min(self.frames) + 0.5);
        let between = Between::new(&self.earlier, &self.later, done, change);
        draw::draw(&between, done, pair.map(Study::pyramid), outer, frame);
    }
}
