//! Small pictures made on the spot.
#![expect(clippy::unwrap_used, reason = "a picture that cannot be made is a failing test")]

use std::io::Cursor;

use domain::{failure::Code, media::Picture};
use image::{DynamicImage, ImageEncoder, ImageFormat, Rgb, RgbImage, codecs::jpeg::JpegEncoder};

/// Four quadrants: red and green above, blue and yellow below.
pub(crate) fn quadrants(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb(match (x < width / 2, y < height / 2) {
            (true, true) => [220, 20, 20],
            (false, true) => [20, 200, 20],
            (true, false) => [20, 20, 220],
            (false, false) => [230, 220, 20],
        })
    })
}

pub(crate) fn written(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG of good quality, with an EXIF orientation and a profile when given.
pub(crate) fn jpeg(picture: &RgbImage, orientation: Option<u8>, profile: Option<Vec<u8>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 95);
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile).unwrap();
    }
    encoder
        .write_image(
            picture,
            picture.width(),
            picture.height(),
            image::ExtendedColorType::Rgb8,
        )
        .unwrap();
    if let Some(orientation) = orientation {
        let exif = exif(orientation);
        let mut segment = vec![0xff, 0xe1, 0, exif.len() as u8 + 2];
        segment.extend(exif);
        bytes.splice(2..2, segment);
    }
    bytes
}

/// A big-endian TIFF with the one tag 0x0112.
fn exif(orientation: u8) -> Vec<u8> {
    let mut bytes = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01".to_vec();
    bytes.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    bytes.extend([0; 4]);
    bytes
}

/// The pixel at a share of width and height.
pub(crate) fn at(picture: &Picture, x: f32, y: f32) -> [u8; 3] {
    let column = (x * picture.size.width as f32) as usize;
    let row = (y * picture.size.height as f32) as usize;
    let first = (row * picture.size.width as usize + column) * 3;
    picture.rgb[first..first + 3].try_into().unwrap()
}

pub(crate) fn close(one: [u8; 3], other: [u8; 3], tolerance: u8) -> bool {
    one.iter()
        .zip(other)
        .all(|(one, other)| one.abs_diff(other) <= tolerance)
}

pub(crate) fn refusal(bytes: &[u8]) -> Code {
    let refused = picture::decode(bytes).unwrap_err();
    assert!(!refused.problem.is_empty());
    refused.code
}

/// A PNG that is nothing but a header of this size: CRC-32 as in ISO 3309.
pub(crate) fn png_header(width: u32, height: u32) -> Vec<u8> {
    let mut chunk = b"IHDR".to_vec();
    chunk.extend(width.to_be_bytes());
    chunk.extend(height.to_be_bytes());
    chunk.extend([8, 2, 0, 0, 0]);
    let mut sum = u32::MAX;
    for byte in &chunk {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 {
                (sum >> 1) ^ 0xedb8_8320
            } else {
                sum >> 1
            };
        }
    }
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
    bytes.extend(chunk);
    bytes.extend((!sum).to_be_bytes());
    bytes.extend(b"\0\0\0\x02IDAT\x78\x9c");
    bytes
}
