//! What comes out of pictures that are in order.

#[expect(dead_code, reason = "shared with other tests")]
mod support;

use std::io::Cursor;

use domain::media::Size;
use image::{DynamicImage, GrayAlphaImage, GrayImage, ImageFormat, LumaA, Rgb, Rgba, RgbaImage};
use moxcms::ColorProfile;
use picture::{Format, Probe, Role, decode, decode_mark, probe};
use support::{at, close, jpeg, quadrants, written};

const RED: [u8; 3] = [220, 20, 20];
const GREEN: [u8; 3] = [20, 200, 20];
const BLUE: [u8; 3] = [20, 20, 220];
const YELLOW: [u8; 3] = [230, 220, 20];

#[test]
fn each_format_is_told_by_its_bytes() {
    let picture = quadrants(48, 32);
    for (format, kind) in [
        (Format::Png, ImageFormat::Png),
        (Format::Jpeg, ImageFormat::Jpeg),
        (Format::Webp, ImageFormat::WebP),
    ] {
        let bytes = written(picture.clone(), kind);
        let size = Size { width: 48, height: 32 };
        assert_eq!(probe(Cursor::new(&bytes), Role::Scene).unwrap(), Probe { format, size });
        let decoded = decode(&bytes).unwrap();
        assert_eq!(decoded.size, size);
        assert_eq!(decoded.rgb.len(), 48 * 32 * 3);
        assert!(close(at(&decoded, 0.2, 0.2), RED, 12), "{format:?}");
        assert!(close(at(&decoded, 0.8, 0.8), YELLOW, 12), "{format:?}");
    }
}

#[test]
fn every_exif_orientation_ends_upright() {
    // What lies at the upper left after turning, by the tag's definition.
    let corners = [RED, GREEN, YELLOW, BLUE, RED, BLUE, YELLOW, GREEN];
    for (orientation, corner) in (1..=8).zip(corners) {
        let bytes = jpeg(&quadrants(64, 32), Some(orientation), None);
        let expected = if orientation < 5 {
            Size { width: 64, height: 32 }
        } else {
            Size { width: 32, height: 64 }
        };
        assert_eq!(
            probe(Cursor::new(&bytes), Role::Scene).unwrap().size,
            expected,
            "{orientation}"
        );
        let decoded = decode(&bytes).unwrap();
        assert_eq!(decoded.size, expected, "{orientation}");
        assert!(close(at(&decoded, 0.25, 0.25), corner, 16), "{orientation}");
    }
}

#[test]
fn the_probe_reads_the_header_alone() {
    let bytes = jpeg(&quadrants(640, 480), Some(6), None);
    let header = &bytes[..800];
    assert_eq!(
        probe(Cursor::new(header), Role::Scene).unwrap().size,
        Size {
            width: 480,
            height: 640
        }
    );
}

#[test]
fn a_mark_keeps_its_alpha_and_may_have_any_ratio() {
    let banner = RgbaImage::from_pixel(90, 10, Rgba([200, 0, 100, 128]));
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let bytes = written(banner.clone(), format);
        assert_eq!(probe(Cursor::new(&bytes), Role::Mark).unwrap().size.width, 90);
        assert!(probe(Cursor::new(&bytes), Role::Scene).is_err());
        let mark = decode_mark(&bytes).unwrap();
        assert_eq!(mark.size, Size { width: 90, height: 10 });
        assert!(mark.rgba.chunks_exact(4).all(|pixel| pixel == [200, 0, 100, 128]));
    }
    let opaque = decode_mark(&jpeg(&quadrants(64, 48), None, None)).unwrap();
    assert!(opaque.rgba.chunks_exact(4).all(|pixel| pixel[3] == 255));
}

#[test]
fn alpha_is_laid_over_white() {
    let clear = RgbaImage::from_pixel(16, 16, Rgba([255, 0, 0, 0]));
    assert_eq!(
        at(&decode(&written(clear, ImageFormat::Png)).unwrap(), 0.5, 0.5),
        [255; 3]
    );
    let half = RgbaImage::from_pixel(16, 16, Rgba([200, 0, 100, 128]));
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let decoded = decode(&written(half.clone(), format)).unwrap();
        assert!(close(at(&decoded, 0.5, 0.5), [227, 127, 177], 1));
    }
    let gray = GrayAlphaImage::from_pixel(16, 16, LumaA([0, 51]));
    let mark = decode_mark(&written(gray.clone(), ImageFormat::Png)).unwrap();
    assert_eq!(mark.rgba.first_chunk(), Some(&[0, 0, 0, 51]));
    assert_eq!(
        at(&decode(&written(gray, ImageFormat::Png)).unwrap(), 0.5, 0.5),
        [204; 3]
    );
}

#[test]
fn sixteen_bits_and_gray_become_eight_bit_rgb() {
    let wide = DynamicImage::ImageRgb8(quadrants(32, 32)).into_rgb16();
    let decoded = decode(&written(wide, ImageFormat::Png)).unwrap();
    assert!(close(at(&decoded, 0.2, 0.8), BLUE, 1));
    let gray = GrayImage::from_pixel(16, 16, image::Luma([90]));
    for format in [ImageFormat::Png, ImageFormat::Jpeg] {
        let decoded = decode(&written(gray.clone(), format)).unwrap();
        assert!(close(at(&decoded, 0.5, 0.5), [90; 3], 1));
    }
    let deep = DynamicImage::ImageLuma8(gray).into_luma_alpha16();
    assert!(close(
        at(&decode(&written(deep, ImageFormat::Png)).unwrap(), 0.5, 0.5),
        [90; 3],
        1
    ));
}

#[test]
fn a_palette_with_transparency_is_resolved() {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 8, 8);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Four);
    encoder.set_palette(vec![10, 20, 30, 200, 100, 50]);
    encoder.set_trns(vec![255, 0]);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&[0x01; 32]).unwrap();
    writer.finish().unwrap();
    let decoded = decode(&bytes).unwrap();
    assert_eq!(&decoded.rgb[..6], [10, 20, 30, 255, 255, 255]);
}

#[test]
fn cmyk_becomes_rgb() {
    let decoded = decode(include_bytes!("fixtures/cmyk.jpg")).unwrap();
    assert_eq!(decoded.size, Size { width: 48, height: 32 });
    assert!(
        close(at(&decoded, 0.2, 0.2), [200, 30, 60], 12),
        "{:?}",
        at(&decoded, 0.2, 0.2)
    );
    assert!(
        close(at(&decoded, 0.8, 0.8), [20, 180, 60], 12),
        "{:?}",
        at(&decoded, 0.8, 0.8)
    );
}

#[test]
fn of_an_animation_the_first_frame_counts() {
    let decoded = decode(include_bytes!("fixtures/animated.webp")).unwrap();
    assert_eq!(decoded.size, Size { width: 40, height: 30 });
    assert!(close(at(&decoded, 0.5, 0.5), [220, 20, 20], 2));
}

#[test]
fn lossy_webp_is_read() {
    let decoded = decode(include_bytes!("fixtures/lossy.webp")).unwrap();
    assert!(
        close(at(&decoded, 0.2, 0.2), [200, 30, 60], 25),
        "{:?}",
        at(&decoded, 0.2, 0.2)
    );
}

#[test]
fn an_embedded_profile_is_applied() {
    let picture = image::RgbImage::from_pixel(32, 32, Rgb([255, 128, 0]));
    let plain = decode(&jpeg(&picture, None, None)).unwrap();
    let wide = ColorProfile::new_display_p3().encode().unwrap();
    let managed = decode(&jpeg(&picture, None, Some(wide))).unwrap();
    // Display P3's orange lies outside sRGB: its red stays full and its green is less yellow.
    let (plain, managed) = (at(&plain, 0.5, 0.5), at(&managed, 0.5, 0.5));
    assert!(managed[1].abs_diff(plain[1]) >= 4, "{plain:?} {managed:?}");
    let same = ColorProfile::new_srgb().encode().unwrap();
    let unchanged = at(&decode(&jpeg(&picture, None, Some(same))).unwrap(), 0.5, 0.5);
    assert!(close(unchanged, plain, 2), "{plain:?} {unchanged:?}");
}

#[test]
fn a_broken_profile_is_ignored() {
    let picture = quadrants(32, 32);
    let plain = decode(&jpeg(&picture, None, None)).unwrap();
    let broken = decode(&jpeg(&picture, None, Some(vec![7; 300]))).unwrap();
    assert_eq!(plain, broken);
    let mut cut = ColorProfile::new_display_p3().encode().unwrap();
    cut.truncate(140);
    assert_eq!(plain, decode(&jpeg(&picture, None, Some(cut))).unwrap());
}

#[test]
fn the_pictures_of_the_examples_are_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/pictures");
    for (name, width, height) in [
        ("astronaut.png", 512, 512),
        ("chelsea.png", 451, 300),
        ("coffee.png", 600, 400),
        ("mascot.png", 1080, 1080),
        ("rocket.jpg", 640, 427),
    ] {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        assert_eq!(decode(&bytes).unwrap().size, Size { width, height }, "{name}");
    }
}
