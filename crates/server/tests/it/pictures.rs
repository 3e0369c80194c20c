//! Pictures to send.

use std::{
    io::Cursor,
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use image::{DynamicImage, ImageFormat, RgbImage};

/// One of the pictures that come with the project.
pub(crate) fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../examples/pictures")
        .join(name)
}

/// As a data URI.
pub(crate) fn data_uri(media_type: &str, bytes: &[u8]) -> String {
    format!("data:{media_type};base64,{}", STANDARD.encode(bytes))
}

/// The cat, as a data URI.
pub(crate) fn cat() -> String {
    data_uri("image/png", &std::fs::read(example("chelsea.png")).unwrap())
}

/// A colourful picture of this size, as PNG.
pub(crate) fn painted(width: u32, height: u32) -> Vec<u8> {
    let paint = |x: u32, y: u32| image::Rgb([(x * 7 % 256) as u8, (y * 5 % 256) as u8, ((x + y) * 3 % 256) as u8]);
    encoded(&RgbImage::from_fn(width, height, paint).into(), ImageFormat::Png)
}

pub(crate) fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A PNG whose header promises so many pixels and that holds none of them.
pub(crate) fn png_of_size(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = painted(8, 8);
    bytes.splice(16..20, width.to_be_bytes());
    bytes.splice(20..24, height.to_be_bytes());
    let checksum = crc32(bytes.get(12..29).unwrap());
    bytes.splice(29..33, checksum.to_be_bytes());
    bytes
}

/// The checksum of a PNG's chunk (ISO 3309).
fn crc32(bytes: &[u8]) -> u32 {
    let step = |mut sum: u32| {
        for _ in 0..8 {
            sum = if sum & 1 == 1 {
                0xedb8_8320 ^ (sum >> 1)
            } else {
                sum >> 1
            };
        }
        sum
    };
    !bytes
        .iter()
        .fold(u32::MAX, |sum, byte| step((sum ^ u32::from(*byte)) & 0xff) ^ (sum >> 8))
}
