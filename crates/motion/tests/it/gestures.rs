//! The subject's actions, measured on the warp itself.

#![expect(clippy::unwrap_used, reason = "what cannot be made fails the test")]

use domain::{
    media::Size,
    recipe::{Recipe, SubjectAction, SubjectKind},
    request::{Amplitude, Profile},
};
use motion::{Clip, Study, plan};

use crate::{
    measure::{example, studies, wish},
    warp::{Ellipse, autocorrelation, flow, mean_flow, moved, places, strain},
};

/// A picture whose subject lies in an ellipse, as somebody who looked at it says.
struct Shown {
    name: &'static str,
    size: Size,
    subject: Ellipse,
}

const fn shown(name: &'static str, width: u32, height: u32, centre: (f32, f32), axes: (f32, f32)) -> Shown {
    Shown {
        name,
        size: Size { width, height },
        subject: Ellipse { centre, axes },
    }
}

const PICTURES: [Shown; 5] = [
    shown("mascot.png", 240, 240, (0.50, 0.45), (0.26, 0.36)),
    shown("chelsea.png", 272, 180, (0.47, 0.48), (0.30, 0.42)),
    shown("astronaut.png", 240, 240, (0.43, 0.42), (0.22, 0.36)),
    shown("coffee.png", 272, 180, (0.47, 0.40), (0.22, 0.36)),
    shown("rocket.jpg", 272, 180, (0.48, 0.60), (0.07, 0.26)),
];

impl Shown {
    fn study(&self) -> Vec<Study> {
        studies(&[example(self.name)], self.size, Profile::Fast)
    }

    fn is_subject(&self, at: (f32, f32)) -> bool {
        self.subject.holds(at, self.size)
    }

    fn places(&self) -> Vec<(f32, f32)> {
        places(self.size)
    }
}

/// A recipe for one action over five seconds under a camera that does not move.
fn recipe(study: &[Study], kind: SubjectKind, amplitude: Amplitude) -> Recipe {
    let size = study.first().unwrap().size();
    let mut recipe = plan(study, &wish("static camera, make it dance", size, amplitude));
    recipe.cut_out = false;
    recipe.subject = vec![SubjectAction {
        kind,
        from: 0,
        to: recipe.frames,
        strength: recipe.subject.first().unwrap().strength,
        times: None,
    }];
    recipe
}

#[test]
fn no_action_folds_or_smears_the_picture() {
    for shown in PICTURES {
        let study = shown.study();
        for kind in SubjectKind::ALL {
            for strength in [None, Some(3.0)] {
                let mut recipe = recipe(&study, kind, Amplitude::Large);
                if let (Some(strength), [action]) = (strength, recipe.subject.as_mut_slice()) {
                    action.strength = strength;
                }
                let clip = Clip::new(&study, &recipe).unwrap();
                let mut whole = (1.0_f32, 1.0_f32);
                for index in (0..120).step_by(4) {
                    let found = strain(&clip, index, shown.size);
                    whole = (whole.0.min(found.0), whole.1.max(found.1));
                }
                assert!(
                    whole.0 > 0.6 && whole.1 < 1.7,
                    "{} {kind:?} {strength:?}: {whole:?}",
                    shown.name
                );
                assert!(
                    whole.0 < 0.99 || whole.1 > 1.01,
                    "{} {kind:?} does not deform: {whole:?}",
                    shown.name
                );
            }
        }
    }
}

#[test]
fn actions_together_fold_nothing_either() {
    let shown = &PICTURES[0];
    let study = shown.study();
    let mut recipe = recipe(&study, SubjectKind::Dance, Amplitude::Large);
    let action = *recipe.subject.first().unwrap();
    let kinds = [SubjectKind::Jump, SubjectKind::Spin, SubjectKind::Fly];
    recipe
        .subject
        .extend(kinds.map(|kind| SubjectAction { kind, ..action }));
    let clip = Clip::new(&study, &recipe).unwrap();
    for index in (0..120).step_by(3) {
        let found = strain(&clip, index, shown.size);
        assert!(found.0 > 0.6 && found.1 < 1.7, "{index}: {found:?}");
    }
}

#[test]
fn a_larger_amplitude_moves_more() {
    for shown in [&PICTURES[0], &PICTURES[2]] {
        let (study, places) = (shown.study(), shown.places());
        for kind in SubjectKind::ALL {
            let [small, medium, large] = [Amplitude::Small, Amplitude::Medium, Amplitude::Large]
                .map(|amplitude| mean_flow(&Clip::new(&study, &recipe(&study, kind, amplitude)).unwrap(), &places));
            assert!(
                small > 0.002 && medium > 1.6 * small && large > 1.6 * medium,
                "{} {kind:?}: {small} {medium} {large}",
                shown.name
            );
        }
    }
}

#[test]
fn every_action_is_another_movement() {
    let shown = &PICTURES[0];
    let study = shown.study();
    let places: Vec<_> = shown.places().into_iter().filter(|at| shown.is_subject(*at)).collect();
    let paths = SubjectKind::ALL.map(|kind| {
        let clip = Clip::new(&study, &recipe(&study, kind, Amplitude::Medium)).unwrap();
        (0..120)
            .step_by(3)
            .flat_map(|index| moved(&clip, index, &places))
            .collect::<Vec<_>>()
    });
    let likeness = |left: &[(f32, f32)], right: &[(f32, f32)]| {
        let product = |one: &[(f32, f32)], other: &[(f32, f32)]| {
            let pairs = one.iter().zip(other);
            pairs.map(|(one, other)| one.0 * other.0 + one.1 * other.1).sum::<f32>()
        };
        product(left, right) / (product(left, left) * product(right, right)).sqrt()
    };
    for (index, path) in paths.iter().enumerate() {
        for (other, rest) in paths.iter().enumerate().skip(index + 1) {
            let alike = likeness(path, rest);
            assert!(
                alike.abs() < 0.85,
                "{:?} is {:?}: {alike}",
                SubjectKind::ALL[index],
                SubjectKind::ALL[other]
            );
        }
    }
}

#[test]
fn a_dance_is_the_subjects_own_and_keeps_the_beat() {
    for shown in PICTURES {
        let study = shown.study();
        let recipe = recipe(&study, SubjectKind::Dance, Amplitude::Medium);
        let clip = Clip::new(&study, &recipe).unwrap();
        let (inside, outside): (Vec<_>, Vec<_>) = shown.places().into_iter().partition(|at| shown.is_subject(*at));
        let (subject, background) = (mean_flow(&clip, &inside), mean_flow(&clip, &outside));
        // The rocket's surroundings stand out nearly as much as the thin rocket itself.
        let least = if shown.name == "rocket.jpg" { 2.0 } else { 3.0 };
        assert!(
            subject > least * background,
            "{}: {subject} against {background}",
            shown.name
        );
        let height: Vec<f32> = (24..119)
            .map(|index| {
                let moved = moved(&clip, index, &inside);
                moved.iter().map(|moved| moved.1).sum::<f32>() / moved.len() as f32
            })
            .collect();
        let speed: Vec<f32> = (24..118).map(|index| flow(&clip, index, &inside)).collect();
        let beat = 24.0 * 60.0 / recipe.beat.tempo;
        for (what, signal) in [("height", &height), ("speed", &speed)] {
            let lags = (0.6 * beat) as usize..(1.6 * beat) as usize;
            let peak = lags
                .max_by(|one, other| autocorrelation(signal, *one).total_cmp(&autocorrelation(signal, *other)))
                .unwrap();
            let strength = autocorrelation(signal, peak);
            assert!(
                (peak as f32 - beat).abs() < 1.0 && strength > 0.4,
                "{} {what}: {strength} at {peak} frames, {beat} to a beat",
                shown.name
            );
        }
    }
}
