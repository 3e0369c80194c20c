//! Real clips of the example pictures.

mod support;

use std::path::PathBuf;

use domain::{
    artifact::ArtifactKind,
    media::Size,
    request::{Profile, Resolution},
};
use engines::motion::{MotionSettings, Order, explain};
use support::{drawn, example, fitted_luma, made, psnr, request, try_make};

const PICTURES: [&str; 5] = ["astronaut.png", "chelsea.png", "coffee.png", "mascot.png", "rocket.jpg"];

/// Of the frames that are to equal a picture.
const LEAST_DECIBELS: f64 = 38.0;

#[test]
fn a_picture_becomes_a_clip_with_its_stills() {
    let clip = made(&request(1), &["coffee.png"]);
    let size = Size {
        width: 588,
        height: 392,
    };
    assert_eq!((clip.generated.size, clip.generated.frames), (size, 24));
    let said = clip.probe("v:0", "stream=codec_name,width,height,nb_frames,r_frame_rate,duration");
    for expected in [
        "codec_name=h264",
        "width=588",
        "height=392",
        "r_frame_rate=24/1",
        "duration=1.000000",
        "nb_frames=24",
    ] {
        assert!(said.lines().any(|line| line == expected), "{expected} is not in {said}");
    }
    assert_eq!(clip.probe("a", "stream=codec_name"), "");
    let (cover, last) = (clip.still(ArtifactKind::Cover), clip.still(ArtifactKind::LastFrame));
    assert_eq!((cover.size, last.size), (size, size));
    assert_ne!(cover, last);
    assert!(clip.generated.warnings.is_empty(), "{:?}", clip.generated.warnings);
}

#[test]
fn every_clip_says_that_a_machine_made_it() {
    let clip = made(&request(1), &["chelsea.png"]);
    let tags = clip.probe("v:0", "format_tags=comment");
    assert!(tags.contains("内容由AI生成"), "{tags}");
    assert!(clip.probe("v:1", "stream=codec_name").contains("mjpeg"));
}

#[test]
fn the_plan_that_is_explained_is_the_plan_that_is_made() {
    let request = request(1);
    let clip = made(&request, &["chelsea.png"]);
    let plan = explain(
        &Order::new(&request, &[example("chelsea.png")]),
        &MotionSettings::default(),
    )
    .unwrap();
    assert_eq!(clip.generated.recipe.as_ref(), Some(&plan.recipe));
    assert_eq!(clip.generated.warnings, plan.warnings);
    assert_eq!((plan.recipe.frames, plan.recipe.seed), (24, 41822));
}

#[test]
fn the_same_request_gives_the_same_bytes_on_any_number_of_threads() {
    let mut request = request(1);
    request.bgm = true;
    request.watermark = true;
    let [one, two, again] = [1, 2, 2].map(|threads| try_make(&request, &[example("coffee.png")], threads).unwrap());
    for kind in ArtifactKind::USUAL {
        assert!(one.bytes(kind) == two.bytes(kind), "{kind:?} differs by threads");
        assert!(two.bytes(kind) == again.bytes(kind), "{kind:?} differs by run");
    }
}

#[test]
fn the_first_frame_is_the_picture() {
    for name in PICTURES {
        let mut request = request(1);
        request.resolution = Resolution::P720;
        let clip = made(&request, &[name]);
        let decibels = psnr(&clip.luma()[0], &fitted_luma(name, clip.generated.size));
        assert!(decibels >= LEAST_DECIBELS, "{name}: {decibels:.2} dB");
    }
}

#[test]
fn the_first_frame_is_the_picture_in_every_profile() {
    for profile in [Profile::Turbo, Profile::Fast] {
        let mut request = request(1);
        request.profile = profile;
        let clip = made(&request, &["coffee.png"]);
        let decibels = psnr(&clip.luma()[0], &fitted_luma("coffee.png", clip.generated.size));
        assert!(decibels >= LEAST_DECIBELS, "{profile:?}: {decibels:.2} dB");
    }
}

#[test]
fn what_is_decoded_looks_like_what_was_drawn() {
    for name in PICTURES {
        let mut request = request(1);
        request.resolution = Resolution::P720;
        let clip = made(&request, &[name]);
        let ssim = clip.luma_ssim(&drawn(&request, name));
        assert!(ssim >= 0.98, "{name}: {ssim:.4}");
    }
}

#[test]
fn several_pictures_are_first_and_last_frame_and_keyframes_between() {
    for names in [
        &["coffee.png", "rocket.jpg"][..],
        &["rocket.jpg", "chelsea.png", "coffee.png"],
    ] {
        let clip = made(&request(names.len() as u32), names);
        let luma = clip.luma();
        assert_eq!(luma.len(), 24);
        let ends = [(names[0], &luma[0]), (names[names.len() - 1], &luma[23])];
        for (name, frame) in ends {
            let decibels = psnr(frame, &fitted_luma(name, clip.generated.size));
            assert!(decibels >= LEAST_DECIBELS, "{name} of {names:?}: {decibels:.2} dB");
        }
    }
}

#[test]
fn pictures_without_room_are_left_out_and_named() {
    let names = [
        "coffee.png",
        "chelsea.png",
        "rocket.jpg",
        "coffee.png",
        "chelsea.png",
        "rocket.jpg",
    ];
    let clip = made(&request(6), &names);
    let warnings = &clip.generated.warnings;
    let images: Vec<_> = warnings.iter().filter(|warning| warning.field == "images").collect();
    assert_eq!(images.len(), 1, "{warnings:?}");
    let luma = clip.luma();
    for (name, frame) in [("coffee.png", &luma[0]), ("rocket.jpg", &luma[23])] {
        let decibels = psnr(frame, &fitted_luma(name, clip.generated.size));
        assert!(decibels >= LEAST_DECIBELS, "{name}: {decibels:.2} dB");
    }
}

#[test]
fn the_watermark_changes_the_lower_right_and_nothing_else() {
    let mut request = request(1);
    let plain = made(&request, &["mascot.png"]).still(ArtifactKind::LastFrame);
    request.watermark = true;
    let marked = made(&request, &["mascot.png"]).still(ArtifactKind::LastFrame);
    assert_eq!(plain.size, marked.size);
    let (width, height) = (plain.size.width as usize, plain.size.height as usize);
    let mut changed = 0;
    for (index, (one, other)) in plain.rgb.chunks_exact(3).zip(marked.rgb.chunks_exact(3)).enumerate() {
        if one != other {
            changed += 1;
            let (x, y) = (index % width, index / width);
            assert!(
                x > width / 2 && y > height * 3 / 4,
                "pixel {x}, {y} of {width}x{height} changed"
            );
        }
    }
    assert!(changed > width * height / 500, "{changed} pixels changed");
}

#[test]
fn music_and_ambience_add_a_sound_track_of_the_clips_length() {
    for (bgm, audio) in [(true, false), (false, true), (true, true)] {
        let mut request = request(1);
        (request.bgm, request.audio) = (bgm, audio);
        let clip = made(&request, &["coffee.png"]);
        let said = clip.probe("a", "stream=codec_name,channels,sample_rate,duration");
        for expected in ["codec_name=aac", "channels=2", "sample_rate=48000", "duration=1.000000"] {
            assert!(said.lines().any(|line| line == expected), "{expected} is not in {said}");
        }
    }
}

#[test]
fn pictures_much_larger_than_the_clip_are_fine() {
    let folder = tempfile::tempdir().unwrap();
    let file: PathBuf = folder.path().join("large.png");
    let wide = image::open(example("rocket.jpg")).unwrap();
    wide.resize_exact(2560, 1708, image::imageops::FilterType::CatmullRom)
        .save(&file)
        .unwrap();
    let clip = try_make(&request(1), std::slice::from_ref(&file), 0).unwrap();
    let picture = picture::decode(&std::fs::read(&file).unwrap()).unwrap();
    let fitted = picture::fit::fitted(&picture, clip.generated.size);
    let cover = clip.still(ArtifactKind::Cover);
    assert!(psnr(&cover.rgb, &fitted.rgb) > 32.0);
}
