//! The tune: a motif of one bar, drawn from the seed, repeated over changing chords, answered by a second,
//! and brought home on the last beat.

use super::{Note, Part, Sketch, harmony::chord_on};
use crate::random::Random;

/// One tone of a motif.
#[derive(Debug, Clone, Copy)]
struct Move {
    /// Beats after the bar's first.
    at: f64,
    /// Degrees of the scale up or down from the tone before.
    by: i32,
}

pub(crate) fn write(sketch: &Sketch, random: &mut Random, notes: &mut Vec<Note>) {
    let (statement, answer) = (motif(sketch, random), motif(sketch, random));
    let home = sketch.key.degree_near(sketch.style.register);
    let first = home + random.pick([0, 2, 4, -1]);
    let end = f64::from(sketch.grid.last_beat());
    let mut tones: Vec<(f64, i32)> = Vec::new();
    let bars: Vec<f64> = sketch.grid.bars().collect();
    let ends = bars.iter().skip(1).copied().chain([end]);
    for (number, (start, to)) in bars.iter().zip(ends).enumerate() {
        let motif = if number % 4 == 2 { &answer } else { &statement };
        let mut degree = first;
        for step in motif {
            degree = within(degree + step.by, home);
            let beat = start + step.at;
            let is_heard = beat < to - 1e-6 && beat < end - sketch.style.breath;
            if is_heard && sketch.form.plays(&sketch.grid, Part::Lead, beat) {
                tones.push((beat, settled(sketch, beat, degree)));
            }
        }
    }
    let before = tones.last().map_or(first, |(_, degree)| *degree);
    tones.push((end, arrival(before)));
    let ends = tones.iter().skip(1).map(|(beat, _)| *beat).chain([sketch.grid.beats()]);
    for ((beat, degree), next) in tones.iter().zip(ends) {
        let velocity = 0.55 + 0.3 * sketch.grid.strength(*beat) + random.between(-0.05, 0.05);
        notes.push(tone(sketch, *beat, next - beat, sketch.key.pitch(*degree), velocity));
    }
}

fn tone(sketch: &Sketch, beat: f64, beats: f64, pitch: i32, velocity: f32) -> Note {
    let held = sketch.grid.lasting(beats);
    // Struck tones may ring into the next; sung ones make way.
    let length = match sketch.style.lead_held {
        Some(most) => held.min(most),
        None => held.max(0.5) + 0.3,
    };
    Note {
        part: Part::Lead,
        voice: sketch.style.lead,
        start: sketch.grid.at(beat),
        length,
        pitch,
        velocity,
        pan: sketch.style.lead_pan,
    }
}

/// Draws rhythm and contour of one bar. Strong beats sound more often; most moves are steps, and a leap is
/// followed by a step back.
fn motif(sketch: &Sketch, random: &mut Random) -> Vec<Move> {
    let step = sketch.grid.step(sketch.style.fastest);
    let bar = f64::from(sketch.grid.bar());
    let mut moves = Vec::new();
    let mut leapt = 0;
    for index in 0..(bar / step).round() as u32 {
        let at = f64::from(index) * step;
        let wanted = sketch.style.density * (0.45 + sketch.grid.strength(at + f64::from(sketch.grid.last_beat())));
        if at > 0.0 && !random.chance(wanted) {
            continue;
        }
        let by: i32 = match leapt {
            _ if index == 0 => random.pick([0, 0, 2, 1]),
            0 => random.pick([-1, -1, 1, 1, 1, -2, 2, 3, -3]),
            up if up > 0 => -1,
            _ => 1,
        };
        leapt = if by.abs() > 1 { by } else { 0 };
        moves.push(Move { at, by });
    }
    moves
}

/// Keeps a melody within a tenth around its home.
fn within(degree: i32, home: i32) -> i32 {
    match degree - home {
        over if over > 6 => degree - 4,
        under if under < -4 => degree + 4,
        _ => degree,
    }
}

/// On the beats a tone of the chord; between them whatever the contour says, but for tones that rub where the
/// style is one of five tones.
fn settled(sketch: &Sketch, beat: f64, degree: i32) -> i32 {
    let span = chord_on(&sketch.spans, beat);
    let near = [0, -1, 1].map(|off| degree + off);
    if sketch.grid.strength(beat) >= 0.6 {
        return near.into_iter().find(|near| span.holds(*near)).unwrap_or(degree);
    }
    if sketch.style.five_tones {
        return near
            .into_iter()
            .find(|near| sketch.key.is_plain(*near))
            .unwrap_or(degree);
    }
    degree
}

/// The tonic or the third above it, whichever is nearer.
fn arrival(degree: i32) -> i32 {
    let targets = (degree - 4..=degree + 4).filter(|near| matches!(near.rem_euclid(7), 0 | 2));
    targets
        .min_by_key(|near| ((near - degree).abs(), near.rem_euclid(7)))
        .unwrap_or(0)
}
