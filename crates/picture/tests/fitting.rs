//! From a picture's shape to the video's.

#[expect(dead_code, reason = "shared with other tests")]
mod support;

use domain::{
    media::{Picture, Size},
    request::Resolution::{self, P360, P540, P720, P1080},
};
use picture::fit::{fitted, output_size};
use proptest::prelude::*;
use support::{at, close, quadrants};

fn size(width: u32, height: u32) -> Size {
    Size { width, height }
}

fn area(tier: Resolution) -> f64 {
    match tier {
        P360 => 230_400.0,
        P540 => 518_400.0,
        P720 => 921_600.0,
        P1080 => 2_073_600.0,
    }
}

#[test]
fn usual_ratios_take_their_row() {
    let rows = [
        (size(1600, 900), [(960, 528), (1280, 720), (1920, 1080)]),
        (size(512, 512), [(720, 720), (960, 960), (1440, 1440)]),
        (size(4000, 3000), [(816, 608), (1104, 816), (1674, 1238)]),
    ];
    for (picture, outputs) in rows {
        for (tier, (width, height)) in [P540, P720, P1080].into_iter().zip(outputs) {
            assert_eq!(output_size(picture, tier), size(width, height));
            let turned = size(picture.height, picture.width);
            assert_eq!(output_size(turned, tier), size(height, width));
        }
    }
}

#[test]
fn one_percent_off_is_still_usual_and_more_is_not() {
    assert_eq!(output_size(size(1366, 768), P720), size(1280, 720));
    assert_eq!(output_size(size(1009, 1000), P720), size(960, 960));
    assert_eq!(output_size(size(1000, 1009), P720), size(960, 960));
    assert_ne!(output_size(size(1011, 1000), P720), size(960, 960));
}

#[test]
fn other_ratios_keep_their_shape_and_the_tiers_area() {
    assert_eq!(output_size(size(600, 400), P720), size(1176, 784));
    assert_eq!(output_size(size(1600, 900), P360), size(640, 360));
    assert_eq!(output_size(size(400, 100), P1080), size(2880, 720));
    assert_eq!(output_size(size(100, 400), P720), size(480, 1920));
}

#[test]
fn impossible_sizes_still_give_an_output() {
    for picture in [size(0, 0), size(1, 0), size(0, 7), size(1, u32::MAX), size(u32::MAX, 1)] {
        let output = output_size(picture, P1080);
        assert!(output.width >= 720 && output.height >= 720 && output.width <= 2880 && output.height <= 2880);
    }
}

proptest! {
    #[test]
    fn outputs_are_even_near_the_area_and_near_the_ratio(
        width in 1_u32..9000,
        height in 1_u32..9000,
        tier in prop::sample::select(Resolution::ALL.to_vec()),
    ) {
        prop_assume!(width <= 4 * height && height <= 4 * width);
        let output = output_size(size(width, height), tier);
        prop_assert!(output.width.is_multiple_of(2) && output.height.is_multiple_of(2));
        let pixels = f64::from(output.width) * f64::from(output.height);
        prop_assert!((pixels / area(tier) - 1.0).abs() < 0.05, "{:?}", output);
        let (wanted, got) = (f64::from(width) / f64::from(height), f64::from(output.width) / f64::from(output.height));
        prop_assert!((got / wanted - 1.0).abs() < 0.035, "{:?}", output);
        let turned = output_size(size(height, width), tier);
        prop_assert_eq!((turned.width, turned.height), (output.height, output.width));
    }

    #[test]
    fn fitting_gives_the_size_that_was_asked(
        width in 1_u32..80,
        height in 1_u32..80,
        to_width in 0_u32..80,
        to_height in 0_u32..80,
    ) {
        let picture = Picture { size: size(width, height), rgb: quadrants(width, height).into_raw() };
        let fit = fitted(&picture, size(to_width, to_height));
        prop_assert_eq!(fit.size, size(to_width, to_height));
        prop_assert_eq!(fit.rgb.len() as u32, to_width * to_height * 3);
    }
}

#[test]
fn a_picture_of_the_right_size_is_left_alone() {
    let picture = Picture {
        size: size(64, 48),
        rgb: quadrants(64, 48).into_raw(),
    };
    assert_eq!(fitted(&picture, picture.size), picture);
}

#[test]
fn the_middle_is_kept() {
    let picture = Picture {
        size: size(400, 100),
        rgb: quadrants(400, 100).into_raw(),
    };
    let fit = fitted(&picture, size(100, 100));
    assert!(close(at(&fit, 0.45, 0.2), [220, 20, 20], 2));
    assert!(close(at(&fit, 0.55, 0.2), [20, 200, 20], 2));
    let larger = fitted(&picture, size(800, 200));
    assert!(close(at(&larger, 0.2, 0.8), [20, 20, 220], 2));
}

#[test]
fn bytes_that_do_not_match_the_size_give_white() {
    let broken = Picture {
        size: size(50, 50),
        rgb: vec![0; 10],
    };
    assert!(fitted(&broken, size(8, 8)).rgb.iter().all(|sample| *sample == 255));
}
