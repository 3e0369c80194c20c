//! Several pictures.

use domain::{
    media::{FrameSource, Picture, Size},
    recipe::{CameraMove, TransitionKind},
    request::{Amplitude, Profile},
};
use motion::{Clip, Detail, MotionError, Study, Wish, keyframes_that_fit, plan};

use crate::{
    measure::{clip, example, frame, mean_difference, psnr, read_back, size, studies, wish},
    quality::shaped,
};

#[test]
fn the_first_and_the_last_frame_are_the_given_pictures() {
    let size = size(480, 320);
    let pictures = [example("coffee.png"), example("chelsea.png"), example("rocket.jpg")];
    for prompt in ["", "push in", "pan left", "orbit, make it dance", "static shot"] {
        for count in [2, 3] {
            let (clip, recipe) = clip(&pictures[..count], &wish(prompt, size, Amplitude::Large), Profile::Pro);
            let first = psnr(&frame(&clip, 0).y, &read_back(&pictures[0], size));
            let last = psnr(&frame(&clip, 119).y, &read_back(&pictures[count - 1], size));
            assert!(first > 48.0 && last > 48.0, "{prompt:?}: {first} {last} {recipe:?}");
            for index in (0..120).step_by(9) {
                let bounds = clip.source_bounds(index);
                assert!(
                    bounds.left >= -0.3 && bounds.right <= 479.3,
                    "{prompt:?} {index}: {bounds:?}"
                );
                assert!(
                    bounds.top >= -0.3 && bounds.bottom <= 319.3,
                    "{prompt:?} {index}: {bounds:?}"
                );
            }
        }
    }
}

#[test]
fn the_picture_between_is_shown_at_its_time() {
    let size = size(480, 320);
    let pictures = [example("coffee.png"), example("chelsea.png"), example("rocket.jpg")];
    let (clip, _) = clip(
        &pictures,
        &wish("push in, the subject stands still", size, Amplitude::Medium),
        Profile::Pro,
    );
    let middle = psnr(&frame(&clip, 60).y, &read_back(&pictures[1], size));
    assert!(middle > 48.0, "{middle}");
}

#[test]
fn pictures_are_shown_when_their_spans_end_and_move_as_is_said_of_their_time() {
    let size = size(480, 320);
    let pictures = ["coffee.png", "chelsea.png", "rocket.jpg", "astronaut.png"].map(example);
    let wish = Wish {
        frames: 240,
        spans: &[2, 5, 3],
        ..wish(
            "0-2s: push in, the subject stands still; 2-7s: pan left; 7-10s: nothing",
            size,
            Amplitude::Medium,
        )
    };
    let (clip, recipe) = clip(&pictures, &wish, Profile::Pro);
    for (at, picture) in [0, 48, 168, 239].into_iter().zip(&pictures) {
        let likeness = psnr(&frame(&clip, at).y, &read_back(picture, size));
        assert!(likeness > 45.0, "frame {at}: {likeness}");
    }
    let stretches = recipe.transitions.iter().map(|way| (way.from, way.to));
    assert_eq!(stretches.collect::<Vec<_>>(), [(0, 48), (48, 168), (168, 239)]);
    let moves = recipe.camera.iter().map(|track| (track.from, track.movement));
    assert_eq!(
        moves.take(2).collect::<Vec<_>>(),
        [(0, CameraMove::PushIn), (48, CameraMove::Pan)]
    );
    // The recipe alone says it as well, and may be changed.
    let mut moved = recipe.clone();
    moved.transitions[0].to = 60;
    moved.transitions[1].from = 60;
    let studies = studies(&pictures, size, Profile::Pro);
    let likeness = psnr(
        &frame(&Clip::new(&studies, &moved).unwrap(), 60).y,
        &read_back(&pictures[1], size),
    );
    assert!(likeness > 45.0, "{likeness}");
    moved.transitions[1].from = 59;
    assert!(matches!(
        Clip::new(&studies, &moved).err(),
        Some(MotionError::Recipe { .. })
    ));
    moved.transitions[0].to = 5;
    moved.transitions[1].from = 5;
    assert!(matches!(
        Clip::new(&studies, &moved).err(),
        Some(MotionError::Recipe { .. })
    ));
}

#[test]
fn one_picture_dissolves_into_the_next_without_a_cut() {
    let size = size(480, 320);
    let wish = wish("", size, Amplitude::Medium);
    let studies = studies(&[example("coffee.png"), example("rocket.jpg")], size, Profile::Pro);
    let mut recipe = plan(&studies, &wish);
    for transition in &mut recipe.transitions {
        transition.kind = TransitionKind::Dissolve;
    }
    let clip = Clip::new(&studies, &recipe).unwrap();
    let whole = mean_difference(&frame(&clip, 0).y, &frame(&clip, 119).y);
    let mut before = frame(&clip, 0);
    for index in 1..clip.frame_count() {
        let now = frame(&clip, index);
        let change = mean_difference(&before.y, &now.y);
        assert!(change < 0.25 * whole, "frame {index}: {change} of {whole}");
        before = now;
    }
}

#[test]
fn forty_pictures_in_a_second_leave_out_what_does_not_fit() {
    let pictures = vec![example("mascot.png"); 40];
    assert_eq!(keyframes_that_fit(pictures.len(), 24).len(), 4);
    let wish = Wish {
        frames: 24,
        ..wish("", size(160, 160), Amplitude::Auto)
    };
    let (clip, _) = clip(&pictures, &wish, Profile::Pro);
    assert_eq!(clip.frame_count(), 24);
    frame(&clip, 23);
}

/// The middle of a picture.
fn middle(picture: &Picture, across: u32, down: u32) -> Picture {
    let Size { width, height } = picture.size;
    let (left, top) = ((width - across) / 2, (height - down) / 2);
    let rows = picture.rgb.chunks_exact(width as usize * 3);
    let kept = rows.skip(top as usize).take(down as usize);
    let rgb = kept.flat_map(|row| row[left as usize * 3..(left + across) as usize * 3].iter().copied());
    Picture {
        size: size(across, down),
        rgb: rgb.collect(),
    }
}

#[test]
fn between_two_views_of_one_thing_lies_the_view_between_them() {
    for (name, sides) in [("coffee.png", (560, 392)), ("astronaut.png", (504, 504))] {
        let picture = example(name);
        // Four thirds as large, and half way to that.
        let part = |share: u32| middle(&picture, sides.0 * share / 28, sides.1 * share / 28);
        let (far, near, between) = (part(28), part(21), part(24));
        let size = shaped(&far, 640.0 * 360.0);
        // One frame stands exactly half way.
        let wish = Wish {
            frames: 121,
            ..wish("static shot, the subject stands still", size, Amplitude::Medium)
        };
        for pair in [[far.clone(), near.clone()], [near, far]] {
            let (clip, recipe) = clip(&pair, &wish, Profile::Pro);
            assert_eq!(recipe.transitions[0].kind, TransitionKind::Morph);
            let likeness = psnr(&frame(&clip, 60).y, &read_back(&between, size));
            assert!(likeness > 29.0, "{name}: {likeness}");
        }
    }
}

#[test]
fn what_cannot_be_drawn_is_an_error() {
    let wish = wish("", size(160, 160), Amplitude::Auto);
    let recipe = plan(&[], &wish);
    assert_eq!(Clip::new(&[], &recipe).err(), Some(MotionError::NoPicture));
    let mut broken = example("mascot.png");
    broken.rgb.truncate(10);
    let detail = Detail::of(Profile::Pro, 1);
    let error = Study::new(&broken, wish.size, detail).err();
    assert_eq!(error, Some(MotionError::BrokenPicture));
    let odd = Study::new(&example("mascot.png"), size(161, 160), detail).err();
    assert!(matches!(odd, Some(MotionError::Size { .. })));
    let other = Study::new(&example("mascot.png"), size(320, 160), detail).unwrap();
    assert!(matches!(
        Clip::new(&[other], &recipe).err(),
        Some(MotionError::Size { .. })
    ));
    let mut wild = recipe;
    wild.camera.iter_mut().for_each(|track| track.travel = f32::NAN);
    assert!(matches!(
        Clip::new(&studies(&[example("mascot.png")], wish.size, Profile::Pro), &wild).err(),
        Some(MotionError::Recipe { .. })
    ));
}

#[test]
fn a_short_clip_of_many_pictures_ends_with_the_last_one() {
    let size = size(480, 320);
    let names = [
        "coffee.png",
        "chelsea.png",
        "rocket.jpg",
        "coffee.png",
        "chelsea.png",
        "rocket.jpg",
    ];
    let pictures = names.map(example);
    let wish = Wish {
        frames: 24,
        seed: 41822,
        ..wish("slow push in", size, Amplitude::Medium)
    };
    let (clip, recipe) = clip(&pictures, &wish, Profile::Pro);
    let first = psnr(&frame(&clip, 0).y, &read_back(&pictures[0], size));
    let last = psnr(&frame(&clip, 23).y, &read_back(&pictures[5], size));
    assert!(first > 48.0 && last > 48.0, "{first} {last} {recipe:?}");
}

#[test]
fn given_pictures_stand_at_their_times_in_short_clips_and_long_ones() {
    let size = size(480, 320);
    let names = ["coffee.png", "chelsea.png", "rocket.jpg", "astronaut.png", "mascot.png"];
    let pictures = names.map(example);
    // Only what acts by itself goes on while a picture between passes.
    for (prompt, is_still) in [
        ("pan left, it dances, snow falls", false),
        ("slow push in, the subject stands still", true),
    ] {
        for (seconds, count) in [(2, 2), (2, 3), (2, 5), (5, 3), (5, 5)] {
            let wish = Wish {
                frames: 24 * seconds,
                ..wish(prompt, size, Amplitude::Large)
            };
            let (clip, _) = clip(&pictures[..count], &wish, Profile::Pro);
            let (last, steps) = (clip.frame_count() - 1, count as u32 - 1);
            for (number, picture) in (0..=steps).zip(&pictures) {
                if is_still || number == 0 || number == steps {
                    let at = (2 * number * last + steps) / (2 * steps);
                    let likeness = psnr(&frame(&clip, at).y, &read_back(picture, size));
                    assert!(
                        likeness > 45.0,
                        "{prompt:?}, {seconds} s, picture {number} of {count}: {likeness}"
                    );
                }
            }
        }
    }
}
