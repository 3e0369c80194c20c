use std::io::{BufRead, Cursor, Read, Seek, SeekFrom};

use domain::{draft::Field, media::Size};
use image::{
    ImageDecoder, Limits,
    codecs::{jpeg::JpegDecoder, png::PngDecoder, webp::WebPDecoder},
    metadata::Orientation,
};

use crate::{
    error::PictureError,
    format::{Format, SNIFFED},
    jpeg,
    limits::{MOST_ALLOCATED, check_bytes, check_ratio, check_size},
};

/// What a header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Probe {
    pub format: Format,
    /// As it will be shown, upright.
    pub size: Size,
}

/// What a picture is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The clip shows it whole: its ratio is limited.
    Scene,
    /// It is drawn small, over the clip. It may have any ratio.
    Mark,
}

impl Role {
    /// What a picture in this field of a request is for.
    pub fn of(field: Field) -> Self {
        match field {
            Field::Mark => Self::Mark,
            _ => Self::Scene,
        }
    }
}

/// Reads the header alone and checks every limit: file length, pixels, ratio. Cheap for files of any size.
/// A picture that passes may still turn out to be damaged when it is decoded.
///
/// # Errors
/// `ImageFormat`, `ImageTooLarge`, `ImageTooManyPixels` or `ImageRatio`.
pub fn probe(reader: impl BufRead + Seek, role: Role) -> Result<Probe, PictureError> {
    let mut reader = reader;
    let length = reader.seek(SeekFrom::End(0)).map_err(PictureError::damaged)?;
    check_bytes(length)?;
    reader.rewind().map_err(PictureError::damaged)?;
    let mut start = Vec::with_capacity(SNIFFED);
    reader
        .by_ref()
        .take(SNIFFED as u64)
        .read_to_end(&mut start)
        .map_err(PictureError::damaged)?;
    let format = Format::sniff(&start)?;
    reader.rewind().map_err(PictureError::damaged)?;
    let (size, _) = match format {
        Format::Jpeg => shape(&mut *decoder(format, Cursor::new(jpeg::header(reader)?))?, role)?,
        Format::Png | Format::Webp => shape(&mut *decoder(format, reader)?, role)?,
    };
    Ok(Probe { format, size })
}

/// The decoder of a format, with its header read and nothing else.
pub(crate) fn decoder<'r>(
    format: Format,
    reader: impl BufRead + Seek + 'r,
) -> Result<Box<dyn ImageDecoder + 'r>, PictureError> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_ALLOCATED);
    let mut decoder: Box<dyn ImageDecoder + 'r> = match format {
        Format::Png => Box::new(PngDecoder::with_limits(reader, limits.clone()).map_err(PictureError::damaged)?),
        Format::Jpeg => Box::new(JpegDecoder::new(reader).map_err(PictureError::damaged)?),
        Format::Webp => Box::new(WebPDecoder::new(reader).map_err(PictureError::damaged)?),
    };
    decoder.set_limits(limits).map_err(PictureError::damaged)?;
    Ok(decoder)
}

/// The upright size, checked, and how to get there. An orientation that cannot be read counts as upright.
pub(crate) fn shape(decoder: &mut dyn ImageDecoder, role: Role) -> Result<(Size, Orientation), PictureError> {
    let (width, height) = decoder.dimensions();
    check_size(Size { width, height })?;
    if role == Role::Scene {
        check_ratio(Size { width, height })?;
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let lies = matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    );
    let size = if lies {
        Size {
            width: height,
            height: width,
        }
    } else {
        Size { width, height }
    };
    Ok((size, orientation))
}
