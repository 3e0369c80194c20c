//! The bass: one pattern, on the roots of the chords.

use super::{Note, Part, Sketch, Voice, harmony::chord_on, pattern::strokes};

/// To a dance, whatever the style.
const DANCING: &str = "1..81.5.1..81.5.";

pub(crate) fn write(sketch: &Sketch, notes: &mut Vec<Note>) {
    let Some(voice) = sketch.style.bass else { return };
    let grid = &sketch.grid;
    let end = f64::from(grid.last_beat());
    let mut played = played(sketch);
    // Every chord is told by its root, whatever the pattern says.
    for span in &sketch.spans {
        let is_there = played.iter().any(|(beat, _)| (beat - span.from).abs() < 0.3);
        if !is_there && sketch.form.plays(grid, Part::Bass, span.from) && !sketch.style.bass_rests {
            played.push((span.from, b'1'));
        }
    }
    played.retain(|(beat, _)| *beat < end - 1e-6);
    played.push((end, b'1'));
    played.sort_by(|one, other| one.0.total_cmp(&other.0));
    let ends = played.iter().skip(1).map(|(beat, _)| *beat).chain([grid.beats()]);
    let ends: Vec<f64> = ends.collect();
    for ((beat, degree), next) in played.into_iter().zip(ends) {
        let last = beat >= end - 1e-6;
        let share = if last { 1.0 } else { sketch.style.bass_held };
        notes.push(tone(sketch, voice, beat, (next - beat) * share, degree));
    }
}

fn played(sketch: &Sketch) -> Vec<(f64, u8)> {
    let grid = &sketch.grid;
    let own =
        strokes(grid, sketch.style.bass_patterns).filter(|(beat, _)| sketch.style.has_a_beat || !grid.dances_on(*beat));
    let danced = strokes(grid, &[DANCING]).filter(|(beat, _)| !sketch.style.has_a_beat && grid.dances_on(*beat));
    let both = own.chain(danced);
    both.filter(|(beat, _)| sketch.form.plays(grid, Part::Bass, *beat))
        .collect()
}

fn tone(sketch: &Sketch, voice: Voice, beat: f64, beats: f64, degree: u8) -> Note {
    let span = chord_on(&sketch.spans, beat);
    let root = span.root_above(sketch.key, sketch.style.bass_lowest);
    let above = match degree {
        b'5' => 7,
        b'7' => 10,
        b'8' => 12,
        _ => 0,
    };
    Note {
        part: Part::Bass,
        voice,
        start: sketch.grid.at(beat),
        length: sketch.grid.lasting(beats),
        pitch: root + above,
        velocity: 0.65 + 0.25 * sketch.grid.strength(beat),
        pan: 0.0,
    }
}
