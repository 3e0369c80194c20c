//! A calm piano: broken chords, a singing right hand, a little warmth behind it.

use domain::recipe::{Mood, MusicStyle};

use super::{Figure, Room, Style, strip};
use crate::score::{
    Colour, Timbre, Voice,
    grid::Swing,
    harmony::{AEOLIAN, DORIAN, IONIAN, LYDIAN, Progression, TRIAD, progression},
};

const MAJOR: &[Progression] = &[
    progression(&IONIAN, [0, 5, 3, 4], 4),
    progression(&IONIAN, [0, 4, 5, 3], 4),
    progression(&LYDIAN, [0, 1, 5, 4], 4),
    progression(&IONIAN, [0, 2, 3, 4], 3),
];
const MINOR: &[Progression] = &[
    progression(&AEOLIAN, [0, 5, 2, 6], 6),
    progression(&AEOLIAN, [0, 3, 5, 6], 6),
    progression(&DORIAN, [0, 2, 3, 6], 6),
];

pub(super) fn style(mood: Mood) -> Style {
    Style {
        kind: MusicStyle::Piano,
        progressions: if mood == Mood::Dark { MINOR } else { MAJOR },
        chord: TRIAD,
        slowest_change: 2.6,
        pad: Some(Colour::Warm),
        pad_centre: 59,
        lead: Voice::Keys(Timbre::Piano),
        lead_held: None,
        lead_pan: 0.1,
        register: 75,
        density: 0.5,
        fastest: 0.36,
        breath: 0.6,
        five_tones: false,
        figure: Figure::Climb { fastest: 0.36 },
        figure_voice: Voice::Keys(Timbre::Piano),
        close_voice: Voice::Keys(Timbre::Piano),
        figure_centre: 60,
        figure_pan: -0.05,
        strum: 0.014,
        bass: Some(Voice::Keys(Timbre::Piano)),
        bass_patterns: &["1..............."],
        bass_held: 1.0,
        bass_lowest: 33,
        bass_rests: false,
        has_a_beat: false,
        swing: Swing::STRAIGHT,
        looseness: 0.012,
        room: Room {
            decay: 2.2,
            damping: 4200.0,
            level: -8.0,
        },
        desk: [
            strip(-17.0, 0.5),
            strip(-2.5, 0.5),
            strip(-8.0, 0.4),
            strip(-7.0, 0.3),
            strip(-8.0, 0.2),
        ],
        rise: 0.03,
    }
}
