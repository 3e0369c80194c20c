//! Depth that comes from elsewhere.

#![expect(clippy::unwrap_used, reason = "what cannot be made fails the test")]

use domain::{
    media::Picture,
    request::{Amplitude, Profile},
};
use motion::{Clip, Depth, DepthMap, Detail, MotionError, Study, plan};

use crate::measure::{example, size, wish};

/// How far what stands at each of `places` has come during a push in.
fn travel(picture: &Picture, depth: &Depth, places: &[(f32, f32)]) -> Vec<f32> {
    let wish = wish("push in, the subject stands still", size(320, 180), Amplitude::Large);
    let study = Study::with_depth(picture, wish.size, Detail::of(Profile::Pro, 1), depth).unwrap();
    let studies = [study];
    let clip = Clip::new(&studies, &plan(&studies, &wish)).unwrap();
    let sources = clip.sources(119, places);
    let moved = places.iter().zip(sources);
    moved
        .map(|(at, source)| (at.0 - source.0).hypot(at.1 - source.1))
        .collect()
}

/// A map as wide as a network's, in units of its own, that is near where `near` says.
fn map(near: impl Fn(f32) -> bool) -> Depth {
    let side = 512;
    let value = |at: usize| {
        if near((at % side) as f32 / side as f32) {
            900.0
        } else {
            120.0
        }
    };
    let nearness = (0..side * 256).map(value).collect();
    Depth::Given(DepthMap::new(size(512, 256), nearness).unwrap())
}

#[test]
fn what_a_map_calls_near_moves_more() {
    let picture = example("coffee.png");
    let places = [(60.0, 90.0), (260.0, 90.0)];
    let left_near = travel(&picture, &map(|x| x < 0.5), &places);
    let right_near = travel(&picture, &map(|x| x > 0.5), &places);
    assert!(left_near[0] > 1.1 * right_near[0], "{left_near:?} {right_near:?}");
    assert!(right_near[1] > 1.1 * left_near[1], "{left_near:?} {right_near:?}");
}

#[test]
fn the_middle_of_a_map_goes_with_the_middle_of_the_picture() {
    let square = example("mascot.png");
    // A frame of 16:9 shows nothing of the top and the bottom fifth.
    let banded = |hidden: f32| {
        let value = |at: usize| if (14..50).contains(&(at / 64)) { 1.0 } else { hidden };
        Depth::Given(DepthMap::new(size(64, 64), (0..64 * 64).map(value).collect()).unwrap())
    };
    let places = [(40.0, 20.0), (280.0, 90.0)];
    assert_eq!(
        travel(&square, &banded(1.0), &places),
        travel(&square, &banded(9.0), &places)
    );
}

#[test]
fn what_is_no_map_is_refused() {
    for (width, numbers) in [(3, vec![0.0; 5]), (2, vec![f32::NAN; 4]), (0, Vec::new())] {
        assert_eq!(DepthMap::new(size(width, 2), numbers), Err(MotionError::BrokenDepth));
    }
}
