//! What is played: a plan of notes on the clip's beat grid. No sample is made here.

mod bassline;
mod figure;
mod grid;
mod groove;
mod harmony;
mod melody;
mod pads;
mod style;

use domain::recipe::Recipe;

use self::harmony::{Key, Span};
pub(crate) use self::{grid::Grid, style::Style};
use crate::{mix::master::Edges, random::Random};

/// Everything the players need.
#[derive(Debug)]
pub(crate) struct Score {
    pub(crate) seed: u32,
    pub(crate) grid: Grid,
    pub(crate) style: Style,
    /// Not sorted by time.
    pub(crate) notes: Vec<Note>,
}

/// One sound of one instrument.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Note {
    pub(crate) part: Part,
    pub(crate) voice: Voice,
    /// Seconds from the clip's start.
    pub(crate) start: f64,
    /// Seconds for which it is held; what rings on after that is the instrument's affair.
    pub(crate) length: f64,
    /// Semitones as MIDI counts them: 60 is middle C. Drums have their own.
    pub(crate) pitch: i32,
    /// 0 to 1.
    pub(crate) velocity: f32,
    /// -1 left to 1 right.
    pub(crate) pan: f32,
}

/// A place in the mix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Pad,
    Lead,
    Figure,
    Bass,
    Drums,
}

/// An instrument and its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Voice {
    Pad(Colour),
    Keys(Timbre),
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
}

/// Struck and plucked sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Timbre {
    Piano,
    Harp,
    Kalimba,
    Celesta,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Drum {
    Kick,
    Snap,
    Hat,
    Shaker,
    /// A large, soft-skinned drum.
    Low,
    /// A breath of noise that rises for the note's length.
    Swell,
}

impl Score {
    /// How the clip's sound comes in and goes out.
    pub(crate) fn edges(&self) -> Edges {
        let close = self.grid.at(f64::from(self.grid.last_beat()));
        let after_close = self.grid.seconds() - close;
        Edges {
            // A clip of a single chord must not swallow its stroke.
            rise: self.style.rise.min(close / 2.0).max(0.003),
            fall: (after_close * 0.75).min(1.2),
        }
    }
}

/// What all the players of one piece agree on.
pub(crate) struct Sketch {
    pub(crate) grid: Grid,
    pub(crate) style: Style,
    pub(crate) key: Key,
    /// One after the other, from beat 0; the last is the closing chord, on [`Grid::last_beat`].
    pub(crate) spans: Vec<Span>,
}

/// Plans the music of a clip of `length` samples.
pub(crate) fn plan(recipe: &Recipe, length: usize) -> Score {
    let chance = |name| Random::new(recipe.seed, name);
    let grid = Grid::of(recipe, length);
    let style = Style::of(recipe.mood, grid.dances());
    let (key, spans) = harmony::choose(&grid, &style, &mut chance("harmony"));
    let sketch = Sketch {
        grid,
        style,
        key,
        spans,
    };
    let mut notes = Vec::new();
    pads::write(&sketch, &mut notes);
    figure::write(&sketch, &mut chance("figure"), &mut notes);
    bassline::write(&sketch, &mut chance("bass"), &mut notes);
    melody::write(&sketch, &mut chance("melody"), &mut notes);
    groove::write(&sketch, &mut chance("groove"), &mut notes);
    Score {
        seed: recipe.seed,
        grid: sketch.grid,
        style: sketch.style,
        notes,
    }
}
