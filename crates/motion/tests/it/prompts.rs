//! What prompts come to, in both languages.

#![expect(clippy::unwrap_used, reason = "a name without a kind fails the test")]

use domain::{
    media::Picture,
    recipe::{CameraMove, CameraTrack, Look, OverlayKind, Recipe, SceneryKind, SubjectKind},
    request::{Amplitude, Profile},
};
use motion::{Study, Wish, plan};
use proptest::prelude::*;
use serde::Serialize;

use crate::measure::{size, studies, wish};

/// Grey, so that nothing in it moves unasked.
fn grey() -> Vec<Study> {
    let picture = Picture {
        size: size(32, 32),
        rgb: vec![127; 32 * 32 * 3],
    };
    studies(&[picture], size(320, 180), Profile::Fast)
}

fn recipe(prompt: &str) -> Recipe {
    plan(&grey(), &wish(prompt, size(320, 180), Amplitude::Auto))
}

/// A prompt and its features on each line; its head says which there are.
const TABLE: &str = include_str!("prompts.tsv");

#[test]
fn prompts_are_understood_in_both_languages() {
    let grey = grey();
    let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
    let mut wrong = Vec::new();
    let mut count = 0;
    for row in rows {
        let mut fields = row.split('\t');
        let prompt = fields.next().unwrap();
        let recipe = plan(&grey, &wish(prompt, size(320, 180), Amplitude::Auto));
        let missed: Vec<&str> = fields.filter(|feature| !has(&recipe, feature)).collect();
        if !missed.is_empty() {
            wrong.push(format!(
                "{prompt:?} misses {missed:?}: {} understood {:?}, without effect {:?}",
                recipe.summary, recipe.understood, recipe.without_effect
            ));
        }
        count += 1;
    }
    assert!(count >= 150, "{count}");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_table_asks_for_every_kind_in_both_languages() {
    let lists = [
        ("camera", names(CameraMove::ALL.into_iter())),
        ("subject", names(SubjectKind::ALL.into_iter())),
        (
            "scenery",
            names(SceneryKind::ALL.into_iter().filter(|kind| *kind != SceneryKind::Smoke)),
        ),
        ("overlays", names(OverlayKind::ALL.into_iter())),
        ("grade", names(Look::ALL.into_iter())),
    ];
    let asks = |row: &str, part: &str, kind: &str| {
        row.split('\t').skip(1).any(|feature| {
            let values = feature.split_once('=').filter(|(name, _)| *name == part);
            let mut kinds = values.map_or("", |(_, values)| values).split([',', ':']);
            feature.strip_prefix('+') == Some(kind) || kinds.any(|named| named == kind)
        })
    };
    for chinese in [false, true] {
        let is_chinese = |row: &str| row.contains(|letter: char| ('\u{4e00}'..='\u{9fff}').contains(&letter));
        let rows: Vec<&str> = TABLE
            .lines()
            .filter(|row| !row.starts_with('#') && is_chinese(row) == chinese)
            .collect();
        for (part, kinds) in &lists {
            for kind in kinds {
                assert!(
                    rows.iter().any(|row| asks(row, part, kind)),
                    "{part}={kind}, Chinese: {chinese}"
                );
            }
        }
    }
}

#[test]
fn smoke_moves_where_there_is_some_and_else_is_drawn() {
    let billow = |x: f32, y: f32| (9.0 * x + 2.0 * (7.0 * y).sin()).sin() * (11.0 * y + 1.5 * (8.0 * x).sin()).sin();
    let mut rgb = Vec::new();
    for at in 0..320 * 180 {
        let (x, y) = ((at % 320) as f32 / 320.0, (at / 320) as f32 / 180.0);
        let white = (0.5 + 0.7 * billow(x, y)).clamp(0.0, 1.0);
        let sky = [90.0, 140.0, 215.0].map(|blue| (blue + (238.0 - blue) * white) as u8);
        rgb.extend(if y < 0.7 { sky } else { [70, 62, 50] });
    }
    let size = size(320, 180);
    let cloudy = studies(&[Picture { size, rgb }], size, Profile::Fast);
    for prompt in ["smoke rises", "烟雾升起"] {
        let [cloudy, grey] =
            [cloudy.clone(), grey()].map(|studies| plan(&studies, &wish(prompt, size, Amplitude::Auto)));
        assert!(
            has(&cloudy, "scenery=smoke") && has(&cloudy, "overlays=none"),
            "{}",
            cloudy.summary
        );
        assert!(
            has(&grey, "scenery=none") && has(&grey, "overlays=steam"),
            "{}",
            grey.summary
        );
    }
}

fn has(recipe: &Recipe, feature: &str) -> bool {
    let scenery = names(recipe.scenery.iter().map(|motion| motion.kind));
    let overlays = names(recipe.overlays.iter().map(|overlay| overlay.kind));
    if let Some(kind) = feature.strip_prefix('+') {
        return scenery.iter().chain(&overlays).any(|name| name == kind);
    }
    let (name, value) = feature.split_once('=').unwrap();
    let starts = || {
        let camera = recipe.camera.iter().map(|track| track.from);
        let overlays = recipe.overlays.iter().map(|overlay| overlay.from);
        camera.chain(overlays).collect::<Vec<u32>>()
    };
    match name {
        "camera" => {
            let wanted: Vec<&str> = value.split(',').collect();
            wanted.len() == recipe.camera.len()
                && recipe
                    .camera
                    .iter()
                    .zip(wanted)
                    .all(|(track, move_)| goes(track, move_))
        }
        "subject" => same(value, &names(recipe.subject.iter().map(|action| action.kind))),
        "scenery" => same(value, &scenery),
        "overlays" => same(value, &overlays),
        "grade" => same(value, &names(recipe.grade.iter().map(|grade| grade.look))),
        "pace" => recipe.pace == value.parse::<f32>().unwrap(),
        "times" => recipe.subject.iter().any(|action| action.times == value.parse().ok()),
        "strength" => match value {
            "strong" => recipe.amplitude == Amplitude::Large,
            _ => recipe.amplitude == Amplitude::Small,
        },
        "wind" => recipe
            .overlays
            .iter()
            .all(|overlay| (overlay.wind.cos() < 0.0) == (value == "left")),
        "from" => starts().contains(&value.parse().unwrap()),
        "without" => recipe
            .without_effect
            .iter()
            .any(|words| words.contains(value) || value.contains(words.as_str())),
        _ => false,
    }
}

/// "pan:left"
fn goes(track: &CameraTrack, wanted: &str) -> bool {
    let (movement, side) = wanted.split_once(':').unwrap_or((wanted, ""));
    let is_there = match side {
        "left" => track.heading.cos() < -0.5,
        "right" => track.heading.cos() > 0.5,
        "up" => track.heading.sin() < -0.5,
        "down" => track.heading.sin() > 0.5,
        _ => true,
    };
    is_there && names([track.movement].into_iter()) == [movement]
}

fn same(wanted: &str, found: &[String]) -> bool {
    let mut found = found.to_vec();
    found.sort();
    match wanted {
        "any" => true,
        "none" => found.is_empty(),
        _ => {
            let mut wanted: Vec<&str> = wanted.split(',').collect();
            wanted.sort_unstable();
            found == wanted
        }
    }
}

fn names(kinds: impl Iterator<Item = impl Serialize>) -> Vec<String> {
    kinds
        .map(|kind| serde_json::to_value(kind).unwrap().as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn what_has_no_effect_is_named() {
    let smile = recipe("The girl smiles while the camera pans left");
    assert_eq!(smile.without_effect, ["smiles"]);
    assert_eq!(smile.understood, ["camera", "pans left"]);
    let unknown = recipe("quuxify the blorb");
    assert_eq!(unknown.without_effect, ["quuxify", "blorb"]);
    assert!(recipe("no rain or snow").without_effect.is_empty());
    assert!(recipe("").without_effect.is_empty());
    // More than can happen at once, and what a static camera rules out.
    let crowded = recipe("push in, pan left, roll, tilt up");
    assert_eq!(crowded.without_effect, ["roll", "tilt up"]);
    let torn = recipe("static camera, orbit");
    assert_eq!(torn.without_effect, ["orbit"]);
    // A count and a direction with nothing to count or to direct.
    assert_eq!(recipe("push in three times").without_effect, ["three times"]);
    assert_eq!(recipe("after 9 seconds it snows").without_effect, ["it snows"]);
}

#[test]
fn words_decide_what_auto_leaves_open() {
    assert_eq!(recipe("dramatic push in").amplitude, Amplitude::Large);
    assert_eq!(recipe("slightly push in").amplitude, Amplitude::Small);
    assert_eq!(recipe("镜头轻微推近").amplitude, Amplitude::Small);
    assert_eq!(recipe("push in").amplitude, Amplitude::Medium);
    assert!(recipe("dance fast").beat.tempo > recipe("dance slowly").beat.tempo + 20.0);
}

#[test]
fn a_manner_holds_for_what_it_stands_by() {
    let plain = recipe("the cat nods while the camera pushes in");
    let mixed = recipe("the cat nods slightly while the camera pushes in dramatically");
    assert_eq!(mixed.amplitude, Amplitude::Medium);
    assert!(mixed.subject[0].strength < 0.8 * plain.subject[0].strength);
    assert!(mixed.camera[0].travel > 1.3 * plain.camera[0].travel);
    let slow = recipe("the cat slowly turns its head while the camera pushes in");
    assert!(slow.pace < 1.0 && slow.camera[0].travel == plain.camera[0].travel);
    // An adjective of something that is not asked for changes nothing.
    let soft = recipe("a cat with soft fur and wild eyes, push in");
    assert_eq!(soft.amplitude, Amplitude::Medium);
}

#[test]
fn steps_are_one_timeline() {
    let two = recipe("first the camera pushes in, then the cat jumps and it snows");
    assert_eq!((two.camera[0].from, two.camera[0].to), (0, 60));
    assert_eq!((two.subject[0].from, two.subject[0].to), (60, 120));
    assert_eq!((two.overlays[0].from, two.overlays[0].to), (60, 120));
    let weather = recipe("it rains, then it snows");
    assert_eq!((weather.overlays[0].from, weather.overlays[0].to), (0, 60));
    assert_eq!((weather.overlays[1].from, weather.overlays[1].to), (60, 120));
    let dance = recipe("the cat dances, then the camera zooms out");
    assert_eq!((dance.subject[0].from, dance.subject[0].to), (0, 120));
}

#[test]
fn there_is_one_wind() {
    let windy = recipe("rain, petals and snow, the wind blows from right to left, her hair flows");
    assert!(windy.overlays.len() == 3 && windy.overlays.iter().all(|overlay| overlay.wind.cos() < -0.9));
    assert!(windy.scenery.iter().all(|motion| motion.heading.cos() < -0.9));
}

#[test]
fn a_mood_brings_light_to_the_weather() {
    assert!(recipe("rain").grade.is_empty());
    let gloomy = recipe("gloomy rain");
    assert!(gloomy.grade.len() == 1 && gloomy.grade[0].strength < 0.5);
}

#[test]
fn amplitude_and_seed_reach_everything() {
    let prompt = "push in, dance, hair blows in the wind, snow falls";
    let of = |amplitude, seed| {
        let wish = Wish {
            seed,
            ..wish(prompt, size(320, 180), amplitude)
        };
        plan(&[], &wish)
    };
    let [small, medium, large] =
        [Amplitude::Small, Amplitude::Medium, Amplitude::Large].map(|amplitude| of(amplitude, 7));
    for (less, more) in [(&small, &medium), (&medium, &large)] {
        assert!(more.camera[0].travel > 1.5 * less.camera[0].travel);
        assert!(more.subject[0].strength > 1.5 * less.subject[0].strength);
        assert!(more.scenery[0].strength > 1.5 * less.scenery[0].strength);
        assert!(more.overlays[0].amount > 1.2 * less.overlays[0].amount);
    }
    let other = of(Amplitude::Medium, 8);
    assert_ne!(other.camera[0].travel, medium.camera[0].travel);
    assert_ne!(other.overlays[0].amount, medium.overlays[0].amount);
}

#[test]
fn the_summary_says_what_happens() {
    let summary = recipe("push in, make it dance").summary;
    assert!(
        summary.starts_with("Push in on the subject; the subject is dancing to the beat"),
        "{summary}"
    );
    let all = recipe("static camera, the cat jumps twice, waves crash, snow falls, night, slow motion").summary;
    assert_eq!(
        all,
        "Static camera; the subject is jumping twice; water ripples; snow falls; night look; in slow motion."
    );
    let json = serde_json::to_string(&recipe("orbit, rain")).unwrap();
    let back: Recipe = serde_json::from_str(&json).unwrap();
    assert_eq!(back, recipe("orbit, rain"));
}

/// What holds for every recipe.
fn is_whole(recipe: &Recipe) -> bool {
    let in_order = |from: u32, to: u32| from < to && to <= recipe.frames;
    !recipe.camera.is_empty()
        && !recipe.summary.is_empty()
        && recipe
            .camera
            .iter()
            .all(|track| in_order(track.from, track.to) && (0.0..=1.0).contains(&track.travel))
        && recipe
            .subject
            .iter()
            .all(|action| in_order(action.from, action.to) && action.strength <= 3.0)
        && recipe
            .scenery
            .iter()
            .all(|motion| in_order(motion.from, motion.to) && motion.strength <= 3.0)
        && recipe
            .overlays
            .iter()
            .all(|overlay| in_order(overlay.from, overlay.to) && overlay.amount <= 3.0)
        && recipe
            .grade
            .iter()
            .all(|grade| in_order(grade.from, grade.to) && grade.strength <= 2.0)
}

#[test]
fn long_prompts_are_read() {
    let texts = [
        "镜头".repeat(2000),
        "no ".repeat(3000),
        "then push in ".repeat(500),
        ",".repeat(10_000),
        "after 1 second ".repeat(300),
        "a".repeat(100_000),
        (0..3000).map(|number| format!("w{number} ")).collect(),
    ];
    for text in texts {
        assert!(is_whole(&plan(&[], &wish(&text, size(64, 64), Amplitude::Auto))));
    }
}

const WORDS: [&str; 46] = [
    "zoom",
    "in",
    "no",
    "then",
    "pan",
    "left",
    "镜头",
    "不",
    "推",
    "近",
    "、",
    ",",
    "dance",
    "don't",
    "slowly",
    "。",
    "360",
    "or",
    "after",
    "2",
    "seconds",
    "twice",
    "rain",
    "wind",
    "her",
    "hair",
    "waves",
    "like",
    "before",
    "第",
    "3",
    "秒",
    "圈",
    "转",
    "雨",
    "夜",
    "0-2s",
    "halfway",
    "static",
    "slow motion",
    "to the left",
    "gentle",
    "last",
    "snow",
    "the",
    "and",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_text_panics_or_gives_an_empty_recipe(prompt in any::<String>(), frames in 1_u32..300, seed in any::<u32>()) {
        let wish = Wish { frames, seed, ..wish(&prompt, size(64, 64), Amplitude::Auto) };
        prop_assert!(is_whole(&plan(&[], &wish)));
    }

    #[test]
    fn marks_and_mixed_scripts_are_read(prompt in "[\\p{P}\\p{S}\\p{Han}\\p{Arabic}\\p{Hiragana}\\p{N}a-z \n]{0,200}", frames in 1_u32..300) {
        let wish = Wish { frames, ..wish(&prompt, size(64, 64), Amplitude::Auto) };
        prop_assert!(is_whole(&plan(&[], &wish)));
    }

    #[test]
    fn words_in_any_order_are_read(words in prop::collection::vec(prop::sample::select(WORDS.to_vec()), 0..40), frames in 1_u32..300) {
        let prompt = words.join(" ");
        let wish = Wish { frames, ..wish(&prompt, size(64, 64), Amplitude::Auto) };
        let recipe = plan(&[], &wish);
        prop_assert!(is_whole(&recipe), "{recipe:?}");
    }
}
