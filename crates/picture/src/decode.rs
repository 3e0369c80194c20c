use std::io::Cursor;

use domain::media::{Overlay, Picture, Size};
use image::{DynamicImage, metadata::Orientation};

use crate::{
    colour,
    error::PictureError,
    format::Format,
    jpeg,
    limits::check_bytes,
    probe::{Role, decoder, shape},
};

/// Decodes a picture: upright by its EXIF orientation, in sRGB by its ICC profile (one that does not parse
/// or does not go with the pixels is ignored), 8 bits, opaque over white. Of an animation the first frame.
/// Limits are checked on the header; what the decoder allocates is bounded.
///
/// # Errors
/// `ImageFormat` for anything but a whole PNG, JPEG or WebP file, `ImageTooLarge`, `ImageTooManyPixels` or
/// `ImageRatio`.
pub fn decode(bytes: &[u8]) -> Result<Picture, PictureError> {
    let pixels = pixels(bytes, Role::Scene)?;
    let opaque = colour::opaque_srgb(pixels.lying, pixels.profile.as_deref());
    let mut upright = DynamicImage::ImageRgb8(opaque);
    upright.apply_orientation(pixels.orientation);
    let rgb = upright.into_rgb8();
    Ok(Picture {
        size: Size {
            width: rgb.width(),
            height: rgb.height(),
        },
        rgb: rgb.into_raw(),
    })
}

/// The same, of any ratio and with its alpha.
///
/// # Errors
/// As [`decode`], but for `ImageRatio`.
pub fn decode_mark(bytes: &[u8]) -> Result<Overlay, PictureError> {
    let pixels = pixels(bytes, Role::Mark)?;
    let mut upright = DynamicImage::ImageRgba8(colour::srgb_with_alpha(pixels.lying, pixels.profile.as_deref()));
    upright.apply_orientation(pixels.orientation);
    let rgba = upright.into_rgba8();
    Ok(Overlay {
        size: Size {
            width: rgba.width(),
            height: rgba.height(),
        },
        rgba: rgba.into_raw(),
    })
}

/// A file's pixels as they lie in it.
struct Pixels {
    lying: DynamicImage,
    orientation: Orientation,
    profile: Option<Vec<u8>>,
}

fn pixels(bytes: &[u8], role: Role) -> Result<Pixels, PictureError> {
    check_bytes(bytes.len() as u64)?;
    let format = Format::sniff(bytes)?;
    let mut decoder = decoder(format, Cursor::new(bytes))?;
    let (_, orientation) = shape(&mut *decoder, role)?;
    if format == Format::Jpeg && !jpeg::is_complete(bytes) {
        return Err(PictureError::damaged("the JPEG has no end marker"));
    }
    let profile = decoder.icc_profile().ok().flatten();
    Ok(Pixels {
        lying: DynamicImage::from_decoder(decoder).map_err(PictureError::damaged)?,
        orientation,
        profile,
    })
}
