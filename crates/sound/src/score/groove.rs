//! The drums: rows of strokes, a digit for how loud.

use domain::recipe::MusicStyle;

use super::{
    Drum, Note, Part, Sketch, Voice,
    pattern::{loudness, strokes},
};
use crate::random::Random;

/// One drum's bars, in turn.
struct Row {
    drum: Drum,
    pan: f32,
    bars: [&'static str; 2],
}

const fn row(drum: Drum, pan: f32, bars: [&'static str; 2]) -> Row {
    Row { drum, pan, bars }
}

const ACOUSTIC: &[Row] = &[
    row(Drum::Shaker, 0.35, ["5.3.6.3.5.3.6.33", "5.3.6.3.5.336.3."]),
    row(Drum::SoftKick, 0.0, ["8.......7.......", "8.......7.....5."]),
];
const LOFI: &[Row] = &[
    row(Drum::SoftKick, 0.0, ["9......5..8.....", "9.....4...8..4.."]),
    row(Drum::Rim, -0.1, ["....9.......9...", "....9.......9..3"]),
    row(Drum::Hat, 0.25, ["6.4.6.4.6.4.6.4.", "6.4.6.464.4.6.4."]),
];
const HOUSE: &[Row] = &[
    row(Drum::Kick, 0.0, ["9...9...9...9...", "9...9...9...9..4"]),
    row(Drum::Clap, 0.0, ["....8.......8...", "....8.......8..3"]),
    row(Drum::OpenHat, 0.2, ["..6...6...6...6.", "..6...6...6...6."]),
    row(Drum::Hat, -0.25, ["4.24424.4.24424.", "4.24424.4.244244"]),
];
const FUNK: &[Row] = &[
    row(Drum::Kick, 0.0, ["9..4....4.8.....", "9..4..5...8..4.."]),
    row(Drum::Snare, -0.05, ["....9..2.2..9..2", "....9..2.2..9.3."]),
    row(Drum::Hat, 0.3, ["5.3.5.3.5.3.5.33", "5.3.535.5.3.5.3."]),
    row(Drum::OpenHat, 0.3, ["..............5.", "................"]),
];
const PROCESSION: &[Row] = &[
    row(Drum::Low, -0.1, ["9.......6.......", "9.......6......."]),
    row(Drum::Low, 0.25, ["............3.46", "..........3.4.56"]),
];
const CLOCK: &[Row] = &[
    row(Drum::Tick, 0.3, ["7...5...6...5...", "7...5...6...5..."]),
    row(Drum::Low, 0.0, ["8.5.............", "8.5............."]),
];
/// To a dance, where the style has no beat of its own.
const DANCING: &[Row] = &[
    row(Drum::Kick, 0.0, ["9...6...9...6...", "9...6..49...6..."]),
    row(Drum::Snap, -0.08, ["....7.......7...", "....7.......7..."]),
    row(Drum::Hat, 0.3, ["3.5.3.5.3.5.3.5.", "3.5.3.5.3.5.3.55"]),
];
/// Before the close.
const FILL: &str = "5.67";

fn rows(style: MusicStyle) -> &'static [Row] {
    match style {
        MusicStyle::Piano | MusicStyle::Ambient => &[],
        MusicStyle::LoFi => LOFI,
        MusicStyle::Acoustic => ACOUSTIC,
        MusicStyle::Strings => PROCESSION,
        MusicStyle::Dance => HOUSE,
        MusicStyle::Funk => FUNK,
        MusicStyle::Tense => CLOCK,
    }
}

pub(crate) fn write(sketch: &Sketch, random: &mut Random, notes: &mut Vec<Note>) {
    let (grid, style) = (&sketch.grid, &sketch.style);
    let mut play = |rows: &[Row], wanted: &dyn Fn(f64) -> bool| {
        for row in rows {
            for (beat, stroke) in strokes(grid, &row.bars).filter(|(beat, _)| wanted(*beat)) {
                let velocity = loudness(stroke) * random.between(0.92, 1.0);
                notes.push(hit(sketch, row.drum, beat, velocity, row.pan));
            }
        }
    };
    play(rows(style.kind), &|beat| {
        (style.has_a_beat || !grid.dances_on(beat)) && sketch.form.plays(grid, Part::Drums, beat)
    });
    if !style.has_a_beat {
        play(DANCING, &|beat| grid.dances_on(beat));
    }
    fill(sketch, notes);
    close(sketch, notes);
    surroundings(sketch, notes);
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

/// The last beat before the close says that it comes.
fn fill(sketch: &Sketch, notes: &mut Vec<Note>) {
    let drum = match sketch.style.kind {
        MusicStyle::Funk => Drum::Snare,
        MusicStyle::Dance => Drum::Clap,
        MusicStyle::LoFi => Drum::Rim,
        _ => return,
    };
    let last = f64::from(sketch.grid.last_beat());
    if last < 4.0 {
        return;
    }
    for (place, stroke) in FILL.bytes().enumerate().filter(|(_, stroke)| *stroke != b'.') {
        let beat = last - 1.0 + place as f64 / 4.0;
        notes.push(hit(sketch, drum, beat, 0.8 * loudness(stroke), 0.1));
    }
}

/// The strokes under the closing chord.
fn close(sketch: &Sketch, notes: &mut Vec<Note>) {
    let last = f64::from(sketch.grid.last_beat());
    let danced = sketch.grid.dances_on((last - 0.5).max(0.0)) && !sketch.style.has_a_beat;
    let strokes: &[(Drum, f32)] = match sketch.style.kind {
        _ if danced => &[(Drum::Kick, 1.0), (Drum::Snap, 0.5)],
        MusicStyle::Piano | MusicStyle::Ambient => &[],
        MusicStyle::LoFi => &[(Drum::SoftKick, 0.9), (Drum::Rim, 0.7)],
        MusicStyle::Acoustic => &[(Drum::SoftKick, 0.8), (Drum::Shaker, 0.5)],
        MusicStyle::Strings => &[(Drum::Low, 1.0)],
        MusicStyle::Dance => &[(Drum::Kick, 1.0), (Drum::Crash, 0.5)],
        MusicStyle::Funk => &[(Drum::Kick, 0.8), (Drum::Snare, 0.45), (Drum::Crash, 0.4)],
        MusicStyle::Tense => &[(Drum::Low, 1.0)],
    };
    for (drum, velocity) in strokes {
        notes.push(hit(sketch, *drum, last, *velocity, 0.0));
    }
}

/// What is no stroke: a breath before the theme and the close, the dust of a record.
fn surroundings(sketch: &Sketch, notes: &mut Vec<Note>) {
    let kind = sketch.style.kind;
    if kind == MusicStyle::LoFi {
        let length = sketch.grid.seconds();
        notes.push(Note {
            length,
            ..hit(sketch, Drum::Dust, 0.0, 0.5, 0.0)
        });
    }
    if !matches!(kind, MusicStyle::Strings | MusicStyle::Dance | MusicStyle::Tense) {
        return;
    }
    for to in [sketch.form.theme, f64::from(sketch.grid.last_beat())] {
        let beats = to.min(2.0);
        let length = sketch.grid.lasting(beats);
        if length > 0.3 {
            notes.push(Note {
                length,
                ..hit(sketch, Drum::Swell, to - beats, 0.3, 0.0)
            });
        }
    }
    if kind == MusicStyle::Dance && sketch.form.theme > 0.0 {
        notes.push(hit(sketch, Drum::Crash, sketch.form.theme, 0.35, 0.0));
    }
}
