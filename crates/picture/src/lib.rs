//! Untrusted bytes to an upright, bounded, opaque sRGB picture: PNG, JPEG and WebP, told apart by their first
//! bytes and never by a name or a declared type. Every limit is checked on the header, before anything is
//! decoded.

mod colour;
mod decode;
mod error;
pub mod fit;
mod format;
mod jpeg;
mod limits;
mod probe;

pub use decode::{decode, decode_mark};
pub use error::PictureError;
pub use format::Format;
pub use limits::{MOST_BYTES, MOST_PIXELS, check_ratio};
pub use probe::{Probe, Role, probe};
