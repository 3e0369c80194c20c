//! Odd shapes and sizes.

use domain::{
    media::{Picture, Size},
    request::{Amplitude, Profile},
};

use crate::measure::{clip, frame, size, wish};

fn noise(width: u32, height: u32) -> Picture {
    let mut state = 12345_u32;
    let rgb = (0..width as usize * height as usize * 3)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .collect();
    Picture {
        size: size(width, height),
        rgb,
    }
}

fn draws(picture: Picture, size: Size) {
    let pictures = [picture];
    for prompt in ["", "push in, dance", "pan left", "orbit"] {
        let (clip, _) = clip(&pictures, &wish(prompt, size, Amplitude::Large), Profile::Pro);
        for index in [0, 1, 60, 119] {
            let frame = frame(&clip, index);
            assert_eq!(frame.y.len(), size.width as usize * size.height as usize);
        }
    }
}

#[test]
fn long_and_tall_pictures_are_drawn() {
    draws(noise(100, 400), size(240, 960));
    draws(noise(400, 100), size(960, 240));
}

#[test]
fn tiny_pictures_are_drawn() {
    draws(noise(8, 8), size(480, 480));
    draws(noise(1, 1), size(96, 96));
    draws(noise(64, 64), size(2, 2));
    draws(noise(64, 64), size(18, 30));
}

#[test]
fn a_large_picture_is_drawn() {
    let pictures = [noise(9000, 7000)];
    let (clip, _) = clip(
        &pictures,
        &wish("push in", size(1280, 996), Amplitude::Medium),
        Profile::Pro,
    );
    frame(&clip, 60);
}

#[test]
fn a_flat_picture_is_drawn_flat() {
    let grey = Picture {
        size: size(200, 200),
        rgb: vec![127; 200 * 200 * 3],
    };
    let (clip, _) = clip(
        &[grey],
        &wish("make it dance, orbit", size(320, 320), Amplitude::Large),
        Profile::Pro,
    );
    let shown = frame(&clip, 60);
    let first = shown.y[0];
    assert!(shown.y.iter().all(|value| *value == first));
}
