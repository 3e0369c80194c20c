//! Key, mode and the chords of a piece.

use super::{Grid, Style};
use crate::random::Random;

/// A scale. Degrees count from 0, the tonic.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mode {
    /// Semitones above the tonic.
    scale: [i32; 7],
    /// Degrees that a melody in few tones leaves out: those that lie a semitone from a neighbour.
    tender: [i32; 2],
}

pub(crate) const IONIAN: Mode = Mode {
    scale: [0, 2, 4, 5, 7, 9, 11],
    tender: [3, 6],
};
pub(crate) const LYDIAN: Mode = Mode {
    scale: [0, 2, 4, 6, 7, 9, 11],
    tender: [3, 6],
};
pub(crate) const MIXOLYDIAN: Mode = Mode {
    scale: [0, 2, 4, 5, 7, 9, 10],
    tender: [3, 6],
};
pub(crate) const DORIAN: Mode = Mode {
    scale: [0, 2, 3, 5, 7, 9, 10],
    tender: [1, 5],
};
pub(crate) const AEOLIAN: Mode = Mode {
    scale: [0, 2, 3, 5, 7, 8, 10],
    tender: [1, 5],
};
pub(crate) const PHRYGIAN: Mode = Mode {
    scale: [0, 1, 3, 5, 7, 8, 10],
    tender: [1, 5],
};
pub(crate) const HARMONIC_MINOR: Mode = Mode {
    scale: [0, 2, 3, 5, 7, 8, 11],
    tender: [5, 6],
};

/// Chords that follow one another, by the degrees of their roots, and the one that leads home.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Progression {
    pub(crate) mode: &'static Mode,
    pub(crate) roots: [i32; 4],
    pub(crate) cadence: i32,
}

pub(crate) const fn progression(mode: &'static Mode, roots: [i32; 4], cadence: i32) -> Progression {
    Progression { mode, roots, cadence }
}

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

    /// Whether a degree is one of the five that never clash.
    pub(crate) fn is_plain(self, degree: i32) -> bool {
        !self.mode.tender.contains(&degree.rem_euclid(7))
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
    /// Its tones, in degrees above the root.
    pub(crate) tones: &'static [i32],
}

/// Chords by their degrees above the root.
pub(crate) const TRIAD: &[i32] = &[0, 2, 4];
pub(crate) const SEVENTH: &[i32] = &[0, 2, 4, 6];
pub(crate) const NINTH: &[i32] = &[2, 4, 6, 8];
/// Without a third: neither glad nor sad.
pub(crate) const OPEN: &[i32] = &[0, 4, 8];

impl Span {
    /// Whether a degree of the scale belongs to the triad.
    pub(crate) fn holds(&self, degree: i32) -> bool {
        matches!((degree - self.root).rem_euclid(7), 0 | 2 | 4)
    }

    /// The chord in close position with every tone within six semitones of `centre`, so that chords
    /// follow each other by small steps; from low to high.
    pub(crate) fn voicing(&self, key: Key, centre: i32) -> Vec<i32> {
        let place = |above: &i32| {
            let pitch = key.pitch(self.root + above);
            centre - 6 + (pitch - centre + 6).rem_euclid(12)
        };
        let mut tones: Vec<i32> = self.tones.iter().map(place).collect();
        tones.sort_unstable();
        tones.dedup();
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
        tones: TRIAD,
    })
}

/// Draws a key and lays a progression over the grid: a chord to a bar (two, where bars are long), the
/// cadence before the last beat, the tonic on it.
pub(crate) fn choose(grid: &Grid, style: &Style, random: &mut Random) -> (Key, Vec<Span>) {
    let drawn = random.below(style.progressions.len());
    let Progression { mode, roots, cadence } = style.progressions[drawn];
    let key = Key {
        tonic: random.below(12) as i32,
        mode,
    };
    let last = f64::from(grid.last_beat());
    let starts = starts(grid, style);
    let tones = style.chord;
    // A pick-up leads to the first chord.
    let lead = (grid.pickup() > 0 && starts.len() > 2).then_some(cadence);
    let order = lead.into_iter().chain(roots.into_iter().cycle());
    let ends = starts.iter().skip(1).copied().chain([last]);
    let mut spans: Vec<Span> = (starts.iter().zip(ends).zip(order))
        .map(|((from, to), root)| Span {
            from: *from,
            to,
            root,
            tones,
        })
        .collect();
    if let [_, .., before_last] = spans.as_mut_slice() {
        before_last.root = cadence;
    }
    spans.push(Span {
        from: last,
        to: grid.beats(),
        root: 0,
        tones,
    });
    (key, spans)
}

/// The beats on which chords change.
fn starts(grid: &Grid, style: &Style) -> Vec<f64> {
    let bar = f64::from(grid.bar());
    let halves = grid.lasting(bar) > style.slowest_change && grid.bar().is_multiple_of(2);
    let mut starts: Vec<f64> = Vec::new();
    for start in grid.bars() {
        starts.push(start);
        let half = start + bar / 2.0;
        if halves && half < f64::from(grid.last_beat()) - 1e-6 && grid.in_bar(half) > 0.0 {
            starts.push(half);
        }
    }
    let last = f64::from(grid.last_beat());
    if starts.len() == 1 && last > 1.0 {
        // A single chord before the close would be the tonic itself: make room for a way home.
        starts.push((last / 2.0).ceil());
    }
    starts
}
