use domain::failure::Code;

use crate::error::PictureError;

/// The formats that are accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    Png,
    Jpeg,
    Webp,
}

/// Bytes that [`Format::sniff`] needs.
pub(crate) const SNIFFED: usize = 12;

impl Format {
    /// Tells the format by the first bytes.
    ///
    /// # Errors
    /// [`Code::ImageFormat`] for everything else, whatever its name says.
    pub fn sniff(bytes: &[u8]) -> Result<Self, PictureError> {
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Ok(Self::Png)
        } else if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
            Ok(Self::Jpeg)
        } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            Ok(Self::Webp)
        } else {
            Err(PictureError::new(Code::ImageFormat, "is not a PNG, JPEG or WebP file"))
        }
    }

    pub fn content_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
        }
    }

    /// The usual ending of a file's name, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Webp => "webp",
        }
    }
}
