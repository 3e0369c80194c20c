//! From single sounds to a soundtrack: balance, room, mastering.

mod limiter;
pub(crate) mod loudness;
pub(crate) mod master;
mod reverb;

use crate::{instruments, random::Random, score::Score, stereo::Stereo, tuning};

/// Plays a score into `length` samples. The result has no particular loudness yet.
pub(crate) fn music(score: &Score, length: usize) -> Stereo {
    let mut random = Random::new(score.seed, "strokes");
    let mut dry = Stereo::silence(length);
    let mut wet = Stereo::silence(length);
    for note in &score.notes {
        let start = tuning::samples(note.start);
        let sound = instruments::play(note, length.saturating_sub(start), &mut random);
        let level = tuning::gain(score.style.level(note.part));
        dry.add(start, &sound, level);
        wet.add(start, &sound, level * score.style.send(note.part));
    }
    let room = score.style.room;
    let reverberation = reverb::room(&wet, room.decay, room.damping);
    dry.add(0, &reverberation, tuning::gain(room.level));
    dry
}
