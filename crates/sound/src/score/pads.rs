//! The carpet: every chord, held.

use super::{Note, Part, Sketch, Voice};

pub(crate) fn write(sketch: &Sketch, notes: &mut Vec<Note>) {
    let Some(colour) = sketch.style.pad else { return };
    let end = f64::from(sketch.grid.last_beat());
    for span in &sketch.spans {
        // The closing chord is struck.
        let colour = if span.from >= end { colour.struck() } else { colour };
        let start = sketch.grid.at(span.from);
        let tones = span.voicing(sketch.key, sketch.style.pad_centre);
        let spread = (tones.len().max(2) - 1) as f32;
        for (order, pitch) in tones.into_iter().enumerate() {
            notes.push(Note {
                part: Part::Pad,
                voice: Voice::Pad(colour),
                start,
                length: sketch.grid.at(span.to) - start,
                pitch,
                velocity: 0.7,
                pan: order as f32 / spread - 0.5,
            });
        }
    }
}
