//! What a mood means to a musician: modes, instruments, density, room and balance.

use domain::recipe::Mood;

use super::{
    Colour, Part, Timbre, Voice,
    harmony::{AEOLIAN, DORIAN, IONIAN, LYDIAN, MIXOLYDIAN, Mode, PHRYGIAN},
};

/// How a piece is arranged.
#[derive(Debug, Clone)]
pub(crate) struct Style {
    pub(crate) modes: [&'static Mode; 2],
    pub(crate) pad: Colour,
    pub(crate) lead: Voice,
    /// Semitone around which the melody moves.
    pub(crate) register: i32,
    /// Share of the steps on which the melody sounds, about.
    pub(crate) density: f32,
    /// Least seconds between the notes of melody and figure.
    pub(crate) fastest: f64,
    pub(crate) figure: Figure,
    pub(crate) figure_timbre: Timbre,
    pub(crate) bass: BassLine,
    pub(crate) groove: Groove,
    pub(crate) room: Room,
    /// Levels in decibels of pad, lead, figure, bass and drums.
    levels: [f64; 5],
    /// Seconds in which the music comes in.
    pub(crate) rise: f64,
}

/// What accompanies between melody and bass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Figure {
    /// The chord's tones one by one, slowly.
    Broken,
    /// Up and down through the chord on every step.
    Arpeggio,
    /// Short chords between the beats.
    Stabs,
    /// One low tone, repeated.
    Ostinato,
    /// A single high tone now and then.
    Drops,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BassLine {
    /// One tone to a chord.
    Long,
    /// Root and fifth in turn.
    RootFifth,
    /// On the beats and before them.
    Driving,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Groove {
    None,
    /// Shaker and a soft kick.
    Soft,
    /// Kick, snap and hat: to dance to.
    Dance,
    /// Large drums at the turns of the bar.
    Procession,
    /// Two soft thumps to a bar.
    Heartbeat,
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

impl Style {
    /// The arrangement for a mood. Where the subject dances, whatever the mood, there is a beat to dance
    /// to, and a room that does not blur it.
    pub(crate) fn of(mood: Mood, dances: bool) -> Self {
        let style = match mood {
            Mood::Calm => calm(),
            Mood::Bright => bright(),
            Mood::Lively => lively(),
            Mood::Grand => grand(),
            Mood::Dark => dark(),
        };
        if dances { style.with_a_beat() } else { style }
    }

    fn with_a_beat(mut self) -> Self {
        self.bass = BassLine::Driving;
        self.rise = 0.005;
        self.room.decay = self.room.decay.min(1.4);
        self.fastest = self.fastest.min(0.24);
        self.density = self.density.max(0.55);
        self.levels[Part::Drums as usize] = self.levels[Part::Drums as usize].max(-5.0);
        if matches!(self.figure, Figure::Broken | Figure::Drops) {
            self.figure = Figure::Stabs;
        }
        self
    }

    /// Decibels of a part in the mix.
    pub(crate) fn level(&self, part: Part) -> f64 {
        self.levels[part as usize]
    }

    /// Share of a part that goes into the room.
    pub(crate) fn send(&self, part: Part) -> f32 {
        match part {
            Part::Pad => 0.5,
            Part::Lead => 0.6,
            Part::Figure => 0.45,
            Part::Bass => 0.04,
            Part::Drums => 0.22,
        }
    }
}

fn calm() -> Style {
    Style {
        modes: [&IONIAN, &LYDIAN],
        pad: Colour::Warm,
        lead: Voice::Keys(Timbre::Piano),
        register: 74,
        density: 0.5,
        fastest: 0.36,
        figure: Figure::Broken,
        figure_timbre: Timbre::Piano,
        bass: BassLine::Long,
        groove: Groove::None,
        room: Room {
            decay: 2.4,
            damping: 4200.0,
            level: -7.0,
        },
        levels: [-9.0, -3.0, -9.0, -9.0, -12.0],
        rise: 0.12,
    }
}

fn bright() -> Style {
    Style {
        modes: [&IONIAN, &MIXOLYDIAN],
        pad: Colour::Warm,
        lead: Voice::Keys(Timbre::Celesta),
        register: 79,
        density: 0.62,
        fastest: 0.24,
        figure: Figure::Arpeggio,
        figure_timbre: Timbre::Harp,
        bass: BassLine::RootFifth,
        groove: Groove::Soft,
        room: Room {
            decay: 1.5,
            damping: 7000.0,
            level: -9.0,
        },
        levels: [-14.0, -4.0, -7.0, -9.0, -9.0],
        rise: 0.005,
    }
}

fn lively() -> Style {
    Style {
        modes: [&IONIAN, &DORIAN],
        pad: Colour::Warm,
        lead: Voice::Keys(Timbre::Kalimba),
        register: 76,
        density: 0.75,
        fastest: 0.19,
        figure: Figure::Stabs,
        figure_timbre: Timbre::Piano,
        bass: BassLine::Driving,
        groove: Groove::Dance,
        room: Room {
            decay: 0.9,
            damping: 7000.0,
            level: -12.0,
        },
        levels: [-16.0, -3.0, -7.0, -7.0, -4.0],
        rise: 0.005,
    }
}

fn grand() -> Style {
    Style {
        modes: [&AEOLIAN, &IONIAN],
        pad: Colour::Strings,
        lead: Voice::Pad(Colour::Solo),
        register: 72,
        density: 0.4,
        fastest: 0.4,
        figure: Figure::Ostinato,
        figure_timbre: Timbre::Harp,
        bass: BassLine::Long,
        groove: Groove::Procession,
        room: Room {
            decay: 2.6,
            damping: 5200.0,
            level: -6.0,
        },
        levels: [-8.0, -6.0, -7.0, -6.0, -2.0],
        rise: 0.03,
    }
}

fn dark() -> Style {
    Style {
        modes: [&AEOLIAN, &PHRYGIAN],
        pad: Colour::Hollow,
        lead: Voice::Keys(Timbre::Piano),
        register: 63,
        density: 0.34,
        fastest: 0.5,
        figure: Figure::Drops,
        figure_timbre: Timbre::Celesta,
        bass: BassLine::Long,
        groove: Groove::Heartbeat,
        room: Room {
            decay: 3.2,
            damping: 2600.0,
            level: -5.0,
        },
        levels: [-5.0, -5.0, -15.0, -5.0, -7.0],
        rise: 0.2,
    }
}
