//! Scenery on a textured picture whose regions are given.

use domain::{
    media::{Frame, FrameSource, Picture, Size},
    recipe::{Recipe, SceneryKind, SceneryMotion},
    request::{Amplitude, Profile},
};

use super::{Scenery, swell::sine};
use crate::{
    Clip, Detail, Study, Wish,
    analysis::{Map, Region},
    plan,
    planning::{dice, gain},
    timing::Timing,
};

const SIZE: Size = Size {
    width: 320,
    height: 192,
};
const FRAMES: u32 = 72;
/// What moves lies within this part of the width and height.
const REGION: (f32, f32, f32, f32) = (0.2, 0.25, 0.9, 0.95);

/// Soft hills with fine grain and a few points of light.
fn picture() -> Picture {
    let mut rgb = Vec::new();
    for y in 0..SIZE.height {
        for x in 0..SIZE.width {
            let (across, down) = (x as f32 / 40.0, y as f32 / 40.0);
            let hills = sine(across + 0.6 * down) + sine(1.3 * down - 0.7 * across) + sine(2.9 * across);
            let grain = dice::spread(x / 3 + 1000 * (y / 3), 5);
            let lamp = if x % 37 == 5 && y % 29 == 7 { 110.0 } else { 0.0 };
            let value = (90.0 + 16.0 * hills + 18.0 * grain + lamp).clamp(0.0, 255.0);
            rgb.extend([value as u8, (0.8 * value) as u8, (0.9 * value) as u8]);
        }
    }
    Picture { size: SIZE, rgb }
}

fn region() -> Region {
    let weight = Map::new(320, 192, |x, y| {
        let (x, y) = (x as f32 / 320.0, y as f32 / 192.0);
        f32::from(u8::from(x >= REGION.0 && x < REGION.2 && y >= REGION.1 && y < REGION.3))
    });
    Region {
        weight,
        confidence: 0.9,
    }
}

fn study() -> Study {
    seen(&picture())
}

/// A picture that has everything in the same region.
fn seen(picture: &Picture) -> Study {
    let study = Study::new(picture, SIZE, Detail::of(Profile::Pro, 1)).unwrap();
    study.seen(|analysis| {
        let regions = &mut analysis.regions;
        for place in [
            &mut regions.sky,
            &mut regions.water,
            &mut regions.foliage,
            &mut regions.fire,
            &mut regions.smoke_cloud,
            &mut regions.lights,
            &mut regions.stars,
            &mut regions.hair,
            &mut regions.cloth,
        ] {
            *place = region();
        }
        analysis.horizon = Some(0.2);
    })
}

fn recipe(study: &Study, kinds: &[SceneryKind], strength: f32, seed: u32) -> Recipe {
    let wish = Wish {
        prompt: "static shot, nothing moves, frozen",
        size: SIZE,
        frames: FRAMES,
        amplitude: Amplitude::Medium,
        seed,
        spans: &[],
    };
    let mut recipe = plan(std::slice::from_ref(study), &wish);
    recipe.subject.clear();
    recipe.scenery = kinds.iter().map(|kind| motion(*kind, strength)).collect();
    recipe
}

fn motion(kind: SceneryKind, strength: f32) -> SceneryMotion {
    SceneryMotion {
        kind,
        from: 0,
        to: FRAMES,
        strength,
        heading: 0.4,
        named: true,
    }
}

fn draw(clip: &Clip, index: u32) -> Frame {
    let mut frame = Frame::black(SIZE);
    clip.render(index, &mut frame);
    frame
}

fn clip(study: &Study, recipe: &Recipe) -> Clip {
    Clip::new(std::slice::from_ref(study), recipe).unwrap()
}

fn difference(left: &Frame, right: &Frame) -> f64 {
    let pairs = left.y.iter().zip(&right.y);
    pairs.map(|(left, right)| f64::from(left.abs_diff(*right))).sum::<f64>() / left.y.len() as f64
}

#[test]
fn it_starts_from_the_picture_and_stays_in_its_region() {
    let study = study();
    let still = draw(&clip(&study, &recipe(&study, &[], 1.0, 7)), 0);
    for kind in SceneryKind::ALL {
        let clip = clip(&study, &recipe(&study, &[kind], gain(Amplitude::Large), 7));
        assert!(draw(&clip, 0) == still, "{kind:?}");
        // A cell of the grid lies between something and nothing; fire and lamps shine on what is near, but faintly.
        let (margin, glow) = match kind {
            SceneryKind::Fire | SceneryKind::Lights => (48.0, 16),
            _ => (17.0, 0),
        };
        let mut inside = 0;
        for index in [20, 40, 71] {
            let frame = draw(&clip, index);
            for (at, (now, before)) in frame.y.iter().zip(&still.y).enumerate() {
                let (x, y) = ((at % 320) as f32, (at / 320) as f32);
                let away = (320.0 * REGION.0 - x)
                    .max(x - 320.0 * REGION.2)
                    .max(192.0 * REGION.1 - y)
                    .max(y - 192.0 * REGION.3);
                assert!(
                    away < margin || now.abs_diff(*before) <= glow,
                    "{kind:?} frame {index} at {x}, {y}: {before} to {now}"
                );
                inside += u32::from(away < 0.0 && now.abs_diff(*before) > 1);
            }
        }
        assert!(inside > 300, "{kind:?} changes {inside} pixels");
    }
}

#[test]
fn nothing_jumps() {
    let study = study();
    for kind in SceneryKind::ALL {
        let clip = clip(&study, &recipe(&study, &[kind], gain(Amplitude::Large), 3));
        let frames: Vec<Frame> = (0..FRAMES).map(|index| draw(&clip, index)).collect();
        let changes: Vec<f64> = frames.windows(2).map(|pair| difference(&pair[0], &pair[1])).collect();
        for (at, change) in changes.iter().enumerate() {
            let mut around = changes[at.saturating_sub(4)..(at + 5).min(changes.len())].to_vec();
            around.sort_by(f64::total_cmp);
            let allowed = 2.5 * around[around.len() / 2] + 0.5;
            assert!(*change <= allowed, "{kind:?} frame {at}: {change} of {allowed}");
        }
    }
}

#[test]
fn another_seed_moves_otherwise() {
    let study = study();
    for kind in SceneryKind::ALL {
        let [one, again, other] = [5, 5, 6].map(|seed| draw(&clip(&study, &recipe(&study, &[kind], 1.0, seed)), 50));
        assert!(one == again, "{kind:?}");
        assert!(
            difference(&one, &other) > 0.02,
            "{kind:?}: {}",
            difference(&one, &other)
        );
    }
}

#[test]
fn what_ends_within_the_clip_leaves_the_picture_as_it_was() {
    let study = study();
    let still = draw(&clip(&study, &recipe(&study, &[], 1.0, 7)), 0);
    for kind in SceneryKind::ALL {
        let mut recipe = recipe(&study, &[kind], 1.0, 7);
        recipe.scenery[0].from = 4;
        recipe.scenery[0].to = 56;
        let clip = clip(&study, &recipe);
        assert!(difference(&draw(&clip, 30), &still) > 0.02, "{kind:?}");
        assert!(difference(&draw(&clip, 57), &still) < 0.02, "{kind:?}");
    }
}

#[test]
fn a_place_that_is_not_sure_moves_only_when_named() {
    let study = study().seen(|analysis| analysis.regions.water.confidence = 0.2);
    let mut recipe = recipe(&study, &[SceneryKind::Water], 1.0, 7);
    let still = draw(&clip(&study, &recipe), 0);
    assert!(draw(&clip(&study, &recipe), 40) != still);
    recipe.scenery[0].named = false;
    assert!(draw(&clip(&study, &recipe), 40) == still);
}

const MOVING: [SceneryKind; 8] = [
    SceneryKind::Water,
    SceneryKind::Foliage,
    SceneryKind::Hair,
    SceneryKind::Cloth,
    SceneryKind::Fire,
    SceneryKind::Stream,
    SceneryKind::Clouds,
    SceneryKind::Smoke,
];

fn scenery(study: &Study, kinds: &[SceneryKind], strength: f32, seed: u32) -> Scenery {
    let timing = Timing {
        frames: FRAMES,
        ends_at_rest: false,
    };
    Scenery::new(study, &recipe(study, kinds, strength, seed), timing)
}

/// Displacement of what is at `at`, of the first and the second copy, with the share of the second one.
fn moved(scenery: &Scenery, frame: f32, at: (f32, f32)) -> ([(f32, f32); 2], f32) {
    let moment = scenery.moment(frame);
    let swayed = moment.swayed(at);
    let Some(copies) = moment.copies(at) else {
        return ([swayed; 2], 0.0);
    };
    let moved = [copies.first, copies.second].map(|gone| (swayed.0 + gone.0, swayed.1 + gone.1));
    (moved, copies.mixture.share)
}

#[test]
fn larger_amplitudes_flow_at_least_one_point_six_times_as_fast() {
    let study = study();
    for kind in MOVING {
        let flow = |amplitude: Amplitude| {
            let scenery = scenery(&study, &[kind], gain(amplitude), 7);
            let mut sum = 0.0;
            for frame in (20..FRAMES).step_by(7) {
                for at in (0..40).map(|spot| (80.0 + 25.0 * (spot % 8) as f32, 70.0 + 20.0 * (spot / 8) as f32)) {
                    let (before, _) = moved(&scenery, frame as f32, at);
                    let (after, _) = moved(&scenery, frame as f32 + 0.25, at);
                    // Of two copies the one that does not start anew just now.
                    let ways = [0, 1].map(|copy| {
                        let (from, to) = (before[copy], after[copy]);
                        (to.0 - from.0).hypot(to.1 - from.1)
                    });
                    sum += ways[0].min(ways[1]);
                }
            }
            sum
        };
        let [small, medium, large] = [Amplitude::Small, Amplitude::Medium, Amplitude::Large].map(flow);
        assert!(
            medium >= 1.6 * small && large >= 1.6 * medium,
            "{kind:?}: {small} {medium} {large}"
        );
    }
}

#[test]
fn nothing_folds_or_smears_and_nothing_comes_from_outside() {
    let study = study();
    let mut cases: Vec<Vec<SceneryKind>> = MOVING.iter().map(|kind| vec![*kind]).collect();
    cases.push(MOVING.to_vec());
    for (number, kinds) in (0..).zip(&cases) {
        let scenery = scenery(&study, kinds, 1.12 * gain(Amplitude::Large), 20 + number);
        for frame in (0..FRAMES).step_by(9) {
            for y in (0..192).step_by(6) {
                for x in (0..320).step_by(6) {
                    check(&scenery, frame as f32, (x as f32, y as f32), kinds);
                }
            }
        }
    }
}

fn check(scenery: &Scenery, frame: f32, at: (f32, f32), kinds: &[SceneryKind]) {
    let step = 4.0;
    let (here, share) = moved(scenery, frame, at);
    let (right, _) = moved(scenery, frame, (at.0 + step, at.1));
    let (below, _) = moved(scenery, frame, (at.0, at.1 + step));
    for copy in [0, 1] {
        let visible = if copy == 0 { 1.0 - share } else { share };
        if visible < 0.05 {
            continue;
        }
        let source = (at.0 - here[copy].0, at.1 - here[copy].1);
        assert!(source.0 > -0.5 && source.0 < 319.5 && source.1 > -0.5 && source.1 < 191.5);
        let slope = |to: [(f32, f32); 2]| ((here[copy].0 - to[copy].0) / step, (here[copy].1 - to[copy].1) / step);
        let (across, down) = (slope(right), slope(below));
        let (a, b, c, d) = (1.0 + across.0, down.0, across.1, 1.0 + down.1);
        let square = a * a + b * b + c * c + d * d;
        let determinant = a * d - b * c;
        let root = (square * square - 4.0 * determinant * determinant).max(0.0).sqrt();
        let (most, least) = (((square + root) / 2.0).sqrt(), ((square - root) / 2.0).max(0.0).sqrt());
        assert!(
            least > 0.6 && most < 1.7 && determinant > 0.0,
            "{kinds:?} frame {frame} at {at:?}: {least} to {most}"
        );
    }
}

#[test]
fn flows_bring_no_light_into_what_is_even() {
    let even = Picture {
        size: SIZE,
        rgb: vec![150; (3 * SIZE.width * SIZE.height) as usize],
    };
    // Few cells, so that much of the frame lies between one that flows and one that does not.
    let study = seen(&even).seen(|analysis| {
        let weight = Map::new(20, 12, |x, y| f32::from(u8::from(x % 7 < 4 && y < 8)));
        analysis.regions.smoke_cloud = Region {
            weight,
            confidence: 0.9,
        };
    });
    let still = draw(&clip(&study, &recipe(&study, &[], 1.0, 7)), 0);
    let clip = clip(
        &study,
        &recipe(&study, &[SceneryKind::Clouds], gain(Amplitude::Large), 7),
    );
    for index in [20, 40, 71] {
        let frame = draw(&clip, index);
        let most = frame
            .y
            .iter()
            .zip(&still.y)
            .map(|(now, before)| now.abs_diff(*before))
            .max();
        assert!(most <= Some(1), "{index}: {most:?}");
    }
}
