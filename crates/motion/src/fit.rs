//! From a picture of any size to the frame's size: scaled by Lanczos until it covers the frame, centre-cropped
//! by what is left over. Both in one step, with a fractional crop box.

use domain::media::{Picture, Size};
use fast_image_resize::{
    FilterType, ResizeAlg, ResizeOptions, Resizer,
    images::{TypedImage, TypedImageRef},
    pixels::U8x3,
};

use crate::error::MotionError;

/// A part of a picture, in its pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Part {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// The part of `picture` that has exactly the ratio of `frame` and lies in the middle.
pub(crate) fn covered(picture: Size, frame: Size) -> Part {
    let (width, height) = (f64::from(picture.width), f64::from(picture.height));
    let ratio = f64::from(frame.width) / f64::from(frame.height);
    let used_width = width.min(height * ratio);
    let used_height = height.min(width / ratio);
    Part {
        left: (width - used_width) / 2.0,
        top: (height - used_height) / 2.0,
        width: used_width,
        height: used_height,
    }
}

/// The middle of `picture` that has the ratio of `frame`, resampled to `target` pixels.
///
/// # Errors
/// When the picture's bytes do not match its size.
pub(crate) fn fitted(picture: &Picture, frame: Size, target: Size) -> Result<Picture, MotionError> {
    let failed = |reason: &dyn std::fmt::Display| MotionError::Resize(reason.to_string());
    // Typed: the untyped call would compile the resizer for every kind of pixel.
    let source: TypedImageRef<'_, U8x3> =
        TypedImageRef::from_buffer(picture.size.width, picture.size.height, &picture.rgb)
            .map_err(|error| failed(&error))?;
    let mut rgb = vec![0; target.width as usize * target.height as usize * 3];
    let mut output: TypedImage<'_, U8x3> =
        TypedImage::from_buffer(target.width, target.height, &mut rgb).map_err(|error| failed(&error))?;
    let part = covered(picture.size, frame);
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
        .crop(part.left, part.top, part.width, part.height);
    Resizer::new()
        .resize_typed(&source, &mut output, &options)
        .map_err(|error| failed(&error))?;
    Ok(Picture { size: target, rgb })
}
