//! What comes back must be a picture, whatever its name and type say.

use domain::failure::{Blame, Code};
use service::fetch::RefusalKind;

use crate::{
    site::{Answer, Site},
    world::World,
};

/// 451 by 300.
pub(crate) const PICTURE: &[u8] = include_bytes!("../../../../examples/pictures/chelsea.png");

/// A PNG that claims a size and has no pixels.
fn png_of_size(width: u32, height: u32) -> Vec<u8> {
    let mut header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, data) in [
        (b"IHDR", std::mem::take(&mut header)),
        (b"IDAT", vec![0x78, 0x9c, 0x03, 0, 0, 0, 0, 1]),
        (b"IEND", Vec::new()),
    ] {
        let body = [name.as_slice(), &data].concat();
        png.extend((data.len() as u32).to_be_bytes());
        png.extend(&body);
        png.extend(checksum(&body).to_be_bytes());
    }
    png
}

/// CRC-32 as in the PNG specification.
fn checksum(bytes: &[u8]) -> u32 {
    let step = |sum: u32, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 };
    !bytes
        .iter()
        .fold(!0, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), step))
}

#[tokio::test]
async fn what_is_no_picture_of_ours_is_refused_whatever_its_type_says() {
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>";
    let page = b"<!doctype html><title>Not found</title>";
    for body in [
        b"GIF89a\x10\0\x10\0\0\0\0;".as_slice(),
        svg,
        page,
        b"",
        b"\x89PNG\r\n\x1a\n",
        b"BM",
    ] {
        let site = Site::always(Answer::new("200 OK", "Content-Type: image/png\r\n", body)).await;
        let (failure, kind) = World::permitting(&[site.address]).refusal(&site.url("/cat.png")).await;
        assert_eq!(failure.code, Code::ImageFormat, "{}", String::from_utf8_lossy(body));
        assert_eq!(failure.blame, Blame::SourceImage);
        assert_eq!(kind, RefusalKind::Picture);
        assert_eq!(site.connections(), 1, "it is not tried again");
    }
}

#[tokio::test]
async fn a_picture_with_a_wrong_type_is_taken() {
    let site = Site::always(Answer::new("200 OK", "Content-Type: text/html\r\n", PICTURE)).await;
    let world = World::permitting(&[site.address]);
    world
        .fetch(&site.url("/cat.txt"))
        .await
        .expect("its bytes are a picture's");
}

#[tokio::test]
async fn a_picture_of_too_many_pixels_or_of_a_wrong_ratio_is_refused_by_its_header() {
    for ((width, height), code) in [
        ((30_000, 30_000), Code::ImageTooManyPixels),
        ((500, 100), Code::ImageRatio),
        ((100, 500), Code::ImageRatio),
    ] {
        let site = Site::always(Answer::ok(&png_of_size(width, height))).await;
        let (failure, _) = World::permitting(&[site.address]).refusal(&site.url("/")).await;
        assert_eq!(failure.code, code, "{width}x{height}");
    }
}
