//! Slow pads that open and close, bells with long echoes, no drums.

use domain::recipe::{Mood, MusicStyle};

use super::{Echo, Figure, Room, Strip, Style, strip};
use crate::score::{
    Colour, Timbre, Voice,
    grid::Swing,
    harmony::{AEOLIAN, DORIAN, IONIAN, LYDIAN, OPEN, Progression, progression},
};

const LIGHT: &[Progression] = &[
    progression(&LYDIAN, [0, 1, 0, 1], 1),
    progression(&IONIAN, [0, 3, 0, 4], 3),
    progression(&LYDIAN, [0, 4, 1, 5], 4),
];
const DARK: &[Progression] = &[
    progression(&AEOLIAN, [0, 5, 0, 6], 5),
    progression(&DORIAN, [0, 3, 0, 6], 6),
    progression(&AEOLIAN, [0, 2, 5, 6], 6),
];

pub(super) fn style(mood: Mood) -> Style {
    Style {
        kind: MusicStyle::Ambient,
        progressions: if mood == Mood::Dark { DARK } else { LIGHT },
        chord: OPEN,
        slowest_change: 5.0,
        pad: Some(Colour::Warm),
        pad_centre: 57,
        lead: Voice::Keys(Timbre::Bell),
        lead_held: None,
        lead_pan: -0.05,
        register: 79,
        density: 0.28,
        fastest: 0.9,
        breath: 0.6,
        five_tones: true,
        figure: Figure::Climb { fastest: 0.8 },
        figure_voice: Voice::Keys(Timbre::Harp),
        close_voice: Voice::Keys(Timbre::Harp),
        figure_centre: 67,
        figure_pan: -0.3,
        strum: 0.03,
        bass: Some(Voice::Bass),
        bass_patterns: &["1..............."],
        bass_held: 1.0,
        bass_lowest: 33,
        bass_rests: false,
        has_a_beat: false,
        swing: Swing::STRAIGHT,
        looseness: 0.008,
        room: Room {
            decay: 4.2,
            damping: 3200.0,
            level: -3.0,
        },
        desk: [
            Strip {
                tone: Some(2200.0),
                chorus: 0.4,
                ..strip(-3.0, 0.7)
            },
            Strip {
                echo: Some(Echo {
                    beats: 1.0,
                    again: 0.45,
                }),
                ..strip(-9.0, 0.8)
            },
            Strip {
                echo: Some(Echo { beats: 1.0, again: 0.3 }),
                ..strip(-9.0, 0.7)
            },
            Strip {
                tone: Some(400.0),
                ..strip(-9.0, 0.1)
            },
            strip(-8.0, 0.3),
        ],
        rise: 0.25,
    }
}
