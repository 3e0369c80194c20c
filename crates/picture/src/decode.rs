use std::io::Cursor;

use domain::media::{Picture, Size};
use image::DynamicImage;

use crate::{
    colour,
    error::PictureError,
    format::Format,
    jpeg,
    limits::check_bytes,
    probe::{decoder, shape},
};

/// Decodes a picture: upright by its EXIF orientation, in sRGB by its ICC profile (one that does not parse
/// or does not go with the pixels is ignored), 8 bits, opaque over white. Of an animation the first frame.
/// Limits are checked on the header; what the decoder allocates is bounded.
///
/// # Errors
/// `ImageFormat` for anything but a whole PNG, JPEG or WebP file, `ImageTooLarge`, `ImageTooManyPixels` or
/// `ImageRatio`.
pub fn decode(bytes: &[u8]) -> Result<Picture, PictureError> {
    check_bytes(bytes.len() as u64)?;
    let format = Format::sniff(bytes)?;
    let mut decoder = decoder(format, Cursor::new(bytes))?;
    let (_, orientation) = shape(&mut *decoder)?;
    if format == Format::Jpeg && !jpeg::is_complete(bytes) {
        return Err(PictureError::damaged("the JPEG has no end marker"));
    }
    let profile = decoder.icc_profile().ok().flatten();
    let pixels = DynamicImage::from_decoder(decoder).map_err(PictureError::damaged)?;
    let mut upright = DynamicImage::ImageRgb8(colour::opaque_srgb(pixels, profile.as_deref()));
    upright.apply_orientation(orientation);
    let rgb = upright.into_rgb8();
    Ok(Picture {
        size: Size {
            width: rgb.width(),
            height: rgb.height(),
        },
        rgb: rgb.into_raw(),
    })
}
