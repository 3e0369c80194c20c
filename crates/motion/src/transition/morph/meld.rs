//! Two pictures of different things become each other all the same: the subject of the one takes the place
//! and the size of the other's while they change over.

use crate::{
    analysis::{Field, Map, Subject},
    flow::{Flow, Match},
    study::Study,
};

/// The most that a subject grows or shrinks, as a factor.
const MOST_GROWTH: f32 = 1.6;

/// `cells`: of the flow.
pub(super) fn meld(pair: [&Study; 2], cells: (usize, usize)) -> Match {
    let [earlier, later] = pair.map(Study::analysis);
    let flow = |from: &Subject, to: &Subject, weight: &Map| {
        let extent = (cells.0 as f32, cells.1 as f32);
        let weight = Field::new(weight.clone(), extent);
        let (here, there) = (frame_of(from), frame_of(to));
        let grown = (there.1 / here.1).clamp(1.0 / MOST_GROWTH, MOST_GROWTH);
        Flow::new(cells.0, cells.1, |x, y| {
            let (x, y) = (x as f32, y as f32);
            let weight = weight.at((x, y)).clamp(0.0, 1.0);
            // In shares of the frame.
            let (left, top) = (x / extent.0 - here.0.0, y / extent.1 - here.0.1);
            (
                weight * (there.0.0 + left * grown - x / extent.0) * extent.0,
                weight * (there.0.1 + top * grown - y / extent.1) * extent.1,
            )
        })
    };
    let forward = flow(&earlier.subject, &later.subject, &earlier.weight);
    let backward = flow(&later.subject, &earlier.subject, &later.weight);
    let none = Map::new(cells.0, cells.1, |_, _| 0.0);
    Match {
        forward,
        backward,
        seen: (none.clone(), none),
        share: 0.0,
        residual: 1.0,
    }
}

/// The middle of a subject, and its height, as shares of the frame.
fn frame_of(subject: &Subject) -> ((f32, f32), f32) {
    let height = (subject.base - subject.top).max(0.2);
    ((subject.centre.0, subject.base - height / 2.0), height)
}
