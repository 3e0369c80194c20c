//! A slapping bass, a muted guitar in sixteenths, brass, and drums with ghost notes.

use domain::recipe::MusicStyle;

use super::{Figure, Room, Strip, Style, strip};
use crate::score::{
    Patch, Plucked, Voice,
    grid::Swing,
    harmony::{DORIAN, MIXOLYDIAN, Progression, SEVENTH, progression},
};

const VAMPS: &[Progression] = &[
    progression(&DORIAN, [0, 3, 0, 3], 3),
    progression(&DORIAN, [0, 0, 3, 6], 6),
    progression(&MIXOLYDIAN, [0, 6, 3, 0], 3),
    progression(&MIXOLYDIAN, [0, 3, 0, 4], 6),
];

pub(super) fn style() -> Style {
    Style {
        kind: MusicStyle::Funk,
        progressions: VAMPS,
        chord: SEVENTH,
        slowest_change: 9.0,
        pad: None,
        pad_centre: 59,
        lead: Voice::Synth(Patch::Brass),
        lead_held: Some(0.28),
        lead_pan: 0.2,
        register: 70,
        density: 0.42,
        fastest: 0.24,
        breath: 0.6,
        five_tones: true,
        figure: Figure::Comp {
            patterns: &[
                ["..7.4.7...74..7.", "..7.4.7...74.77."],
                ["7.44.47.4.7.44.7", "7.44.47.4.7.4.77"],
            ],
            held: 0.14,
        },
        figure_voice: Voice::Plucked(Plucked::Muted),
        close_voice: Voice::Synth(Patch::Brass),
        figure_centre: 66,
        figure_pan: -0.35,
        strum: 0.005,
        bass: Some(Voice::Synth(Patch::Slap)),
        bass_patterns: &["1..1..8...1.57.8", "1..1..8.5.1..7.8"],
        bass_held: 0.6,
        bass_lowest: 31,
        bass_rests: false,
        has_a_beat: true,
        swing: Swing { step: 0.25, late: 0.1 },
        looseness: 0.005,
        room: Room {
            decay: 0.6,
            damping: 7000.0,
            level: -15.0,
        },
        desk: [
            strip(-16.0, 0.4),
            Strip {
                chorus: 0.3,
                ..strip(-8.0, 0.5)
            },
            Strip {
                chorus: 0.25,
                ..strip(-6.0, 0.3)
            },
            strip(-3.0, 0.04),
            strip(-5.0, 0.25),
        ],
        rise: 0.005,
    }
}
