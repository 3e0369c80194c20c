//! The players: a note goes in, its sound comes out. A file for each.

mod bass;
mod drums;
mod electric;
mod keys;
mod pad;
mod plucked;
mod synth;

use crate::{
    random::Random,
    score::{Note, Voice},
    stereo::Stereo,
};

/// Plays one note, from its start until it can no longer be heard, at most `longest` samples. `random`
/// gives what differs from stroke to stroke: phases and noise.
pub(crate) fn play(note: &Note, longest: usize, random: &mut Random) -> Stereo {
    match note.voice {
        Voice::Pad(colour) => pad::play(note, colour, longest, random),
        Voice::Keys(timbre) => Stereo::panned(&keys::play(note, timbre, longest), note.pan),
        Voice::Electric => electric::play(note, longest),
        Voice::Plucked(kind) => Stereo::panned(&plucked::play(note, kind, longest, random), note.pan),
        Voice::Synth(patch) => synth::play(note, patch, longest, random),
        Voice::Bass => Stereo::panned(&bass::play(note, longest), note.pan),
        Voice::Drum(drum) => Stereo::panned(&drums::play(note, drum, longest, random), note.pan),
    }
}
