//! A subject that is cut out with confidence moves as a layer of its own.

use domain::{
    recipe::SubjectKind,
    request::{Amplitude, Profile},
};
use motion::{Clip, plan};

use crate::measure::{example, frame, size, studies, wish};

#[test]
fn only_a_performing_subject_that_can_be_cut_out_is_a_layer() {
    let cut_out = |name: &str, prompt: &str| {
        let size = size(320, 320);
        let study = studies(&[example(name)], size, Profile::Fast);
        plan(&study, &wish(prompt, size, Amplitude::Medium)).cut_out
    };
    assert!(cut_out("mascot.png", "make it dance"));
    assert!(cut_out("mascot.png", "它跳起来"));
    for prompt in ["", "push in", "snow falls"] {
        assert!(!cut_out("mascot.png", prompt), "{prompt:?}");
    }
    for name in ["astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg"] {
        assert!(!cut_out(name, "make it dance"), "{name}");
    }
}

#[test]
fn what_is_behind_a_layer_stays_and_the_layer_goes_far() {
    let size = size(480, 480);
    let study = studies(&[example("mascot.png")], size, Profile::Pro);
    let mut recipe = plan(&study, &wish("static camera, make it dance", size, Amplitude::Medium));
    assert!(recipe.cut_out);
    let places: Vec<_> = (0..60 * 60)
        .map(|at| ((at % 60 * 8) as f32, (at / 60 * 8) as f32))
        .collect();
    let apart = |clip: &Clip, index: u32| {
        let sources = clip.sources(index, &places);
        let pairs = places.iter().zip(sources);
        let moved = pairs.map(|(at, source)| (source.0 - at.0).hypot(source.1 - at.1));
        moved.collect::<Vec<_>>()
    };
    let layered = Clip::new(&study, &recipe).unwrap();
    recipe.cut_out = false;
    let soft = Clip::new(&study, &recipe).unwrap();
    // To the left of the cat is nothing of it, in either clip.
    let beside = |moved: &[f32]| {
        let pairs = places.iter().zip(moved);
        pairs
            .filter(|(at, _)| at.0 < 60.0)
            .map(|(_, moved)| *moved)
            .fold(0.0, f32::max)
    };
    let (mut far, mut soft_far) = (0.0_f32, 0.0_f32);
    for index in (0..120).step_by(5) {
        let moved = apart(&layered, index);
        assert_eq!(beside(&moved), 0.0, "{index}");
        far = far.max(moved.iter().copied().fold(0.0, f32::max));
        soft_far = soft_far.max(apart(&soft, index).into_iter().fold(0.0, f32::max));
    }
    assert!(far > 10.0 && far > soft_far, "{far} {soft_far}");
}

#[test]
fn a_layer_leaves_its_rest_without_a_jump() {
    let size = size(480, 480);
    let study = studies(&[example("mascot.png")], size, Profile::Pro);
    let mut recipe = plan(&study, &wish("static camera, make it dance", size, Amplitude::Medium));
    for kind in [SubjectKind::Dance, SubjectKind::Jump, SubjectKind::Spin] {
        for action in &mut recipe.subject {
            action.kind = kind;
        }
        let clip = Clip::new(&study, &recipe).unwrap();
        let frames: Vec<_> = (0..24).map(|index| frame(&clip, index)).collect();
        assert_eq!(&frames[0], &frame(&clip, 0));
        let steps: Vec<f64> = frames
            .windows(2)
            .map(|pair| {
                let pairs = pair[0].y.iter().zip(&pair[1].y);
                pairs.map(|(now, next)| f64::from(now.abs_diff(*next))).sum::<f64>() / pair[0].y.len() as f64
            })
            .collect();
        let most = steps.iter().copied().fold(0.0, f64::max);
        // The first frame in which it is a layer is hardly another.
        let first = steps.iter().copied().find(|step| *step > 0.0).unwrap();
        assert!(first < 0.35 && first < 0.4 * most, "{kind:?}: {steps:?}");
    }
}
