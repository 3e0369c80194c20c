//! Bytes that were made to hurt, or were hurt on the way.

#[expect(dead_code, reason = "shared with other tests")]
mod support;

use std::io::Cursor;

use domain::{
    draft::Field,
    failure::{Blame, Code},
    media::Size,
};
use image::ImageFormat;
use picture::{MOST_BYTES, Role, check_ratio, decode, probe};
use proptest::prelude::*;
use support::{jpeg, png_header, quadrants, refusal, written};

fn valid() -> Vec<Vec<u8>> {
    let picture = quadrants(64, 48);
    vec![
        written(picture.clone(), ImageFormat::Png),
        jpeg(&picture, Some(6), Some(vec![1; 200])),
        written(picture, ImageFormat::WebP),
        include_bytes!("fixtures/lossy.webp").to_vec(),
        include_bytes!("fixtures/animated.webp").to_vec(),
        include_bytes!("fixtures/cmyk.jpg").to_vec(),
    ]
}

#[test]
fn other_formats_are_refused_whatever_they_are_called() {
    let gif = include_bytes!("fixtures/red.gif").as_slice();
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>".as_slice();
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".as_slice();
    let avif = b"\0\0\0\x1cftypavif\0\0\0\0mif1avif".as_slice();
    let bmp = b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0".as_slice();
    let tiff = b"II*\0\x08\0\0\0".as_slice();
    let html = b"<!doctype html><title>404</title>".as_slice();
    for bytes in [
        gif,
        svg,
        heic,
        avif,
        bmp,
        tiff,
        html,
        b"",
        b"\x89PNG",
        b"RIFF",
        b"RIFF\0\0\0\0WAVEfmt ",
    ] {
        assert_eq!(refusal(bytes), Code::ImageFormat);
        assert_eq!(
            probe(Cursor::new(bytes), Role::Scene).unwrap_err().code,
            Code::ImageFormat
        );
    }
}

#[test]
fn a_bomb_is_refused_from_its_header() {
    for (width, height) in [(30_000, 30_000), (8001, 8000), (u32::MAX >> 1, u32::MAX >> 1)] {
        let bytes = png_header(width, height);
        let code = refusal(&bytes);
        assert!(matches!(code, Code::ImageTooManyPixels | Code::ImageFormat), "{code:?}");
        assert_eq!(probe(Cursor::new(&bytes), Role::Scene).unwrap_err().code, code);
    }
    assert_eq!(refusal(&png_header(30_000, 30_000)), Code::ImageTooManyPixels);
    assert_eq!(refusal(&png_header(100, 30_000)), Code::ImageRatio);
    assert_eq!(refusal(&png_header(0, 10)), Code::ImageFormat);
}

#[test]
fn a_jpeg_bomb_is_refused_from_its_header() {
    let mut bytes = jpeg(&quadrants(64, 48), None, None);
    let frame = bytes.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    bytes[frame + 5..frame + 9].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
    assert_eq!(refusal(&bytes), Code::ImageTooManyPixels);
    assert_eq!(
        probe(Cursor::new(&bytes), Role::Scene).unwrap_err().code,
        Code::ImageTooManyPixels
    );
}

#[test]
fn files_over_fifty_megabytes_are_refused_unread() {
    let mut bytes = written(quadrants(64, 48), ImageFormat::Png);
    bytes.resize(MOST_BYTES as usize + 1, 0);
    assert_eq!(refusal(&bytes), Code::ImageTooLarge);
    assert_eq!(
        probe(Cursor::new(&bytes), Role::Scene).unwrap_err().code,
        Code::ImageTooLarge
    );
    bytes.truncate(MOST_BYTES as usize);
    assert!(decode(&bytes).is_ok());
}

#[test]
fn cut_files_are_damaged_files() {
    for bytes in valid() {
        // An animation is whole as soon as its first frame is.
        let shares = if bytes == include_bytes!("fixtures/animated.webp") {
            [5, 10, 20, 30]
        } else {
            [5, 30, 60, 95]
        };
        for share in shares {
            let cut = &bytes[..bytes.len() * share / 100];
            assert_eq!(refusal(cut), Code::ImageFormat, "{share} % of {} bytes", bytes.len());
        }
    }
}

#[test]
fn thin_pictures_are_refused_by_their_ratio() {
    for (width, height) in [(1, 5), (5, 1), (500, 100), (100, 401), (1, 1000)] {
        assert_eq!(
            refusal(&written(quadrants(width, height), ImageFormat::Png)),
            Code::ImageRatio
        );
    }
    for (width, height) in [(1, 1), (4, 1), (1, 4), (400, 100), (100, 400)] {
        assert!(
            decode(&written(quadrants(width, height), ImageFormat::Png)).is_ok(),
            "{width}x{height}"
        );
    }
    assert!(check_ratio(Size { width: 0, height: 0 }).is_err());
    assert!(check_ratio(Size { width: 0, height: 5 }).is_err());
}

#[test]
fn a_refusal_blames_the_picture_and_hides_the_details() {
    let failure = decode(&[]).unwrap_err().of(Field::Image(0));
    assert_eq!(failure.blame, Blame::SourceImage);
    assert!(!failure.is_retryable());
    let damaged = decode(&valid()[0][..60]).unwrap_err();
    assert_eq!(damaged.problem, "is damaged or incomplete");
    assert!(!damaged.detail.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn no_mutation_makes_it_panic(
        which in 0_usize..6,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<prop::sample::Index>(),
        also_cut in prop::bool::weighted(0.2),
    ) {
        let mut bytes = valid().swap_remove(which);
        for (index, value) in &changes {
            let at = index.index(bytes.len());
            bytes[at] = *value;
        }
        if also_cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let probed = probe(Cursor::new(&bytes), Role::Scene);
        if let Ok(decoded) = decode(&bytes) {
            prop_assert_eq!(decoded.rgb.len() as u64, u64::from(decoded.size.width) * u64::from(decoded.size.height) * 3);
            prop_assert_eq!(probed.unwrap().size, decoded.size);
        }
    }

    #[test]
    fn no_random_bytes_make_it_panic(
        start in prop::sample::select(vec![&b"\x89PNG\r\n\x1a\n"[..], b"\xff\xd8\xff", b"RIFF\x40\0\0\0WEBPVP8 ", b"RIFF\x40\0\0\0WEBPVP8L", b"RIFF\x40\0\0\0WEBPVP8X"]),
        noise in proptest::collection::vec(any::<u8>(), 0..400),
    ) {
        let bytes = [start, &noise].concat();
        let _ = probe(Cursor::new(&bytes), Role::Scene);
        prop_assert!(decode(&bytes).is_err() || !noise.is_empty());
    }
}
