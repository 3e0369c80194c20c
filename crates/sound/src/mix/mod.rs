//! From single sounds to a soundtrack: balance, effects, room, mastering.

mod chorus;
mod desk;
mod echo;
mod limiter;
pub(crate) mod loudness;
pub(crate) mod master;
pub(crate) mod reverb;

use crate::{
    instruments,
    random::Random,
    score::{Drum, Part, Score, Voice},
    stereo::Stereo,
    tuning,
};

/// Plays a score into `length` samples. The result has no particular loudness yet.
pub(crate) fn music(score: &Score, length: usize) -> Stereo {
    let mut random = Random::new(score.seed, "strokes");
    let mut dry = Stereo::silence(length);
    let mut wet = Stereo::silence(length);
    let kicks: Vec<usize> = (score.notes.iter())
        .filter(|note| note.voice == Voice::Drum(Drum::Kick))
        .map(|note| tuning::samples(note.start))
        .collect();
    for part in Part::ALL {
        let mut notes = score.notes.iter().filter(|note| note.part == part).peekable();
        if notes.peek().is_none() {
            continue;
        }
        let mut bus = Stereo::silence(length);
        for note in notes {
            let start = tuning::samples(note.start);
            let sound = instruments::play(note, length.saturating_sub(start), &mut random);
            bus.add(start, &sound, 1.0);
        }
        let strip = score.style.strip(part);
        desk::treat(&mut bus, &strip, &score.grid, &kicks);
        let level = tuning::gain(strip.level);
        dry.add(0, &bus, level);
        wet.add(0, &bus, level * strip.send);
    }
    let room = score.style.room;
    let reverberation = reverb::room(&wet, room.decay, room.damping);
    dry.add(0, &reverberation, tuning::gain(room.level));
    dry
}
