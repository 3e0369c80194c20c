//! The soundtrack of a clip: a recipe goes in, samples come out.
//!
//! The way through: [`compose`] plans a score (tempo, key, harmony, motif: `score`), plays its notes
//! (`instruments`, a file each), mixes them in a room (`mix`), lays the sounds of the surroundings under
//! them where they were asked for (`ambience`, a file for each kind), and masters the sum (`mix::master`: loudness,
//! peaks, fades).
//!
//! Pure: no input, no output, no clock, no threads. The same recipe and wants give the same samples.
//! Oscillators and gains use arithmetic of this crate alone (`wave`, `tuning`), not the system's
//! mathematics library, whose last digits differ from machine to machine.

mod ambience;
mod filter;
mod instruments;
mod mix;
mod random;
mod score;
mod speech;
mod stereo;
mod tuning;
mod wave;

use domain::{
    media::{FRAME_RATE, Pcm, SAMPLE_RATE},
    recipe::Recipe,
};
use stereo::Stereo;

/// What the request asked to hear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wants {
    /// Music.
    pub bgm: bool,
    /// What the recipe's sources sound like, or the air of a room.
    pub ambience: bool,
}

/// The longest soundtrack, in frames: 60 seconds. A recipe that says more gets this much.
pub const MOST_FRAMES: u32 = 60 * FRAME_RATE;

/// Integrated loudness of a clip with music, speech or sounds of its surroundings, in LUFS.
pub const LOUDNESS: f64 = -16.0;

/// The same of a clip in which single strokes are heard in a quiet room, in LUFS.
pub const STROKES_LOUDNESS: f64 = -24.0;

/// The same of a clip in which nothing is heard but a room, in LUFS.
pub const ROOM_LOUDNESS: f64 = -36.0;

/// How loud speech is against music, in LUFS, before the sum is mastered.
const SPEECH_LOUDNESS: f64 = -15.0;

/// Composes the sound of a clip: exactly `recipe.frames / 24` seconds of 48 kHz stereo, at most
/// [`MOST_FRAMES`] frames of it.
///
/// Music follows `recipe.music`, `recipe.mood`, `recipe.beat` (beat 0 is the clip's first sample), the stretch of
/// frames in which the subject dances, and `recipe.seed`; its closing chord falls on the beat's last
/// ([`domain::recipe::Beat::last`]). Ambience is `recipe.sounds`. Values out of their range are brought into it: any
/// recipe gives a soundtrack. Loudness is [`LOUDNESS`], and where only strokes or
/// a room are heard [`STROKES_LOUDNESS`] or [`ROOM_LOUDNESS`], within 1 LU; true peak at most -1 dBTP;
/// the first and the last sample are 0. `speech`, mono at 48 kHz, begins soon after the clip does; music and
/// ambience go down under it by 11 dB. Without any want and without speech: silence.
pub fn compose(recipe: &Recipe, wants: Wants, speech: &[f32]) -> Pcm {
    let length = recipe.frames.min(MOST_FRAMES) as usize * (SAMPLE_RATE / FRAME_RATE) as usize;
    let mut sound = Stereo::silence(length);
    let mut edges = ambience::EDGES;
    let surroundings = ambience::loudness(recipe);
    if wants.bgm && length > 0 {
        let score = score::plan(recipe, length);
        sound = mix::music(&score, length);
        edges = score.edges();
    }
    if wants.ambience && length > 0 {
        let around = ambience::surroundings(recipe, length);
        if wants.bgm {
            let under = surroundings.under_music - LOUDNESS;
            mix::loudness::lay_under(&mut sound, around, under);
        } else {
            sound = around;
        }
    }
    let alone = if wants.bgm { LOUDNESS } else { surroundings.alone };
    let voice = speech::place(speech, length, SPEECH_LOUDNESS);
    if let Some(voice) = &voice {
        mix::loudness::bring_to(&mut sound, alone);
        sound.multiply(&voice.others);
        sound.add(0, &voice.sound, 1.0);
    }
    let target = match voice {
        Some(_) => LOUDNESS,
        None if wants.bgm || wants.ambience => alone,
        None => return sound.into_pcm(),
    };
    mix::master::finish(sound, target, edges).into_pcm()
}
