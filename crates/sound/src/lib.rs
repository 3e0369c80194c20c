//! The soundtrack of a clip: a recipe goes in, samples come out.
//!
//! The way through: [`compose`] plans a score (tempo, key, harmony, motif: `score`), plays its notes
//! (`instruments`, a file each), mixes them in a room (`mix`), lays a bed of wind and room tone under
//! them where it was asked for (`ambience`), and masters the sum (`mix::master`: loudness, peaks, fades).
//!
//! Pure: no input, no output, no clock, no threads. The same recipe and wants give the same samples.
//! Oscillators and gains use arithmetic of this crate alone (`wave`, `tuning`), not the system's
//! mathematics library, whose last digits differ from machine to machine.

mod ambience;
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
    /// A soft bed of room tone and wind.
    pub ambience: bool,
}

/// The longest soundtrack, in frames: 60 seconds. A recipe that says more gets this much.
pub const MOST_FRAMES: u32 = 60 * FRAME_RATE;

/// Integrated loudness of a clip with music, with or without ambience, in LUFS.
pub const MUSIC_LOUDNESS: f64 = -16.0;

/// Integrated loudness of a clip with ambience alone, in LUFS: to be noticed, not listened to.
pub const AMBIENCE_LOUDNESS: f64 = -28.0;

/// How loud the ambience lies under music, in LUFS, before the sum is mastered.
const AMBIENCE_UNDER_MUSIC: f64 = -31.0;

/// How loud speech is against music, in LUFS, before the sum is mastered.
const SPEECH_LOUDNESS: f64 = -15.0;

/// Composes the sound of a clip: exactly `recipe.frames / 24` seconds of 48 kHz stereo, at most
/// [`MOST_FRAMES`] frames of it.
///
/// Music follows `recipe.mood`, `recipe.beat` (beat 0 is the clip's first sample), the stretch of frames
/// in which the subject dances, and `recipe.seed`; its closing chord falls on the last beat that leaves
/// half a second to ring. Values out of their range are brought into it: any recipe gives a soundtrack.
/// Loudness is [`MUSIC_LOUDNESS`] or [`AMBIENCE_LOUDNESS`] within 1 LU, true peak at most -1 dBTP;
/// the first and the last sample are 0. `speech`, mono at 48 kHz, begins soon after the clip does; music and
/// ambience go down under it by 11 dB. Without any want and without speech: silence.
pub fn compose(recipe: &Recipe, wants: Wants, speech: &[f32]) -> Pcm {
    let length = recipe.frames.min(MOST_FRAMES) as usize * (SAMPLE_RATE / FRAME_RATE) as usize;
    let mut sound = Stereo::silence(length);
    let mut edges = ambience::EDGES;
    if wants.bgm && length > 0 {
        let score = score::plan(recipe, length);
        sound = mix::music(&score, length);
        mix::loudness::bring_to(&mut sound, MUSIC_LOUDNESS);
        edges = score.edges();
    }
    if wants.ambience && length > 0 {
        let mut bed = ambience::bed(recipe.mood, recipe.seed, length);
        let level = if wants.bgm {
            AMBIENCE_UNDER_MUSIC
        } else {
            AMBIENCE_LOUDNESS
        };
        mix::loudness::bring_to(&mut bed, level);
        sound.add(0, &bed, 1.0);
    }
    let voice = speech::place(speech, length, SPEECH_LOUDNESS);
    if let Some(voice) = &voice {
        sound.multiply(&voice.others);
        sound.add(0, &voice.sound, 1.0);
    }
    let target = match (wants.bgm || voice.is_some(), wants.ambience) {
        (true, _) => MUSIC_LOUDNESS,
        (false, true) => AMBIENCE_LOUDNESS,
        (false, false) => return sound.into_pcm(),
    };
    mix::master::finish(sound, target, edges).into_pcm()
}
