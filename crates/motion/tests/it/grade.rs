//! Looks, on drawn frames.

#![expect(clippy::unwrap_used, reason = "what cannot be read or made fails the test")]

use domain::{
    media::{Frame, FrameSource, Picture, Size},
    recipe::{Grade, Look},
    request::{Amplitude, Profile},
};
use motion::{Clip, plan};

use crate::measure::{example, frame, psnr, size, studies, wish, worst_jump};

/// A still picture for 60 frames, under these looks.
fn graded(pictures: &[Picture], size: Size, looks: &[(Look, f32)]) -> Clip {
    let studies = studies(pictures, size, Profile::Fast);
    let mut recipe = plan(
        &studies,
        &motion::Wish {
            frames: 60,
            ..wish("static camera, the subject stands still", size, Amplitude::Medium)
        },
    );
    recipe.camera.clear();
    recipe.subject.clear();
    recipe.scenery.clear();
    recipe.overlays.clear();
    let grade = |(look, strength): &(Look, f32)| Grade {
        look: *look,
        from: 0,
        to: 60,
        strength: *strength,
    };
    recipe.grade = looks.iter().map(grade).collect();
    Clip::new(&studies, &recipe).unwrap()
}

/// Mean and standard deviation of luma.
fn spread(frame: &Frame) -> (f64, f64) {
    let count = frame.y.len() as f64;
    let mean = frame.y.iter().map(|value| f64::from(*value)).sum::<f64>() / count;
    let square = frame
        .y
        .iter()
        .map(|value| (f64::from(*value) - mean).powi(2))
        .sum::<f64>();
    (mean, (square / count).sqrt())
}

fn mean(plane: &[u8]) -> f64 {
    plane.iter().map(|value| f64::from(*value)).sum::<f64>() / plane.len() as f64
}

#[test]
fn every_look_starts_from_the_picture_comes_smoothly_and_keeps_its_contrast() {
    let size = size(320, 214);
    for name in ["coffee.png", "chelsea.png", "rocket.jpg"] {
        let picture = [example(name)];
        let plain = frame(&graded(&picture, size, &[]), 59);
        let (_, before) = spread(&plain);
        for look in Look::ALL {
            for strength in [1.0, 2.0] {
                let clip = graded(&picture, size, &[(look, strength)]);
                assert_eq!(frame(&clip, 0), plain, "{look:?} of {name}");
                let last = frame(&clip, 59);
                let likeness = psnr(&last.y, &plain.y)
                    .min(psnr(&last.u, &plain.u))
                    .min(psnr(&last.v, &plain.v));
                assert!(likeness < 38.0, "{look:?} of {name} is hardly seen: {likeness} dB");
                let (_, after) = spread(&last);
                // A night at twice its strength is dark before all.
                let least = if strength > 1.0 { 0.3 } else { 0.35 };
                assert!(
                    after > least * before,
                    "{look:?} of {name} at {strength} is grey: {after} of {before}"
                );
                let jump = worst_jump(&clip);
                assert!(jump < 1.0, "{look:?} of {name} jumps: {jump}");
            }
        }
    }
}

#[test]
fn looks_go_where_their_names_say() {
    let size = size(320, 214);
    let picture = [example("coffee.png")];
    let plain = frame(&graded(&picture, size, &[]), 59);
    let shown = |look: Look| frame(&graded(&picture, size, &[(look, 1.0)]), 59);
    let (night, sunset, deep) = (shown(Look::Night), shown(Look::Sunset), shown(Look::Underwater));
    assert!(spread(&night).0 < 0.65 * spread(&plain).0);
    assert!(mean(&night.u) > mean(&plain.u), "a night is blue");
    assert!(mean(&sunset.v) > mean(&plain.v) + 3.0 && mean(&sunset.u) < mean(&plain.u) - 3.0);
    assert!(mean(&deep.v) < mean(&plain.v) - 8.0, "water takes the red away");
    let grey = shown(Look::BlackAndWhite);
    assert!(grey.u.iter().chain(&grey.v).all(|value| value.abs_diff(128) <= 1));
    let both = frame(
        &graded(&picture, size, &[(Look::BlackAndWhite, 1.0), (Look::Sunset, 1.0)]),
        59,
    );
    assert!(mean(&both.v) > 132.0, "looks follow one another");
}

#[test]
fn before_the_last_picture_a_look_goes() {
    let size = size(320, 214);
    let pictures = [example("coffee.png"), example("rocket.jpg")];
    let (plain, clip) = (
        graded(&pictures, size, &[]),
        graded(&pictures, size, &[(Look::Horror, 1.5)]),
    );
    assert_eq!(frame(&plain, 59), frame(&clip, 59));
    assert_ne!(frame(&plain, 30), frame(&clip, 30));
    assert_eq!(clip.frame_count(), 60);
}

#[test]
fn flat_colour_stays_flat_but_for_the_vignette() {
    let grey = Picture {
        size: size(64, 64),
        rgb: vec![140; 64 * 64 * 3],
    };
    let clip = graded(&[grey], size(320, 180), &[(Look::Cinematic, 1.0)]);
    let shown = frame(&clip, 59);
    let middle = &shown.y[90 * 320 + 120..90 * 320 + 200];
    let (low, high) = (middle.iter().min().unwrap(), middle.iter().max().unwrap());
    assert!(high - low <= 3, "{low} to {high}");
    assert!(shown.y[0] + 5 < *low);
}
