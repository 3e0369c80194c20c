//! The accompaniment between melody and bass.

use super::{Note, Part, Sketch, Voice, harmony::chord_on, style::Figure};
use crate::random::Random;

/// Semitone around which the accompaniment lies.
const CENTRE: i32 = 64;

pub(crate) fn write(sketch: &Sketch, random: &mut Random, notes: &mut Vec<Note>) {
    let step = sketch.grid.step(sketch.style.fastest);
    match sketch.style.figure {
        Figure::Broken => climb(sketch, random, notes, step, 0.5),
        Figure::Arpeggio => climb(sketch, random, notes, step, 0.55),
        Figure::Stabs => stabs(sketch, random, notes),
        Figure::Ostinato => ostinato(sketch, notes),
        Figure::Drops => drops(sketch, random, notes),
    }
    close(sketch, notes);
}

fn note(sketch: &Sketch, beat: f64, beats: f64, pitch: i32, velocity: f32) -> Note {
    Note {
        part: Part::Figure,
        voice: Voice::Keys(sketch.style.figure_timbre),
        start: sketch.grid.at(beat),
        length: sketch.grid.at(beats),
        pitch,
        velocity,
        // Low tones to the left, high ones to the right, as on a keyboard.
        pan: ((pitch - CENTRE) as f32 / 24.0).clamp(-0.4, 0.4),
    }
}

/// One tone after the other through chord and octave; the way up and down is drawn once for the piece.
fn climb(sketch: &Sketch, random: &mut Random, notes: &mut Vec<Note>, step: f64, velocity: f32) {
    let order = random.pick([
        [0, 1, 2, 3, 2, 1],
        [0, 2, 1, 3, 2, 1],
        [0, 1, 2, 1, 3, 2],
        [3, 2, 1, 0, 1, 2],
    ]);
    for (index, beat) in sketch.grid.steps(step).enumerate() {
        let span = chord_on(&sketch.spans, beat);
        let [low, middle, high] = span.voicing(sketch.key, CENTRE);
        let tones = [low, middle, high, low + 12];
        let place = ((beat - span.from) / step).round() as usize;
        let pitch = tones[order[place % order.len()]];
        let accent = sketch.grid.strength(beat) * 0.25;
        let soft = random.between(-0.06, 0.06);
        let held = if index % 2 == 0 { 3.0 } else { 2.0 };
        notes.push(note(sketch, beat, step * held, pitch, velocity + accent + soft));
    }
}

/// Short chords on the off-beats, some left out.
fn stabs(sketch: &Sketch, random: &mut Random, notes: &mut Vec<Note>) {
    let skipped = random.below(sketch.grid.bar() as usize) as f64;
    let anticipates = random.chance(0.5);
    for beat in sketch.grid.steps(0.5) {
        let place = sketch.grid.in_bar(beat);
        let off_beat = place.fract() > 0.25;
        let on_first = anticipates && place < 0.1;
        if !(off_beat && place.floor() != skipped || on_first) {
            continue;
        }
        for pitch in chord_on(&sketch.spans, beat).voicing(sketch.key, CENTRE) {
            let velocity = random.between(0.5, 0.62);
            notes.push(note(sketch, beat, 0.32, pitch, velocity));
        }
    }
}

/// The root below the carpet, long-short-short.
fn ostinato(sketch: &Sketch, notes: &mut Vec<Note>) {
    let step = sketch.grid.step(0.19);
    for (index, beat) in sketch.grid.steps(step).enumerate() {
        if index % 4 == 1 {
            continue;
        }
        let root = chord_on(&sketch.spans, beat).root_above(sketch.key, 43);
        let pitch = if index % 8 == 6 { root + 7 } else { root };
        let velocity = 0.45 + 0.4 * sketch.grid.strength(beat);
        notes.push(note(sketch, beat, step * 1.5, pitch, velocity));
    }
}

/// A high chord tone about once a bar, off the beat.
fn drops(sketch: &Sketch, random: &mut Random, notes: &mut Vec<Note>) {
    for beat in sketch.grid.steps(0.5) {
        if sketch.grid.in_bar(beat).fract() > 0.25 && random.chance(0.28) {
            let tones = chord_on(&sketch.spans, beat).voicing(sketch.key, CENTRE + 17);
            let velocity = random.between(0.35, 0.6);
            let pan = random.between(-0.7, 0.7);
            let pitch = random.pick(tones);
            notes.push(Note {
                pan,
                ..note(sketch, beat, 4.0, pitch, velocity)
            });
        }
    }
}

/// The closing chord, rolled a little from below.
fn close(sketch: &Sketch, notes: &mut Vec<Note>) {
    let Some(span) = sketch.spans.last() else { return };
    let [low, middle, high] = span.voicing(sketch.key, CENTRE - 3);
    let root = span.root_above(sketch.key, 43);
    for (order, pitch) in [root, low, middle, high].into_iter().enumerate() {
        let chord = note(sketch, span.from, span.to - span.from, pitch, 0.75);
        let start = chord.start + order as f64 * 0.012;
        notes.push(Note { start, ..chord });
    }
}
