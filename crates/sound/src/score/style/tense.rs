//! A clock, a low pulse that slips a semitone aside, strings that shiver.

use domain::recipe::MusicStyle;

use super::{Echo, Figure, Room, Strip, Style, strip};
use crate::score::{
    Colour, Timbre, Voice,
    grid::Swing,
    harmony::{AEOLIAN, HARMONIC_MINOR, OPEN, PHRYGIAN, Progression, progression},
};

const UNEASY: &[Progression] = &[
    progression(&PHRYGIAN, [0, 1, 0, 1], 1),
    progression(&PHRYGIAN, [0, 0, 1, 5], 1),
    progression(&HARMONIC_MINOR, [0, 5, 0, 4], 6),
    progression(&AEOLIAN, [0, 5, 0, 3], 5),
];

pub(super) fn style() -> Style {
    Style {
        kind: MusicStyle::Tense,
        progressions: UNEASY,
        chord: OPEN,
        slowest_change: 9.0,
        pad: Some(Colour::Tremolo),
        pad_centre: 70,
        lead: Voice::Keys(Timbre::Piano),
        lead_held: None,
        lead_pan: -0.3,
        register: 52,
        density: 0.2,
        fastest: 0.5,
        breath: 1.1,
        five_tones: false,
        figure: Figure::Ostinato {
            patterns: &["8.5.6.5.8.5.6.5."],
            neighbour: 1,
        },
        figure_voice: Voice::Pad(Colour::Spiccato),
        close_voice: Voice::Pad(Colour::Spiccato),
        figure_centre: 40,
        figure_pan: 0.0,
        strum: 0.0,
        bass: Some(Voice::Pad(Colour::Hollow)),
        bass_patterns: &["1..............."],
        bass_held: 1.0,
        bass_lowest: 30,
        bass_rests: false,
        has_a_beat: false,
        swing: Swing::STRAIGHT,
        looseness: 0.004,
        room: Room {
            decay: 3.2,
            damping: 2600.0,
            level: -6.0,
        },
        desk: [
            Strip {
                tone: Some(3000.0),
                ..strip(-15.0, 0.7)
            },
            Strip {
                tone: Some(1500.0),
                echo: Some(Echo {
                    beats: 1.5,
                    again: 0.35,
                }),
                ..strip(-6.0, 0.7)
            },
            Strip {
                tone: Some(1200.0),
                ..strip(-5.0, 0.3)
            },
            Strip {
                tone: Some(500.0),
                ..strip(-7.0, 0.2)
            },
            strip(-5.0, 0.35),
        ],
        rise: 0.05,
    }
}
