//! The sounds of a clip's surroundings: each source of the recipe at its place and time. A file for each kind.

mod birds;
mod city;
mod crowd;
mod fire;
mod insects;
mod panorama;
mod rain;
mod room;
mod sea;
mod steps;
mod stream;
mod thunder;
mod wander;
mod whoosh;
mod wind;

use domain::{
    media::{FRAME_RATE, SAMPLE_RATE},
    recipe::{Recipe, SoundKind, SoundSource},
};

use self::panorama::Panorama;
use crate::{
    mix::master::Edges,
    random::Random,
    stereo::Stereo,
    tuning::{gain, samples, smooth_step},
};

/// How the surroundings come in and go out.
pub(crate) const EDGES: Edges = Edges { rise: 0.12, fall: 0.4 };

/// Seconds in which a source comes and goes within the clip.
const EASE: f64 = 0.5;

/// More sources than this are not heard.
const MOST: usize = 200;

/// All sources of a recipe, one over the other, each as loud as it is by nature. Where the recipe names none: a room.
pub(crate) fn surroundings(recipe: &Recipe, length: usize) -> Stereo {
    let mut sum = Stereo::silence(length);
    for (number, source) in recipe.sounds.iter().take(MOST).enumerate() {
        play(source, number as u32, recipe.seed, &mut sum);
    }
    if recipe.sounds.is_empty() {
        let mut random = Random::new(recipe.seed, "room");
        sum.add(
            0,
            &room::tone(length, &Panorama::new(0.5, 1.0), &mut random),
            level(SoundKind::RoomTone),
        );
    }
    sum
}

/// How loud surroundings are, in LUFS.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Loudness {
    pub(crate) alone: f64,
    pub(crate) under_music: f64,
}

/// What is loud enough to be listened to is as loud as music; strokes in a quiet room are less, and a room alone is
/// to be noticed and no more.
pub(crate) fn loudness(recipe: &Recipe) -> Loudness {
    let audible = || {
        recipe
            .sounds
            .iter()
            .filter(|source| source.from < source.to && source.level > 0.0)
    };
    let (alone, under_music) = if audible().any(|source| is_lasting(source.kind) && source.kind != SoundKind::RoomTone)
    {
        (crate::LOUDNESS, -25.0)
    } else if audible().any(|source| !is_lasting(source.kind)) {
        (crate::STROKES_LOUDNESS, -28.0)
    } else {
        (crate::ROOM_LOUDNESS, -34.0)
    };
    Loudness { alone, under_music }
}

fn is_lasting(kind: SoundKind) -> bool {
    !matches!(kind, SoundKind::Thunder | SoundKind::Footsteps | SoundKind::Whoosh)
}

fn play(source: &SoundSource, number: u32, seed: u32, sum: &mut Stereo) {
    let from = (source.from as usize).saturating_mul(per_frame());
    let to = (source.to as usize).saturating_mul(per_frame()).min(sum.len());
    if from >= to || source.level.is_nan() || source.level <= 0.0 {
        return;
    }
    let length = to - from;
    let panorama = Panorama::new(source.place, source.width);
    let mut random = Random::new(seed.wrapping_add(number.wrapping_mul(0x9e37_79b9)), "surroundings");
    let mut sound = match source.kind {
        SoundKind::Rain => rain::fall(length, &panorama, &mut random),
        SoundKind::Wind => wind::blow(length, &panorama, &mut random),
        SoundKind::Sea => sea::roll(length, &panorama, &mut random),
        SoundKind::Stream => stream::run(length, &panorama, &mut random),
        SoundKind::Birds => birds::sing(length, &panorama, &mut random),
        SoundKind::Insects => insects::chirp(length, &panorama, &mut random),
        SoundKind::Fire => fire::burn(length, &panorama, &mut random),
        SoundKind::City => city::hum(length, &panorama, &mut random),
        SoundKind::Crowd => crowd::talk(length, &panorama, &mut random),
        // It rolls on after its stretch, as far as the clip goes.
        SoundKind::Thunder => thunder::clap(sum.len() - from, &panorama, &mut random),
        SoundKind::Footsteps => steps::walk(length, every(source), &panorama, &mut random),
        SoundKind::Whoosh => whoosh::pass(length, &panorama, &mut random),
        SoundKind::RoomTone => room::tone(length, &panorama, &mut random),
    };
    if is_lasting(source.kind) {
        ease(&mut sound, from > 0, to < sum.len());
    }
    sum.add(from, &sound, level(source.kind) * source.level.min(3.0));
}

fn per_frame() -> usize {
    (SAMPLE_RATE / FRAME_RATE) as usize
}

/// Samples from one stroke to the next.
fn every(source: &SoundSource) -> f64 {
    let frames = source.every.filter(|every| every.is_finite()).unwrap_or(13.0);
    f64::from(frames.max(1.0)) * per_frame() as f64
}

/// How loud a kind is by nature.
fn level(kind: SoundKind) -> f32 {
    gain(match kind {
        SoundKind::Rain | SoundKind::Sea | SoundKind::Stream => -8.0,
        SoundKind::Wind | SoundKind::Fire | SoundKind::City | SoundKind::Crowd => -10.0,
        SoundKind::Birds => -14.0,
        SoundKind::Insects => -17.0,
        SoundKind::Thunder => 2.0,
        SoundKind::Footsteps => -5.0,
        SoundKind::Whoosh => -3.0,
        SoundKind::RoomTone => -30.0,
    })
}

/// A source that begins or ends within the clip does so softly.
fn ease(sound: &mut Stereo, comes: bool, goes: bool) {
    let length = sound.len();
    let ease = samples(EASE).min(length / 2).max(1);
    for index in 0..ease {
        let gain = smooth_step(index as f32 / ease as f32);
        for channel in [&mut sound.left, &mut sound.right] {
            if comes {
                channel[index] *= gain;
            }
            if goes {
                channel[length - 1 - index] *= gain;
            }
        }
    }
}
