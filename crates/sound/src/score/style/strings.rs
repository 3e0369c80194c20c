//! A large orchestra's strings: a driving low figure, a broad melody, drums for a procession.

use domain::recipe::{Mood, MusicStyle};

use super::{Figure, Room, Strip, Style, strip};
use crate::score::{
    Colour, Voice,
    grid::Swing,
    harmony::{AEOLIAN, HARMONIC_MINOR, IONIAN, MIXOLYDIAN, Progression, TRIAD, progression},
};

const HEROIC: &[Progression] = &[
    progression(&AEOLIAN, [0, 5, 2, 6], 6),
    progression(&AEOLIAN, [0, 5, 3, 6], 6),
    progression(&MIXOLYDIAN, [0, 6, 3, 6], 6),
    progression(&IONIAN, [0, 5, 3, 4], 4),
];
const GRAVE: &[Progression] = &[
    progression(&AEOLIAN, [0, 3, 5, 6], 6),
    progression(&HARMONIC_MINOR, [0, 5, 3, 4], 4),
];

pub(super) fn style(mood: Mood) -> Style {
    Style {
        kind: MusicStyle::Strings,
        progressions: if mood == Mood::Dark { GRAVE } else { HEROIC },
        chord: TRIAD,
        slowest_change: 3.6,
        pad: Some(Colour::Strings),
        pad_centre: 59,
        lead: Voice::Pad(Colour::Solo),
        lead_held: Some(3.0),
        lead_pan: -0.15,
        register: 74,
        density: 0.36,
        fastest: 0.5,
        breath: 0.1,
        five_tones: false,
        figure: Figure::Ostinato {
            patterns: &["9.5.7.559.5.7.5.", "9.5.7.5.9.557.55"],
            neighbour: 7,
        },
        figure_voice: Voice::Pad(Colour::Spiccato),
        close_voice: Voice::Pad(Colour::Spiccato),
        figure_centre: 48,
        figure_pan: 0.2,
        strum: 0.004,
        bass: Some(Voice::Pad(Colour::Solo)),
        bass_patterns: &["1..............."],
        bass_held: 1.0,
        bass_lowest: 31,
        bass_rests: false,
        has_a_beat: false,
        swing: Swing::STRAIGHT,
        looseness: 0.01,
        room: Room {
            decay: 2.6,
            damping: 5200.0,
            level: -7.0,
        },
        desk: [
            Strip {
                chorus: 0.4,
                ..strip(-9.0, 0.5)
            },
            strip(-7.0, 0.6),
            strip(-4.0, 0.4),
            strip(-8.0, 0.2),
            strip(-2.0, 0.4),
        ],
        rise: 0.02,
    }
}
