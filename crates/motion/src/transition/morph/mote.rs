//! A flow packed small: a clip may hold many.

use crate::{analysis::Map, flow::Flow};

/// Parts of a cell.
const FINE: f32 = 32.0;

/// How far each cell of a picture goes, and whether the other picture shows it.
#[derive(Debug)]
pub(super) struct Motes {
    pub(super) width: usize,
    pub(super) height: usize,
    motes: Vec<Mote>,
}

#[derive(Debug, Clone, Copy)]
struct Mote {
    x: i16,
    y: i16,
    seen: u8,
}

impl Motes {
    pub(super) fn new(flow: &Flow, seen: &Map) -> Self {
        let fine = |cells: f32| (cells * FINE).round() as i16;
        let flows = flow.x.values.iter().zip(&flow.y.values);
        let motes = flows.zip(&seen.values).map(|((x, y), seen)| Mote {
            x: fine(*x),
            y: fine(*y),
            seen: (seen * 255.0).round() as u8,
        });
        Self {
            width: flow.width(),
            height: flow.height(),
            motes: motes.collect(),
        }
    }

    /// Row by row: movement in cells, and how surely the other picture shows it, 0 to 1.
    pub(super) fn all(&self) -> impl Iterator<Item = ((f32, f32), f32)> {
        self.motes.iter().map(|mote| {
            (
                (f32::from(mote.x) / FINE, f32::from(mote.y) / FINE),
                f32::from(mote.seen) / 255.0,
            )
        })
    }
}
