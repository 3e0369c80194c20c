//! What is played: a plan of notes on the clip's beat grid. No sample is made here.

mod bassline;
mod figure;
mod form;
mod grid;
mod groove;
mod harmony;
mod melody;
mod pads;
mod pattern;
mod style;
mod voices;

use domain::recipe::Recipe;

use self::{
    form::Form,
    harmony::{Key, Span},
};
pub(crate) use self::{
    grid::Grid,
    style::{Strip, Style},
    voices::{Colour, Drum, Part, Patch, Plucked, Timbre, Voice},
};
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
    pub(crate) form: Form,
    pub(crate) style: Style,
    pub(crate) key: Key,
    /// One after the other, from beat 0; the last is the closing chord, on [`Grid::last_beat`].
    pub(crate) spans: Vec<Span>,
}

/// Plans the music of a clip of `length` samples.
pub(crate) fn plan(recipe: &Recipe, length: usize) -> Score {
    let chance = |name| Random::new(recipe.seed, name);
    let grid = Grid::of(recipe, length);
    let style = Style::of(recipe.music, recipe.mood, grid.dances());
    let grid = grid.swung(style.swing);
    let (key, spans) = harmony::choose(&grid, &style, &mut chance("harmony"));
    let sketch = Sketch {
        form: Form::of(&grid),
        grid,
        style,
        key,
        spans,
    };
    let mut notes = Vec::new();
    pads::write(&sketch, &mut notes);
    figure::write(&sketch, &mut chance("figure"), &mut notes);
    bassline::write(&sketch, &mut notes);
    melody::write(&sketch, &mut chance("melody"), &mut notes);
    loosen(&mut notes, sketch.style.looseness, &mut chance("hands"));
    groove::write(&sketch, &mut chance("groove"), &mut notes);
    Score {
        seed: recipe.seed,
        grid: sketch.grid,
        style: sketch.style,
        notes,
    }
}

/// Hands are not exact: each note comes a little late, by up to so many seconds.
fn loosen(notes: &mut [Note], looseness: f32, random: &mut Random) {
    for note in notes {
        note.start += f64::from(random.between(0.0, looseness));
    }
}
