//! What a style means to a musician: modes, chords, instruments, rhythm, room and balance. A file for each.

mod acoustic;
mod ambient;
mod dance;
mod funk;
mod lofi;
mod piano;
mod strings;
mod tense;

use domain::recipe::{Mood, MusicStyle};

use super::{Colour, Part, Voice, grid::Swing, harmony::Progression};

/// How a piece is arranged.
#[derive(Debug, Clone)]
pub(crate) struct Style {
    pub(crate) kind: MusicStyle,
    pub(crate) progressions: &'static [Progression],
    /// The chords' tones, in degrees above the root.
    pub(crate) chord: &'static [i32],
    /// Where a bar lasts longer than so many seconds, it has two chords.
    pub(crate) slowest_change: f64,
    pub(crate) pad: Option<Colour>,
    /// Semitone round which the pad lies.
    pub(crate) pad_centre: i32,
    pub(crate) lead: Voice,
    /// Seconds that a tone of the melody lasts at most; none: it rings into the next.
    pub(crate) lead_held: Option<f64>,
    pub(crate) lead_pan: f32,
    /// Semitone around which the melody moves.
    pub(crate) register: i32,
    /// Share of the steps on which the melody sounds, about.
    pub(crate) density: f32,
    /// Least seconds between the notes of the melody.
    pub(crate) fastest: f64,
    /// Beats before the close in which the melody waits.
    pub(crate) breath: f64,
    /// Between the beats the melody has only the five tones that never clash.
    pub(crate) five_tones: bool,
    pub(crate) figure: Figure,
    pub(crate) figure_voice: Voice,
    /// Who plays the closing chord.
    pub(crate) close_voice: Voice,
    pub(crate) figure_centre: i32,
    pub(crate) figure_pan: f32,
    /// Seconds from one tone of a chord to the next.
    pub(crate) strum: f64,
    pub(crate) bass: Option<Voice>,
    /// `1` the root, `5` the fifth, `7` the seventh, `8` the octave.
    pub(crate) bass_patterns: &'static [&'static str],
    /// Share of the time to the next tone for which a tone is held.
    pub(crate) bass_held: f64,
    /// Semitone of its lowest tone.
    pub(crate) bass_lowest: i32,
    /// It may leave a chord's first beat out.
    pub(crate) bass_rests: bool,
    /// There is a beat to dance to without anything added.
    pub(crate) has_a_beat: bool,
    pub(crate) swing: Swing,
    /// Seconds by which hands may be late.
    pub(crate) looseness: f32,
    pub(crate) room: Room,
    desk: [Strip; Part::ALL.len()],
    /// Seconds in which the music comes in.
    pub(crate) rise: f64,
}

/// What accompanies between melody and bass.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Figure {
    /// The chord's tones one by one, `fastest` seconds apart or more.
    Climb { fastest: f64 },
    /// The whole chord in one of these rhythms, each tone held for so many beats.
    Comp {
        patterns: &'static [[&'static str; 2]],
        held: f64,
    },
    /// The root in this rhythm, and now and then a tone so many semitones beside it.
    Ostinato {
        patterns: &'static [&'static str],
        neighbour: i32,
    },
}

/// The space around the players.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Room {
    /// Seconds until the reverberation has fallen by 60 dB.
    pub(crate) decay: f32,
    /// Hertz above which it dies sooner.
    pub(crate) damping: f32,
    /// Its level in decibels.
    pub(crate) level: f64,
}

/// What happens to a part on its way to the mix, in this order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Strip {
    /// Decibels.
    pub(crate) level: f64,
    /// Hertz above which the part is dulled.
    pub(crate) tone: Option<f32>,
    /// Depth of the chorus, 0 none to 1.
    pub(crate) chorus: f32,
    pub(crate) echo: Option<Echo>,
    /// Decibels by which each stroke of the kick presses the part down.
    pub(crate) pump: f64,
    /// Share that goes into the room.
    pub(crate) send: f32,
}

/// Repetitions, from side to side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Echo {
    /// Beats from one to the next.
    pub(crate) beats: f64,
    /// Each against the one before it, and the first against the sound itself.
    pub(crate) again: f32,
}

/// A part at this level, with this share in the room, and nothing else.
const fn strip(level: f64, send: f32) -> Strip {
    Strip {
        level,
        tone: None,
        chorus: 0.0,
        echo: None,
        pump: 0.0,
        send,
    }
}

impl Style {
    /// The arrangement. Where the subject dances, whatever the style, there is a beat to dance to, and a room
    /// that does not blur it.
    pub(crate) fn of(style: MusicStyle, mood: Mood, dances: bool) -> Self {
        let style = match style {
            MusicStyle::Piano => piano::style(mood),
            MusicStyle::Ambient => ambient::style(mood),
            MusicStyle::LoFi => lofi::style(),
            MusicStyle::Acoustic => acoustic::style(mood),
            MusicStyle::Strings => strings::style(mood),
            MusicStyle::Dance => dance::style(mood),
            MusicStyle::Funk => funk::style(),
            MusicStyle::Tense => tense::style(),
        };
        if dances { style.with_a_beat() } else { style }
    }

    fn with_a_beat(mut self) -> Self {
        self.rise = 0.005;
        self.looseness = 0.0;
        if self.has_a_beat {
            return self;
        }
        self.room.decay = self.room.decay.min(1.4);
        self.fastest = self.fastest.min(0.24);
        self.density = self.density.max(0.5);
        self.swing = Swing::STRAIGHT;
        let drums = &mut self.desk[Part::Drums as usize];
        drums.level = drums.level.max(-3.0);
        let bass = &mut self.desk[Part::Bass as usize];
        bass.level = bass.level.max(-8.0);
        self
    }

    /// A part's way to the mix.
    pub(crate) fn strip(&self, part: Part) -> Strip {
        self.desk[part as usize]
    }
}
