//! Electric piano with rich chords, a dusty beat that swings, everything a little dull and out of tune.

use domain::recipe::MusicStyle;

use super::{Figure, Room, Strip, Style, strip};
use crate::score::{
    Timbre, Voice,
    grid::Swing,
    harmony::{AEOLIAN, DORIAN, IONIAN, NINTH, Progression, progression},
};

const CHANGES: &[Progression] = &[
    progression(&IONIAN, [0, 5, 1, 4], 4),
    progression(&IONIAN, [3, 2, 1, 4], 4),
    progression(&DORIAN, [0, 3, 0, 6], 3),
    progression(&AEOLIAN, [0, 5, 3, 6], 6),
];

pub(super) fn style() -> Style {
    Style {
        kind: MusicStyle::LoFi,
        progressions: CHANGES,
        chord: NINTH,
        slowest_change: 3.4,
        pad: None,
        pad_centre: 59,
        lead: Voice::Keys(Timbre::Kalimba),
        lead_held: None,
        lead_pan: 0.2,
        register: 72,
        density: 0.42,
        fastest: 0.3,
        breath: 1.1,
        five_tones: true,
        figure: Figure::Comp {
            patterns: &[
                ["8......6........", "8......6..5....."],
                ["8.....5...7.....", "8..........6...."],
            ],
            held: 1.4,
        },
        figure_voice: Voice::Electric,
        close_voice: Voice::Electric,
        figure_centre: 61,
        figure_pan: -0.1,
        strum: 0.018,
        bass: Some(Voice::Bass),
        bass_patterns: &["1......11.....5.", "1......15......."],
        bass_held: 0.8,
        bass_lowest: 31,
        bass_rests: false,
        has_a_beat: true,
        swing: Swing { step: 0.25, late: 0.28 },
        looseness: 0.014,
        room: Room {
            decay: 0.9,
            damping: 3500.0,
            level: -13.0,
        },
        desk: [
            strip(-14.0, 0.4),
            Strip {
                tone: Some(3000.0),
                chorus: 0.35,
                ..strip(-7.0, 0.5)
            },
            Strip {
                tone: Some(1900.0),
                chorus: 0.8,
                ..strip(-4.0, 0.35)
            },
            Strip {
                tone: Some(700.0),
                ..strip(-5.0, 0.03)
            },
            Strip {
                tone: Some(5200.0),
                ..strip(-4.0, 0.2)
            },
        ],
        rise: 0.01,
    }
}
