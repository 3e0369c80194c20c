//! What prompts come to, in both languages.

use domain::{
    media::Picture,
    recipe::{CameraMove, Recipe, SubjectKind},
    request::{Amplitude, Profile},
};
use motion::{Wish, plan};
use proptest::prelude::*;

use crate::measure::{size, studies, wish};

fn recipe(prompt: &str) -> Recipe {
    let picture = Picture {
        size: size(32, 32),
        rgb: (0..32 * 32 * 3).map(|at| (at * 7 % 256) as u8).collect(),
    };
    let size = size(320, 180);
    plan(
        &studies(&[picture], size, Profile::Fast),
        &wish(prompt, size, Amplitude::Auto),
    )
}

/// A prompt, the camera moves with their heading in quarter turns (9: any), and the subject's actions (`None`: any).
type Row = (
    &'static str,
    &'static [(CameraMove, i32)],
    Option<&'static [SubjectKind]>,
);

use CameraMove::{Arc, Pan, Pedestal, PullOut, PushIn, Roll, Static, Tilt, Truck};
use SubjectKind::{Bounce, Breathe, Dance, Sway};

const TABLE: &[Row] = &[
    ("push in", &[(PushIn, 0)], None),
    ("The camera slowly pushes in on the cat", &[(PushIn, 0)], None),
    ("Zoom in.", &[(PushIn, 0)], None),
    ("zooming slowly in", &[(PushIn, 0)], None),
    ("The camera moves closer to her face", &[(PushIn, 0)], None),
    ("Camera zooms out to reveal the landscape", &[(PullOut, 0)], None),
    ("slow pull back", &[(PullOut, 0)], None),
    ("pan left", &[(Pan, 2)], None),
    ("The camera pans slowly to the right", &[(Pan, 0)], None),
    ("tilt up to the sky", &[(Tilt, -1)], None),
    ("Camera tilting down", &[(Tilt, 1)], None),
    ("truck right", &[(Truck, 0)], None),
    ("the camera moves left", &[(Truck, 2)], None),
    ("crane up", &[(Pedestal, -1)], None),
    ("the camera descends", &[(Pedestal, 1)], None),
    ("orbit around the subject", &[(Arc, 9)], None),
    ("360 degree shot", &[(Arc, 9)], None),
    ("the camera rolls clockwise", &[(Roll, 0)], None),
    ("static shot", &[(Static, 0)], None),
    ("no camera movement", &[(Static, 0)], None),
    ("Do not move the camera", &[(Static, 0)], None),
    ("fixed camera, the girl dances", &[(Static, 0)], Some(&[Dance])),
    ("make it dance.", &[(PushIn, 9)], Some(&[Dance])),
    ("push in and pan right", &[(PushIn, 0), (Pan, 0)], None),
    ("first zoom in, then pan left", &[(PushIn, 0), (Pan, 2)], None),
    ("tree swaying in the wind, static camera", &[(Static, 0)], Some(&[Sway])),
    ("bouncing up and down, static camera", &[(Static, 0)], Some(&[Bounce])),
    ("she breathes softly, static camera", &[(Static, 0)], Some(&[Breathe])),
    ("static camera, the man stands still", &[(Static, 0)], Some(&[])),
    ("镜头缓缓推进", &[(PushIn, 0)], None),
    ("镜头慢慢拉远", &[(PullOut, 0)], None),
    ("镜头向左摇", &[(Pan, 2)], None),
    ("镜头向右平移", &[(Truck, 0)], None),
    ("镜头上摇", &[(Tilt, -1)], None),
    ("镜头缓缓上升", &[(Pedestal, -1)], None),
    ("镜头环绕主体", &[(Arc, 9)], None),
    ("镜头顺时针旋转", &[(Roll, 0)], None),
    ("镜头不动,小猫跳舞", &[(Static, 0)], Some(&[Dance])),
    ("固定机位", &[(Static, 0)], None),
    ("让它跳舞", &[(PushIn, 9)], Some(&[Dance])),
    ("镜头固定,花朵随风摇曳", &[(Static, 0)], Some(&[Sway])),
    ("先推近,然后向右摇", &[(PushIn, 0), (Pan, 0)], None),
    ("不要移动镜头,女孩轻轻呼吸", &[(Static, 0)], Some(&[Breathe])),
];

#[test]
fn prompts_are_understood_in_both_languages() {
    let mut wrong = Vec::new();
    for (prompt, camera, subject) in TABLE {
        let recipe = recipe(prompt);
        let quarter = |heading: f32| (heading / std::f32::consts::FRAC_PI_2).round() as i32;
        let moves: Vec<(CameraMove, i32)> = recipe
            .camera
            .iter()
            .map(|track| (track.movement, quarter(track.heading)))
            .collect();
        let same = |(found, wanted): (&(CameraMove, i32), &(CameraMove, i32))| {
            found.0 == wanted.0 && (wanted.1 == 9 || found.1 == wanted.1)
        };
        // A dancer is watched by an almost still camera of the seed's choice.
        let free = camera.iter().any(|(_, heading)| *heading == 9) && subject.is_some();
        let kinds: Vec<SubjectKind> = recipe.subject.iter().map(|action| action.kind).collect();
        let right = (free || (moves.len() == camera.len() && moves.iter().zip(*camera).all(same)))
            && subject.is_none_or(|subject| kinds == subject);
        if !right {
            wrong.push(format!(
                "{prompt:?}: {moves:?} {kinds:?} understood {:?}, without effect {:?}",
                recipe.understood, recipe.without_effect
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_has_no_effect_is_named() {
    let snow = recipe("Snow falls while the camera pans left");
    assert_eq!(snow.without_effect, ["Snow falls"]);
    assert_eq!(snow.understood, ["camera", "pans left"]);
    let turned = recipe("The cat slowly turns its head");
    assert_eq!(turned.without_effect, ["turns its head"]);
    assert_eq!(turned.understood, ["slowly"]);
    let petals = recipe("镜头缓缓推进,女孩的头发随风飘动,花瓣飘落");
    assert_eq!(petals.without_effect, ["头发随风飘动", "花瓣飘落"]);
    let unknown = recipe("quuxify the blorb");
    assert_eq!(unknown.without_effect, ["quuxify", "blorb"]);
    assert!(recipe("no rain or snow").without_effect.is_empty());
    assert!(recipe("").without_effect.is_empty());
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
fn the_summary_says_what_happens() {
    let summary = recipe("zoom in, make it dance").summary;
    assert!(
        summary.starts_with("Push in on the subject; the subject is dancing to the beat"),
        "{summary}"
    );
    let json = serde_json::to_string(&recipe("orbit")).unwrap();
    let back: Recipe = serde_json::from_str(&json).unwrap();
    assert_eq!(back, recipe("orbit"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_text_panics_or_gives_an_empty_recipe(prompt in any::<String>(), frames in 1_u32..300, seed in any::<u32>()) {
        let wish = Wish { frames, seed, ..wish(&prompt, size(64, 64), Amplitude::Auto) };
        let recipe = plan(&[], &wish);
        prop_assert!(!recipe.camera.is_empty() && !recipe.summary.is_empty());
    }

    #[test]
    fn words_in_any_order_are_read(words in prop::collection::vec(
        prop::sample::select(vec!["zoom", "in", "no", "then", "pan", "left", "镜头", "不", "推", "近", "、", ",", "dance", "don't", "slowly", "。", "360", "or"]), 0..40)) {
        let recipe = plan(&[], &wish(&words.join(" "), size(64, 64), Amplitude::Auto));
        prop_assert!(!recipe.camera.is_empty());
        for track in &recipe.camera {
            prop_assert!(track.to > track.from && track.travel.is_finite());
        }
    }
}
