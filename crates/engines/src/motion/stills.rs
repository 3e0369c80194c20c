//! The cover and the last frame.

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
    },
};

use super::failures::disk;

/// JPEG quality, 1 to 100.
const COVER_QUALITY: u8 = 92;
const THUMBNAIL_QUALITY: u8 = 80;

/// Pixels on the thumbnail's longer side: what file managers show.
const THUMBNAIL_SIDE: u32 = 480;

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
    let (thumbnail, last) = rayon::join(
        || {
            let first = drawn(source, 0);
            if let Some(path) = &cover {
                write_jpeg(&first, path)?;
            }
            thumbnail(&first)
        },
        || match &last_frame {
            Some(path) => write_png(&drawn(source, source.frame_count().saturating_sub(1)), path),
            None => Ok(()),
        },
    );
    last?;
    let cover = cover.map(|path| (ArtifactKind::Cover, path));
    let last_frame = last_frame.map(|path| (ArtifactKind::LastFrame, path));
    Ok(Stills {
        thumbnail: thumbnail?,
        files: cover.into_iter().chain(last_frame).collect(),
    })
}

fn drawn(source: &dyn FrameSource, index: u32) -> Picture {
    let mut frame = Frame::black(source.size());
    source.render(index, &mut frame);
    motion::frame_to_picture(&frame)
}

/// The small JPEG that goes into the video file itself.
fn thumbnail(cover: &Picture) -> Result<Vec<u8>, Failure> {
    let Size { width, height } = cover.size;
    let longer = width.max(height).max(1);
    let side = |side: u32| (side * THUMBNAIL_SIDE.min(longer) / longer).max(1);
    let size = Size {
        width: side(width),
        height: side(height),
    };
    jpeg(&picture::fit::fitted(cover, size), THUMBNAIL_QUALITY)
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
