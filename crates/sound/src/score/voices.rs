//! Who can play: instruments, their colours, and their places in the mix.

/// A place in the mix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Pad,
    Lead,
    Figure,
    Bass,
    Drums,
}

impl Part {
    pub(crate) const ALL: [Self; 5] = [Self::Pad, Self::Lead, Self::Figure, Self::Bass, Self::Drums];
}

/// An instrument and its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Voice {
    Pad(Colour),
    Keys(Timbre),
    Electric,
    Plucked(Plucked),
    Synth(Patch),
    Bass,
    Drum(Drum),
}

/// Sustained sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Colour {
    /// Soft and round.
    Warm,
    /// Many harmonics, swelling.
    Strings,
    /// Odd harmonics alone.
    Hollow,
    /// Strings that speak at once: for melodies.
    Solo,
    /// Strings with short strokes.
    Spiccato,
    /// Strings whose bows go to and fro.
    Tremolo,
}

impl Colour {
    /// The same at once.
    pub(crate) fn struck(self) -> Self {
        match self {
            Self::Strings | Self::Solo => Self::Spiccato,
            other => other,
        }
    }
}

/// Struck sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Timbre {
    Piano,
    Harp,
    Kalimba,
    Bell,
}

/// Strings that are plucked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plucked {
    Nylon,
    Steel,
    /// Damped by the hand.
    Muted,
}

/// Synthesisers: bright waves through a filter that closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Patch {
    /// A short, bright lead.
    Pluck,
    /// A wide chord.
    Super,
    Bass,
    /// A bass whose string slaps.
    Slap,
    Brass,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Drum {
    Kick,
    /// A kick that is felt and hardly heard.
    SoftKick,
    Snare,
    Rim,
    Clap,
    Snap,
    Hat,
    OpenHat,
    Shaker,
    /// A large, soft-skinned drum.
    Low,
    Crash,
    /// A clock.
    Tick,
    /// A breath of noise that rises for the note's length.
    Swell,
    /// The dust of a record, for the note's length.
    Dust,
}
