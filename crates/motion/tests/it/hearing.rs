//! What a clip is to sound like: its music's style and beat, and what is heard where.

use std::sync::OnceLock;

use domain::{
    media::Picture,
    recipe::{MusicStyle, Recipe, SoundKind},
    request::{Amplitude, Profile},
};
use motion::{Study, Wish, plan};

use crate::measure::{size, studies, wish};

fn painted(colour: impl Fn(usize, usize) -> [u8; 3]) -> Vec<Study> {
    let rgb = (0..320 * 180).flat_map(|at| colour(at % 320, at / 320)).collect();
    let picture = Picture {
        size: size(320, 180),
        rgb,
    };
    studies(&[picture], size(320, 180), Profile::Fast)
}

/// Nothing in it moves or has a mood.
fn grey() -> &'static [Study] {
    static GREY: OnceLock<Vec<Study>> = OnceLock::new();
    GREY.get_or_init(|| painted(|_, _| [127; 3]))
}

fn recipe(prompt: &str) -> Recipe {
    plan(grey(), &wish(prompt, size(320, 180), Amplitude::Auto))
}

fn kinds(recipe: &Recipe) -> Vec<SoundKind> {
    recipe.sounds.iter().map(|sound| sound.kind).collect()
}

#[test]
fn a_prompt_may_name_the_style_in_both_languages() {
    for (prompt, style) in [
        ("push in, calm piano music", MusicStyle::Piano),
        ("钢琴曲", MusicStyle::Piano),
        ("slow pan, ambient music", MusicStyle::Ambient),
        ("氛围音乐", MusicStyle::Ambient),
        ("lo-fi beats", MusicStyle::LoFi),
        ("爵士乐", MusicStyle::LoFi),
        ("acoustic guitar", MusicStyle::Acoustic),
        ("民谣", MusicStyle::Acoustic),
        ("epic orchestral music", MusicStyle::Strings),
        ("交响乐", MusicStyle::Strings),
        ("make it dance, techno music", MusicStyle::Dance),
        ("电子音乐", MusicStyle::Dance),
        ("make it dance, funky", MusicStyle::Funk),
        ("放克", MusicStyle::Funk),
        ("tense, suspenseful", MusicStyle::Tense),
        ("紧张", MusicStyle::Tense),
    ] {
        assert_eq!(recipe(prompt).music, style, "{prompt}");
    }
}

#[test]
fn sad_is_a_piano_and_a_dance_has_a_beat() {
    assert_eq!(recipe("a sad girl").music, MusicStyle::Piano);
    let danced = recipe("make it dance.").music;
    assert!(matches!(danced, MusicStyle::Dance | MusicStyle::Funk), "{danced:?}");
}

#[test]
fn the_pictures_colours_and_light_have_a_say() {
    let styles = |study: &[Study]| -> Vec<MusicStyle> {
        let of = |seed| {
            let wish = Wish {
                seed,
                ..wish("", size(320, 180), Amplitude::Auto)
            };
            plan(study, &wish).music
        };
        (1..=40).map(of).collect()
    };
    let share = |styles: &[MusicStyle], wanted: MusicStyle| styles.iter().filter(|style| **style == wanted).count();
    let cellar = styles(&painted(|x, _| if x < 160 { [4, 10, 60] } else { [2, 4, 28] }));
    let meadow = styles(&painted(|x, _| if x < 200 { [230, 190, 60] } else { [250, 120, 40] }));
    assert!(share(&cellar, MusicStyle::Tense) > 25, "{cellar:?}");
    assert!(share(&meadow, MusicStyle::Acoustic) > 15, "{meadow:?}");
}

#[test]
fn the_tempo_fits_the_clip() {
    for seconds in 2..=16 {
        for seed in 1..=3 {
            let wish = Wish {
                seed,
                frames: seconds * 24,
                ..wish("make it dance.", size(320, 180), Amplitude::Auto)
            };
            let recipe = plan(grey(), &wish);
            let last = recipe.beat.last(recipe.frames);
            let (low, high) = recipe.music.tempi();
            assert!((low..=high).contains(&recipe.beat.tempo), "{:?}", recipe.beat);
            assert!(
                seconds < 4 || last.is_multiple_of(2),
                "{seconds} s, seed {seed}: {last}"
            );
        }
    }
}

#[test]
fn what_is_seen_and_named_is_heard() {
    for (prompt, kind) in [
        ("it rains", SoundKind::Rain),
        ("下雨", SoundKind::Rain),
        ("the wind blows", SoundKind::Wind),
        ("微风", SoundKind::Wind),
        ("waves on the beach", SoundKind::Sea),
        ("海边", SoundKind::Sea),
        ("a stream flows", SoundKind::Stream),
        ("小溪", SoundKind::Stream),
        ("birds sing", SoundKind::Birds),
        ("鸟鸣", SoundKind::Birds),
        ("a bird on a branch", SoundKind::Birds),
        ("fireflies", SoundKind::Insects),
        ("虫鸣", SoundKind::Insects),
        ("the campfire burns", SoundKind::Fire),
        ("篝火", SoundKind::Fire),
        ("a busy city street", SoundKind::City),
        ("城市夜景", SoundKind::City),
        ("a cheering crowd", SoundKind::Crowd),
        ("人群", SoundKind::Crowd),
        ("lightning flashes", SoundKind::Thunder),
        ("闪电", SoundKind::Thunder),
        ("she walks", SoundKind::Footsteps),
        ("走路", SoundKind::Footsteps),
        ("whip pan left", SoundKind::Whoosh),
        ("push in", SoundKind::RoomTone),
    ] {
        let kinds = kinds(&recipe(prompt));
        assert!(kinds.contains(&kind), "{prompt}: {kinds:?}");
        assert_eq!(
            kinds.contains(&SoundKind::RoomTone),
            kinds.iter().all(|kind| !lasts(*kind)),
            "{prompt}: {kinds:?}"
        );
    }
}

fn lasts(kind: SoundKind) -> bool {
    !matches!(
        kind,
        SoundKind::Thunder | SoundKind::Footsteps | SoundKind::Whoosh | SoundKind::RoomTone
    )
}

#[test]
fn steps_keep_the_walks_pace() {
    let walk = recipe("she walks");
    let steps = walk.sounds.iter().find(|sound| sound.kind == SoundKind::Footsteps);
    let every = steps.and_then(|steps| steps.every).unwrap_or_default();
    assert!(
        (every * walk.pace - 13.2).abs() < 0.01,
        "{every} frames at pace {}",
        walk.pace
    );
}
