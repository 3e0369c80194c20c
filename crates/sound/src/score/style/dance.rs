//! Four on the floor: wide chords that breathe with the kick, a bass between the beats, a short bright lead.

use domain::recipe::{Mood, MusicStyle};

use super::{Echo, Figure, Room, Strip, Style, strip};
use crate::score::{
    Patch, Voice,
    grid::Swing,
    harmony::{AEOLIAN, DORIAN, IONIAN, Progression, TRIAD, progression},
};

const NIGHT: &[Progression] = &[
    progression(&AEOLIAN, [0, 5, 2, 6], 6),
    progression(&AEOLIAN, [5, 6, 0, 2], 6),
    progression(&DORIAN, [0, 2, 6, 3], 6),
];
const DAY: &[Progression] = &[
    progression(&IONIAN, [5, 3, 0, 4], 4),
    progression(&IONIAN, [0, 4, 5, 3], 4),
    progression(&AEOLIAN, [0, 2, 6, 5], 6),
];

pub(super) fn style(mood: Mood) -> Style {
    Style {
        kind: MusicStyle::Dance,
        progressions: if mood == Mood::Bright { DAY } else { NIGHT },
        chord: TRIAD,
        slowest_change: 4.2,
        pad: None,
        pad_centre: 59,
        lead: Voice::Synth(Patch::Pluck),
        lead_held: Some(0.3),
        lead_pan: 0.1,
        register: 76,
        density: 0.6,
        fastest: 0.2,
        breath: 0.6,
        five_tones: true,
        figure: Figure::Comp {
            patterns: &[
                ["8..7..6.8..7..6.", "8..7..6.8..7.6.."],
                ["7...............", "7.........6....."],
                ["..8...8...8...8.", "..8...8...8.8.8."],
            ],
            held: 0.6,
        },
        figure_voice: Voice::Synth(Patch::Super),
        close_voice: Voice::Synth(Patch::Super),
        figure_centre: 64,
        figure_pan: 0.0,
        strum: 0.0,
        bass: Some(Voice::Synth(Patch::Bass)),
        bass_patterns: &["..1...1...1...1.", "..1...1...1..81."],
        bass_held: 0.7,
        bass_lowest: 33,
        bass_rests: true,
        has_a_beat: true,
        swing: Swing::STRAIGHT,
        looseness: 0.0,
        room: Room {
            decay: 1.3,
            damping: 8000.0,
            level: -12.0,
        },
        desk: [
            strip(-14.0, 0.5),
            Strip {
                echo: Some(Echo {
                    beats: 0.75,
                    again: 0.4,
                }),
                pump: -3.0,
                ..strip(-8.0, 0.5)
            },
            Strip {
                chorus: 0.3,
                pump: -12.0,
                ..strip(-9.0, 0.4)
            },
            Strip {
                pump: -9.0,
                ..strip(-5.0, 0.02)
            },
            strip(-1.0, 0.12),
        ],
        rise: 0.005,
    }
}
