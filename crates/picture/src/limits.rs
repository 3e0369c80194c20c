//! What a picture may be.

use domain::{failure::Code, media::Size};

use crate::error::PictureError;

/// Length of the file.
pub const MOST_BYTES: u64 = 50_000_000;

/// Width times height.
pub const MOST_PIXELS: u64 = 64_000_000;

/// What a decoder may allocate at once: 64 megapixels of four 16-bit channels, and room for its tables.
pub(crate) const MOST_ALLOCATED: u64 = 576 << 20;

/// The longer side is at most so many times the shorter one.
const STEEPEST: u64 = 4;

pub(crate) fn check_bytes(length: u64) -> Result<(), PictureError> {
    if length > MOST_BYTES {
        return Err(PictureError::new(Code::ImageTooLarge, "is larger than 50 MB"));
    }
    Ok(())
}

pub(crate) fn check_size(size: Size) -> Result<(), PictureError> {
    if u64::from(size.width) * u64::from(size.height) > MOST_PIXELS {
        return Err(PictureError::new(
            Code::ImageTooManyPixels,
            format!("has {}x{} pixels, more than 64 megapixels", size.width, size.height),
        ));
    }
    Ok(())
}

/// Whether the sides' ratio lies from 1:4 to 4:1, both included.
///
/// # Errors
/// [`Code::ImageRatio`]; for a side of zero too.
pub fn check_ratio(size: Size) -> Result<(), PictureError> {
    let (width, height) = (u64::from(size.width), u64::from(size.height));
    let within = width <= STEEPEST * height && height <= STEEPEST * width && width > 0;
    if within {
        Ok(())
    } else {
        Err(PictureError::new(
            Code::ImageRatio,
            format!("has a ratio of {}:{}, outside 1:4 to 4:1", size.width, size.height),
        ))
    }
}
