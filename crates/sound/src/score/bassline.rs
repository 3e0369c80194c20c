//! The bass.

use super::{Note, Part, Sketch, Voice, harmony::Span, style::BassLine};
use crate::random::Random;

/// Lowest tone: the E of a bass's lowest string.
const LOWEST: i32 = 28;

pub(crate) fn write(sketch: &Sketch, random: &mut Random, notes: &mut Vec<Note>) {
    // Of the beat before the next chord, the second half: the tone that leads there.
    let leads = random.chance(0.6);
    let Some((close, spans)) = sketch.spans.split_last() else {
        return;
    };
    for span in spans {
        match sketch.style.bass {
            BassLine::Long => notes.push(tone(sketch, span, span.from, span.to - span.from, 0, 0.8)),
            BassLine::RootFifth => root_fifth(sketch, span, notes),
            BassLine::Driving => driving(sketch, span, leads, notes),
        }
    }
    notes.push(tone(sketch, close, close.from, close.to - close.from, 0, 0.9));
}

fn tone(sketch: &Sketch, span: &Span, beat: f64, beats: f64, above: i32, velocity: f32) -> Note {
    Note {
        part: Part::Bass,
        voice: Voice::Bass,
        start: sketch.grid.at(beat),
        length: sketch.grid.at(beats),
        pitch: span.root_above(sketch.key, LOWEST) + above,
        velocity,
        pan: 0.0,
    }
}

fn beats_of(span: &Span, step: f64) -> impl Iterator<Item = f64> {
    let (from, to) = (span.from, span.to);
    (0u32..)
        .map(move |index| from + f64::from(index) * step)
        .take_while(move |beat| *beat < to - 1e-6)
}

fn root_fifth(sketch: &Sketch, span: &Span, notes: &mut Vec<Note>) {
    let step = if sketch.grid.at(1.0) < 0.45 { 2.0 } else { 1.0 };
    for (index, beat) in beats_of(span, step).enumerate() {
        let above = if index % 2 == 0 { 0 } else { 7 };
        notes.push(tone(
            sketch,
            span,
            beat,
            step * 0.85,
            above,
            if index == 0 { 0.85 } else { 0.7 },
        ));
    }
}

fn driving(sketch: &Sketch, span: &Span, leads: bool, notes: &mut Vec<Note>) {
    for (index, beat) in beats_of(span, 0.5).enumerate() {
        let last = beat + 0.5 > span.to - 1e-6;
        let (above, velocity) = match index % 4 {
            0 => (0, 0.9),
            3 => (12, 0.6),
            _ if last && leads => (7, 0.65),
            2 if index % 8 == 6 => (7, 0.75),
            2 => (0, 0.75),
            _ => continue,
        };
        notes.push(tone(sketch, span, beat, 0.42, above, velocity));
    }
}
