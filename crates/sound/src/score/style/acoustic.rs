//! Two guitars, one picking chords and one singing, and a shaker.

use domain::recipe::{Mood, MusicStyle};

use super::{Figure, Room, Style, strip};
use crate::score::{
    Plucked, Voice,
    grid::Swing,
    harmony::{AEOLIAN, IONIAN, MIXOLYDIAN, Progression, TRIAD, progression},
};

const SUNNY: &[Progression] = &[
    progression(&IONIAN, [0, 4, 5, 3], 4),
    progression(&IONIAN, [0, 3, 0, 4], 4),
    progression(&MIXOLYDIAN, [0, 6, 3, 0], 3),
    progression(&IONIAN, [5, 3, 0, 4], 4),
];
const WISTFUL: &[Progression] = &[
    progression(&AEOLIAN, [0, 5, 2, 6], 6),
    progression(&AEOLIAN, [0, 6, 5, 6], 6),
];

pub(super) fn style(mood: Mood) -> Style {
    Style {
        kind: MusicStyle::Acoustic,
        progressions: if mood == Mood::Dark { WISTFUL } else { SUNNY },
        chord: TRIAD,
        slowest_change: 3.2,
        pad: None,
        pad_centre: 59,
        lead: Voice::Plucked(Plucked::Steel),
        lead_held: None,
        lead_pan: 0.3,
        register: 74,
        density: 0.5,
        fastest: 0.24,
        breath: 0.6,
        five_tones: true,
        figure: Figure::Climb { fastest: 0.24 },
        figure_voice: Voice::Plucked(Plucked::Nylon),
        close_voice: Voice::Plucked(Plucked::Nylon),
        figure_centre: 58,
        figure_pan: -0.3,
        strum: 0.022,
        bass: Some(Voice::Plucked(Plucked::Nylon)),
        bass_patterns: &["1.......5.......", "1.......5.....5."],
        bass_held: 1.0,
        bass_lowest: 36,
        bass_rests: false,
        has_a_beat: false,
        swing: Swing::STRAIGHT,
        looseness: 0.009,
        room: Room {
            decay: 1.1,
            damping: 6500.0,
            level: -11.0,
        },
        desk: [
            strip(-16.0, 0.5),
            strip(-3.0, 0.45),
            strip(-5.0, 0.35),
            strip(-5.0, 0.15),
            strip(-10.0, 0.25),
        ],
        rise: 0.005,
    }
}
