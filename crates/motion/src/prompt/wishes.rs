//! What a prompt asks for, as a whole.

use domain::recipe::{Mood, MusicStyle, SoundKind};

use super::words::{TimeWord, What};

/// A prompt in our words.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Wishes {
    /// In the order of the text.
    pub(crate) wanted: Vec<Wanted>,
    pub(crate) unwanted: Vec<What>,
    /// When each step of the timeline begins; the first begins the clip unless it says otherwise.
    pub(crate) starts: Vec<Start>,
    pub(crate) time: Option<TimeWord>,
    pub(crate) mood: Option<Mood>,
    /// How the music is to be arranged.
    pub(crate) music: Option<MusicStyle>,
    /// What is to be heard, and with which step of the timeline.
    pub(crate) heard: Vec<(SoundKind, usize)>,
    /// What is heard where the text is about.
    pub(crate) around: Vec<SoundKind>,
    /// What is not to be heard.
    pub(crate) unheard: Vec<SoundKind>,
    /// How everything is done that has no manner of its own.
    pub(crate) all: Manners,
    /// How the camera moves.
    pub(crate) camera: Manners,
    /// What the text says, in its order.
    pub(crate) said: Vec<Said>,
}

/// One thing that is asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Wanted {
    pub(crate) what: What,
    /// Only named as being there.
    pub(crate) mentioned: bool,
    /// Index into the starts.
    pub(crate) step: usize,
    pub(crate) manners: Manners,
    /// Radians within the frame: 0 to the right, a quarter turn down.
    pub(crate) heading: Option<f32>,
    pub(crate) times: Option<u32>,
    /// Index of its words.
    pub(crate) said: usize,
}

/// How something is done; 0: not said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Manners {
    /// -1 slow, 1 fast.
    pub(crate) speed: i32,
    /// -1 slight, 1 strong.
    pub(crate) strength: i32,
}

/// When a step of the timeline begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Start {
    /// After the one before it.
    Next,
    Seconds(f32),
    SecondsBeforeEnd(f32),
    /// Of the clip.
    Share(f32),
}

/// Words of the prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    /// First byte.
    pub(crate) from: usize,
    pub(crate) text: String,
    pub(crate) has_effect: bool,
}

impl Manners {
    /// These, and where nothing is said the `others`.
    pub(crate) fn or(self, others: Self) -> Self {
        let own = |own: i32, other: i32| if own == 0 { other } else { own };
        Self {
            speed: own(self.speed, others.speed),
            strength: own(self.strength, others.strength),
        }
    }
}
