//! Speech in a clip: where it begins, how loud it is, and how everything else makes way for it.

use crate::{
    mix::loudness,
    stereo::Stereo,
    tuning::{RATE, gain, samples, smooth_step, smoothing},
};

/// Seconds into the clip at which speech begins, where it has the room.
const BEGINS: f64 = 0.45;
/// Seconds that are left free after it, where it has the room.
const AFTER: f64 = 0.2;
/// Decibels by which everything else goes down under speech.
const DUCK: f64 = -11.0;
/// Seconds before speech in which the rest goes down, and after it in which it comes back.
const DOWN: f64 = 0.12;
const UP: f64 = 0.35;
/// Pauses shorter than this do not bring the rest back.
const PAUSE: f64 = 0.5;
/// Speech is where its level is over this share of its loudest.
const HEARD: f32 = 0.05;

/// A voice in place: as long as the clip, silent where nobody speaks.
pub(crate) struct Voiceover {
    pub(crate) sound: Stereo,
    /// The gain of everything else, sample by sample.
    pub(crate) others: Vec<f32>,
}

/// Lays `speech`, mono at 48 kHz, into a clip of `length` samples at `target` LUFS. `None` when there is nothing to hear.
pub(crate) fn place(speech: &[f32], length: usize, target: f64) -> Option<Voiceover> {
    if speech.is_empty() || length == 0 {
        return None;
    }
    let free = length.saturating_sub(speech.len());
    let start = samples(BEGINS).min(free.saturating_sub(samples(AFTER)).max(free / 2));
    let heard = speech.get(..speech.len().min(length - start))?;
    let mut sound = Stereo::silence(length);
    for (index, sample) in heard.iter().enumerate() {
        let sample = sample * edge(index, heard.len());
        sound.left[start + index] = sample;
        sound.right[start + index] = sample;
    }
    let others = ducked(heard, start, length);
    loudness::bring_to(&mut sound, target);
    Some(Voiceover { sound, others })
}

/// A few milliseconds of fade, so that nothing clicks.
fn edge(index: usize, length: usize) -> f32 {
    let fade = samples(0.008).max(1);
    let near = index.min(length - 1 - index);
    smooth_step((near as f32 / fade as f32).min(1.0))
}

/// 1 where nobody speaks, down to the duck's gain where somebody does, with slopes between.
fn ducked(speech: &[f32], start: usize, length: usize) -> Vec<f32> {
    let low = gain(DUCK);
    let mut gains = vec![1.0_f32; length];
    for (from, to) in passages(speech) {
        let (from, to) = (start + from, (start + to).min(length));
        let (down, up) = (samples(DOWN), samples(UP));
        let begins = from.saturating_sub(down);
        for (index, value) in gains.iter_mut().enumerate().take((to + up).min(length)).skip(begins) {
            let share = if index < from {
                (from - index) as f32 / down as f32
            } else if index < to {
                0.0
            } else {
                (index - to) as f32 / up as f32
            };
            *value = value.min(low + (1.0 - low) * smooth_step(share));
        }
    }
    gains
}

/// Stretches in which somebody speaks, without the short pauses between words.
fn passages(speech: &[f32]) -> Vec<(usize, usize)> {
    let fall = smoothing(8.0);
    let mut level = 0.0_f32;
    let levels: Vec<f32> = speech
        .iter()
        .map(|sample| {
            level = (level - fall * level).max(sample.abs());
            level
        })
        .collect();
    let threshold = HEARD * levels.iter().copied().fold(0.0, f32::max);
    let pause = (PAUSE * f64::from(RATE)) as usize;
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (index, _) in levels.iter().enumerate().filter(|(_, level)| **level > threshold) {
        match found.last_mut() {
            Some((_, to)) if index <= *to + pause => *to = index + 1,
            _ => found.push((index, index + 1)),
        }
    }
    found
}
