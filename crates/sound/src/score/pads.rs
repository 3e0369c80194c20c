//! The carpet: every chord, held.

use super::{Note, Part, Sketch, Voice};

pub(crate) fn write(sketch: &Sketch, notes: &mut Vec<Note>) {
    for span in &sketch.spans {
        let start = sketch.grid.at(span.from);
        let tones = span.voicing(sketch.key, 59);
        for (tone, pan) in tones.into_iter().zip([-0.5, 0.0, 0.5]) {
            notes.push(Note {
                part: Part::Pad,
                voice: Voice::Pad(sketch.style.pad),
                start,
                length: sketch.grid.at(span.to) - start,
                pitch: tone,
                velocity: 0.7,
                pan,
            });
        }
    }
}
