//! What every clip of one picture keeps.

use domain::{media::FrameSource, request::Amplitude, request::Profile};
use motion::{Wish, frame_to_picture};

use crate::measure::{clip, example, frame, psnr, read_back, size, wish, worst_jump};

const PROMPTS: [&str; 9] = [
    "",
    "push in",
    "pull out",
    "pan left",
    "tilt up",
    "truck right",
    "crane up",
    "orbit left",
    "roll clockwise, it dances",
];

#[test]
fn frame_zero_is_the_fitted_picture() {
    let size = size(640, 360);
    for name in ["coffee.png", "rocket.jpg", "astronaut.png"] {
        let picture = example(name);
        let fitted = read_back(&picture, size);
        for prompt in PROMPTS {
            for profile in [Profile::Pro, Profile::Fast] {
                let (clip, recipe) = clip(
                    std::slice::from_ref(&picture),
                    &wish(prompt, size, Amplitude::Large),
                    profile,
                );
                let likeness = psnr(&frame(&clip, 0).y, &fitted);
                assert!(
                    likeness > 48.0,
                    "{name}, {prompt:?}, {profile:?}: {likeness} dB, {recipe:?}"
                );
            }
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_another_clip() {
    let picture = [example("chelsea.png")];
    let size = size(480, 320);
    for prompt in ["", "make it dance", "the camera pans"] {
        let of_seed = |seed: u32| {
            let wish = Wish {
                seed,
                ..wish(prompt, size, Amplitude::Medium)
            };
            clip(&picture, &wish, Profile::Pro).0
        };
        let (first, again) = (of_seed(5), of_seed(5));
        // Asked for in another order, too.
        let late = frame(&again, 100);
        for index in [0, 40, 100] {
            assert_eq!(frame(&first, index), frame(&again, index), "{prompt:?} {index}");
        }
        assert_eq!(late, frame(&first, 100));
        let differences = (6..12)
            .filter(|seed| psnr(&frame(&of_seed(*seed), 80).y, &frame(&first, 80).y) < 40.0)
            .count();
        assert!(
            differences >= 5,
            "{prompt:?}: only {differences} of 6 other seeds look different"
        );
    }
}

#[test]
fn nothing_outside_the_picture_is_ever_shown() {
    for (name, size) in [
        ("coffee.png", size(640, 360)),
        ("rocket.jpg", size(480, 720)),
        ("mascot.png", size(480, 480)),
    ] {
        let picture = [example(name)];
        for prompt in PROMPTS.into_iter().chain([
            "push in while panning right",
            "zoom in, then orbit right",
            "make it dance wildly",
        ]) {
            let (clip, _) = clip(&picture, &wish(prompt, size, Amplitude::Large), Profile::Fast);
            for index in (0..120).step_by(13).chain([119]) {
                let bounds = clip.source_bounds(index);
                let inside = bounds.left >= -0.3
                    && bounds.top >= -0.3
                    && bounds.right <= size.width as f32 - 0.7
                    && bounds.bottom <= size.height as f32 - 0.7;
                assert!(inside, "{name}, {prompt:?}, frame {index}: {bounds:?}");
            }
        }
    }
}

#[test]
fn no_frame_jumps() {
    let size = size(240, 136);
    for name in ["coffee.png", "astronaut.png"] {
        let picture = [example(name)];
        for prompt in PROMPTS.into_iter().chain(["bounce", "sway in the wind", "dance fast"]) {
            for amplitude in [Amplitude::Medium, Amplitude::Large] {
                let (clip, recipe) = clip(&picture, &wish(prompt, size, amplitude), Profile::Pro);
                let jump = worst_jump(&clip);
                assert!(jump < 1.0, "{name}, {prompt:?}: {jump}, {}", recipe.summary);
            }
        }
    }
}

#[test]
fn a_static_camera_with_a_still_subject_shows_the_picture_all_the_time() {
    let picture = [example("coffee.png")];
    let (clip, recipe) = clip(
        &picture,
        &wish("static shot, nothing moves, frozen", size(320, 180), Amplitude::Large),
        Profile::Pro,
    );
    assert_eq!(frame(&clip, 0), frame(&clip, 119), "{recipe:?}");
}

#[test]
fn a_frame_becomes_a_picture_of_its_size() {
    let picture = [example("mascot.png")];
    let (clip, _) = clip(&picture, &wish("", size(320, 320), Amplitude::Auto), Profile::Pro);
    let shown = frame_to_picture(&frame(&clip, 0));
    assert_eq!((shown.size, shown.rgb.len()), (clip.size(), 320 * 320 * 3));
    // The orange of the cat's forehead, from the picture itself.
    let at = (100 * 320 + 160) * 3;
    let [red, green, blue] = [shown.rgb[at], shown.rgb[at + 1], shown.rgb[at + 2]];
    assert!(
        red > 220 && (120..200).contains(&green) && blue < 120,
        "{red} {green} {blue}"
    );
}
