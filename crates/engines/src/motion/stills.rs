//! The pictures beside the video: cover, last frame, thumbnail, spritesheet.

use std::{
    fs,
    path::{Path, PathBuf},
};

use domain::{
    artifact::ArtifactKind,
    failure::Failure,
    media::{Frame, FrameSource, Picture, Size},
};
use image::{
    ExtendedColorType, ImageEncoder,
    codecs::{
        jpeg::JpegEncoder,
        png::{CompressionType, FilterType, PngEncoder},
        webp::WebPEncoder,
    },
};

use super::failures::disk;

/// JPEG quality, 1 to 100.
const COVER_QUALITY: u8 = 92;
const THUMBNAIL_QUALITY: u8 = 80;

/// Pixels on the thumbnail's longer side: what file managers show.
const THUMBNAIL_SIDE: u32 = 480;

/// Frames of a spritesheet, in rows of so many.
const SPRITES: u32 = 16;
const SPRITES_IN_ROW: u32 = 4;
/// Pixels on a sprite's longer side.
const SPRITE_SIDE: u32 = 320;

/// The pictures beside the video, and the one in it.
pub(super) struct Stills {
    /// A small JPEG.
    pub(super) thumbnail: Vec<u8>,
    pub(super) files: Vec<(ArtifactKind, PathBuf)>,
}

/// Draws the thumbnail, and writes the stills among `wanted` to `folder`.
pub(super) fn write(source: &dyn FrameSource, folder: &Path, wanted: &[ArtifactKind]) -> Result<Stills, Failure> {
    let file = |kind: ArtifactKind| wanted.contains(&kind).then(|| folder.join(kind.file_name()));
    let (cover, last_frame) = (file(ArtifactKind::Cover), file(ArtifactKind::LastFrame));
    let (small, sprites) = (file(ArtifactKind::Thumbnail), file(ArtifactKind::Spritesheet));
    let (thumbnail, last) = rayon::join(
        || {
            let first = drawn(source, 0);
            if let Some(path) = &cover {
                write_jpeg(&first, path)?;
            }
            if let Some(path) = &small {
                write_webp(&shrunk(&first, THUMBNAIL_SIDE), path)?;
            }
            jpeg(&shrunk(&first, THUMBNAIL_SIDE), THUMBNAIL_QUALITY)
        },
        || {
            if let Some(path) = &last_frame {
                write_png(&drawn(source, source.frame_count().saturating_sub(1)), path)?;
            }
            match &sprites {
                Some(path) => write_jpeg(&spritesheet(source), path),
                None => Ok(()),
            }
        },
    );
    last?;
    let written = [
        (ArtifactKind::Cover, cover),
        (ArtifactKind::LastFrame, last_frame),
        (ArtifactKind::Thumbnail, small),
        (ArtifactKind::Spritesheet, sprites),
    ];
    let files = written.into_iter().filter_map(|(kind, path)| Some((kind, path?)));
    Ok(Stills {
        thumbnail: thumbnail?,
        files: files.collect(),
    })
}

fn drawn(source: &dyn FrameSource, index: u32) -> Picture {
    let mut frame = Frame::black(source.size());
    source.render(index, &mut frame);
    motion::frame_to_picture(&frame)
}

/// The same with at most `most` pixels on its longer side.
fn shrunk(picture: &Picture, most: u32) -> Picture {
    let Size { width, height } = picture.size;
    let longer = width.max(height).max(1);
    let side = |side: u32| (side * most.min(longer) / longer).max(1);
    let size = Size {
        width: side(width),
        height: side(height),
    };
    picture::fit::fitted(picture, size)
}

/// Sixteen frames from the first to the last, small, in rows of four.
fn spritesheet(source: &dyn FrameSource) -> Picture {
    let last = source.frame_count().saturating_sub(1);
    let frame = |sprite: u32| shrunk(&drawn(source, sprite * last / (SPRITES - 1)), SPRITE_SIDE);
    let sprites: Vec<Picture> = (0..SPRITES).map(frame).collect();
    let one = sprites
        .first()
        .map_or(Size { width: 1, height: 1 }, |sprite| sprite.size);
    let size = Size {
        width: one.width * SPRITES_IN_ROW,
        height: one.height * SPRITES.div_ceil(SPRITES_IN_ROW),
    };
    let mut rgb = Vec::with_capacity((size.width * size.height * 3) as usize);
    for row in sprites.chunks(SPRITES_IN_ROW as usize) {
        for y in 0..one.height as usize {
            let line = one.width as usize * 3;
            let lines = row.iter().filter_map(|sprite| sprite.rgb.get(y * line..(y + 1) * line));
            lines.for_each(|line| rgb.extend_from_slice(line));
        }
    }
    Picture { size, rgb }
}

fn write_jpeg(picture: &Picture, path: &Path) -> Result<(), Failure> {
    fs::write(path, jpeg(picture, COVER_QUALITY)?).map_err(|error| disk(&error))
}

/// Lossless. The quickest compression: a photograph gains little from more.
fn write_png(picture: &Picture, path: &Path) -> Result<(), Failure> {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Adaptive);
    encode(encoder, picture)?;
    fs::write(path, bytes).map_err(|error| disk(&error))
}

/// Lossless: the encoder knows no other kind.
fn write_webp(picture: &Picture, path: &Path) -> Result<(), Failure> {
    let mut bytes = Vec::new();
    encode(WebPEncoder::new_lossless(&mut bytes), picture)?;
    fs::write(path, bytes).map_err(|error| disk(&error))
}

fn jpeg(picture: &Picture, quality: u8) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    encode(JpegEncoder::new_with_quality(&mut bytes, quality), picture)?;
    Ok(bytes)
}

fn encode(encoder: impl ImageEncoder, picture: &Picture) -> Result<(), Failure> {
    let Size { width, height } = picture.size;
    encoder
        .write_image(&picture.rgb, width, height, ExtendedColorType::Rgb8)
        .map_err(Failure::internal)
}
