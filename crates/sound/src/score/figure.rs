//! The accompaniment between melody and bass.

use super::{
    Note, Part, Sketch,
    harmony::chord_on,
    pattern::{loudness, strokes},
    style::Figure,
};
use crate::random::Random;

pub(crate) fn write(sketch: &Sketch, random: &mut Random, notes: &mut Vec<Note>) {
    match sketch.style.figure {
        Figure::Climb { fastest } => climb(sketch, random, notes, fastest),
        Figure::Comp { patterns, held } => comp(sketch, random, notes, patterns, held),
        Figure::Ostinato { patterns, neighbour } => ostinato(sketch, notes, patterns, neighbour),
    }
    close(sketch, notes);
}

fn note(sketch: &Sketch, beat: f64, beats: f64, pitch: i32, velocity: f32) -> Note {
    let style = &sketch.style;
    Note {
        part: Part::Figure,
        voice: style.figure_voice,
        start: sketch.grid.at(beat),
        length: sketch.grid.lasting(beats),
        pitch,
        velocity,
        // Low tones to the left, high ones to the right, as on a keyboard.
        pan: (style.figure_pan + (pitch - style.figure_centre) as f32 / 24.0).clamp(-0.6, 0.6),
    }
}

/// One tone after the other through chord and octave; the way up and down is drawn once for the piece.
fn climb(sketch: &Sketch, random: &mut Random, notes: &mut Vec<Note>, fastest: f64) {
    let step = sketch.grid.step(fastest);
    let order = random.pick([
        [0, 1, 2, 3, 2, 1, 2, 1],
        [0, 2, 1, 3, 2, 1, 3, 2],
        [0, 2, 3, 1, 2, 3, 2, 1],
        [0, 3, 2, 1, 3, 2, 1, 2],
    ]);
    let centre = sketch.style.figure_centre;
    for beat in sketch.grid.steps(step) {
        let span = chord_on(&sketch.spans, beat);
        let mut tones = span.voicing(sketch.key, centre);
        tones.push(tones.first().map_or(centre, |low| low + 12));
        let place = ((beat - span.from) / step).round().max(0.0) as usize;
        let pitch = tones[order[place % order.len()] % tones.len()];
        let velocity = 0.3 + 0.48 * sketch.grid.strength(beat) + random.between(-0.05, 0.05);
        notes.push(note(sketch, beat, step * 2.5, pitch, velocity));
    }
}

/// The whole chord, in a rhythm.
fn comp(sketch: &Sketch, random: &mut Random, notes: &mut Vec<Note>, patterns: &[[&str; 2]], held: f64) {
    let chosen = patterns[random.below(patterns.len())];
    let mut played: Vec<(f64, u8)> = strokes(&sketch.grid, &chosen).collect();
    // Nothing else may play yet: the clip does not begin with silence.
    let first = played
        .first()
        .map_or(f64::from(sketch.grid.last_beat()), |(beat, _)| *beat);
    if first > 0.3 {
        played.insert(0, (0.0, b'6'));
    }
    for (beat, stroke) in played {
        let velocity = loudness(stroke) * random.between(0.9, 1.0);
        let tones = chord_on(&sketch.spans, beat).voicing(sketch.key, sketch.style.figure_centre);
        for (order, pitch) in tones.into_iter().enumerate() {
            let mut chord = note(sketch, beat, held, pitch, velocity);
            chord.start += order as f64 * sketch.style.strum;
            notes.push(chord);
        }
    }
}

/// The root, again and again; now and then the tone above it.
fn ostinato(sketch: &Sketch, notes: &mut Vec<Note>, patterns: &[&str], neighbour: i32) {
    for (number, (beat, stroke)) in strokes(&sketch.grid, patterns).enumerate() {
        let root = chord_on(&sketch.spans, beat).root_above(sketch.key, sketch.style.figure_centre);
        let pitch = match number % 8 {
            3 => root + neighbour,
            6 => root + 12,
            _ => root,
        };
        notes.push(note(sketch, beat, 0.22, pitch, loudness(stroke)));
    }
}

/// The closing chord, rolled a little from below.
fn close(sketch: &Sketch, notes: &mut Vec<Note>) {
    let Some(span) = sketch.spans.last() else { return };
    let mut tones = span.voicing(sketch.key, sketch.style.figure_centre - 3);
    tones.insert(0, span.root_above(sketch.key, 43));
    for (order, pitch) in tones.into_iter().enumerate() {
        let chord = note(sketch, span.from, span.to - span.from, pitch, 0.75);
        let start = chord.start + order as f64 * sketch.style.strum.max(0.004);
        notes.push(Note {
            start,
            voice: sketch.style.close_voice,
            ..chord
        });
    }
}
