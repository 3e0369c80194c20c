//! Key, mode and the chords of a piece.

use super::{Grid, Style};
use crate::random::Random;

/// A scale and the chords that suit it. Degrees count from 0, the tonic.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mode {
    /// Semitones above the tonic.
    scale: [i32; 7],
    progressions: [[i32; 4]; 3],
    /// The chord that leads home.
    cadence: i32,
}

pub(crate) const IONIAN: Mode = Mode {
    scale: [0, 2, 4, 5, 7, 9, 11],
    progressions: [[0, 5, 3, 4], [0, 4, 5, 3], [0, 2, 3, 4]],
    cadence: 4,
};
pub(crate) const LYDIAN: Mode = Mode {
    scale: [0, 2, 4, 6, 7, 9, 11],
    progressions: [[0, 1, 5, 4], [0, 4, 1, 5], [0, 1, 0, 4]],
    cadence: 4,
};
pub(crate) const MIXOLYDIAN: Mode = Mode {
    scale: [0, 2, 4, 5, 7, 9, 10],
    progressions: [[0, 6, 3, 0], [0, 3, 6, 3], [0, 5, 6, 3]],
    cadence: 3,
};
pub(crate) const DORIAN: Mode = Mode {
    scale: [0, 2, 3, 5, 7, 9, 10],
    progressions: [[0, 3, 0, 6], [0, 2, 3, 6], [0, 6, 3, 3]],
    cadence: 6,
};
pub(crate) const AEOLIAN: Mode = Mode {
    scale: [0, 2, 3, 5, 7, 8, 10],
    progressions: [[0, 5, 2, 6], [0, 3, 5, 6], [0, 6, 5, 6]],
    cadence: 6,
};
pub(crate) const PHRYGIAN: Mode = Mode {
    scale: [0, 1, 3, 5, 7, 8, 10],
    progressions: [[0, 1, 0, 5], [0, 5, 1, 6], [0, 3, 1, 0]],
    cadence: 1,
};

/// A tonic and a mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key {
    /// Semitones above C, 0 to 11.
    tonic: i32,
    mode: &'static Mode,
}

impl Key {
    /// The pitch of a degree of the scale, any number of octaves up or down; degree 0 is the tonic at or
    /// next above middle C.
    pub(crate) fn pitch(self, degree: i32) -> i32 {
        60 + self.tonic + 12 * degree.div_euclid(7) + self.mode.scale[degree.rem_euclid(7) as usize]
    }

    /// The degree whose pitch is nearest to `pitch`, lowest first.
    pub(crate) fn degree_near(self, pitch: i32) -> i32 {
        let nearest = (-35..35).min_by_key(|degree| (self.pitch(*degree) - pitch).abs());
        nearest.unwrap_or(0)
    }
}

/// A chord and the beats for which it holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Span {
    pub(crate) from: f64,
    /// For the closing chord: the end of the clip, in beats.
    pub(crate) to: f64,
    /// Degree of its root.
    pub(crate) root: i32,
}

impl Span {
    /// Whether a degree of the scale belongs to the triad.
    pub(crate) fn holds(&self, degree: i32) -> bool {
        matches!((degree - self.root).rem_euclid(7), 0 | 2 | 4)
    }

    /// The triad in close position with every tone within six semitones of `centre`, so that chords
    /// follow each other by small steps; from low to high.
    pub(crate) fn voicing(&self, key: Key, centre: i32) -> [i32; 3] {
        let mut tones = [0, 2, 4].map(|third| {
            let pitch = key.pitch(self.root + third);
            centre - 6 + (pitch - centre + 6).rem_euclid(12)
        });
        tones.sort_unstable();
        tones
    }

    /// The root within the octave that begins at `lowest`.
    pub(crate) fn root_above(&self, key: Key, lowest: i32) -> i32 {
        lowest + (key.pitch(self.root) - lowest).rem_euclid(12)
    }
}

/// The chord that holds on a beat. There is always one: the last holds to the end.
pub(crate) fn chord_on(spans: &[Span], beat: f64) -> Span {
    let found = spans.iter().rev().find(|span| span.from <= beat + 1e-6);
    found.or(spans.first()).copied().unwrap_or(Span {
        from: 0.0,
        to: 0.0,
        root: 0,
    })
}

/// Draws a key and lays a progression over the grid: a chord to a bar (two, where bars are long), the
/// cadence before the last beat, the tonic on it.
pub(crate) fn choose(grid: &Grid, style: &Style, random: &mut Random) -> (Key, Vec<Span>) {
    let mode = random.pick(style.modes);
    let key = Key {
        tonic: random.below(12) as i32,
        mode,
    };
    let progression = random.pick(mode.progressions);
    let last = f64::from(grid.last_beat());
    let bar = f64::from(grid.bar());
    let mut step = if grid.at(bar) > 2.6 && grid.bar().is_multiple_of(2) {
        bar / 2.0
    } else {
        bar
    };
    if last > 1.0 && last <= step {
        // A single chord before the close would be the tonic itself: make room for a way home.
        step = (last / 2.0).ceil();
    }
    let mut spans: Vec<Span> = (grid.steps(step).zip(progression.into_iter().cycle()))
        .map(|(from, root)| Span {
            from,
            to: (from + step).min(last),
            root,
        })
        .collect();
    if let [_, .., before_last] = spans.as_mut_slice() {
        before_last.root = mode.cadence;
    }
    spans.push(Span {
        from: last,
        to: grid.seconds() / grid.at(1.0),
        root: 0,
    });
    (key, spans)
}
