//! The drums.

use super::{Drum, Note, Part, Sketch, Voice, style::Groove};
use crate::random::Random;

pub(crate) fn write(sketch: &Sketch, random: &mut Random, notes: &mut Vec<Note>) {
    let grid = &sketch.grid;
    let syncopated = random.chance(0.6);
    for beat in grid.steps(0.5) {
        match groove_on(sketch, beat) {
            Groove::None => {}
            Groove::Soft => soft(sketch, beat, random, notes),
            Groove::Dance => dance(sketch, beat, syncopated, random, notes),
            Groove::Procession => procession(sketch, beat, random, notes),
            Groove::Heartbeat => heartbeat(sketch, beat, notes),
        }
    }
    close(sketch, notes);
}

/// Where the subject dances there is a beat to dance to; elsewhere the mood's own.
fn groove_on(sketch: &Sketch, beat: f64) -> Groove {
    if sketch.grid.dances_on(beat) {
        Groove::Dance
    } else {
        sketch.style.groove
    }
}

fn hit(sketch: &Sketch, drum: Drum, beat: f64, velocity: f32, pan: f32) -> Note {
    Note {
        part: Part::Drums,
        voice: Voice::Drum(drum),
        start: sketch.grid.at(beat),
        length: 0.5,
        pitch: 0,
        velocity,
        pan,
    }
}

fn soft(sketch: &Sketch, beat: f64, random: &mut Random, notes: &mut Vec<Note>) {
    let place = sketch.grid.in_bar(beat);
    let shaken = 0.3 + 0.25 * sketch.grid.strength(beat) + random.between(-0.05, 0.05);
    notes.push(hit(sketch, Drum::Shaker, beat, shaken, 0.35));
    if place < 0.1 || (place - 2.0).abs() < 0.1 && sketch.grid.bar() == 4 {
        notes.push(hit(sketch, Drum::Kick, beat, 0.6, 0.0));
    }
}

/// Kick on the even beats and now and then before one, snap on the odd, hats between.
fn dance(sketch: &Sketch, beat: f64, syncopated: bool, random: &mut Random, notes: &mut Vec<Note>) {
    let place = sketch.grid.in_bar(beat);
    let on_beat = place.fract() < 0.1;
    let even = (place as u32).is_multiple_of(2);
    if on_beat {
        notes.push(hit(sketch, Drum::Kick, beat, if even { 0.95 } else { 0.6 }, 0.0));
        if !even {
            notes.push(hit(sketch, Drum::Snap, beat, random.between(0.65, 0.75), -0.08));
        }
    } else if syncopated && !even && random.chance(0.35) {
        notes.push(hit(sketch, Drum::Kick, beat, 0.55, 0.0));
    }
    let velocity = if on_beat { 0.3 } else { 0.55 } + random.between(-0.06, 0.06);
    notes.push(hit(sketch, Drum::Hat, beat, velocity, 0.3));
}

fn procession(sketch: &Sketch, beat: f64, random: &mut Random, notes: &mut Vec<Note>) {
    let place = sketch.grid.in_bar(beat);
    let bar = f64::from(sketch.grid.bar());
    if place < 0.1 {
        notes.push(hit(sketch, Drum::Low, beat, 0.9, -0.1));
    } else if place > bar - 1.1 {
        let velocity = 0.4 + 0.25 * place.fract() as f32 + random.between(-0.05, 0.05);
        notes.push(hit(sketch, Drum::Low, beat, velocity, 0.25));
    }
}

fn heartbeat(sketch: &Sketch, beat: f64, notes: &mut Vec<Note>) {
    let place = sketch.grid.in_bar(beat);
    if place < 0.1 {
        notes.push(hit(sketch, Drum::Low, beat, 0.6, 0.0));
    } else if (place - 0.5).abs() < 0.1 {
        notes.push(hit(sketch, Drum::Low, beat, 0.38, 0.0));
    }
}

/// A stroke under the closing chord, and before it, where it is grand, a breath.
fn close(sketch: &Sketch, notes: &mut Vec<Note>) {
    let grid = &sketch.grid;
    let last = f64::from(grid.last_beat());
    match groove_on(sketch, (last - 0.5).max(0.0)) {
        Groove::None => {}
        Groove::Soft => notes.push(hit(sketch, Drum::Kick, last, 0.6, 0.0)),
        Groove::Dance => {
            notes.push(hit(sketch, Drum::Kick, last, 0.95, 0.0));
            notes.push(hit(sketch, Drum::Snap, last, 0.5, 0.0));
        }
        Groove::Procession => {
            notes.push(hit(sketch, Drum::Low, last, 1.0, 0.0));
            let beats = last.min(2.0);
            let length = grid.at(beats);
            if length > 0.3 {
                notes.push(Note {
                    length,
                    ..hit(sketch, Drum::Swell, last - beats, 0.5, 0.0)
                });
            }
        }
        Groove::Heartbeat => notes.push(hit(sketch, Drum::Low, last, 0.7, 0.0)),
    }
}
