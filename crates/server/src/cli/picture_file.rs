//! Pictures named on the command line.

use std::{fs, path::Path};

use anyhow::{Context, bail};
use base64::{Engine, engine::general_purpose::STANDARD};

const MOST_BYTES: u64 = 50 * 1024 * 1024;

/// Reads a picture's bytes.
///
/// # Errors
/// When it cannot be read, or is too large to be one.
pub(super) fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let name = path.display();
    let length = fs::metadata(path).with_context(|| format!("cannot read {name}"))?.len();
    if length > MOST_BYTES {
        bail!("{name} has more than {MOST_BYTES} bytes");
    }
    fs::read(path).with_context(|| format!("cannot read {name}"))
}

/// What to send for a picture: an http(s) URL as it is, a file as a data URI.
///
/// # Errors
/// When the file cannot be read, or is no PNG, JPEG or WebP.
pub(super) fn to_send(path: &Path) -> anyhow::Result<String> {
    if let Some(text) = path.to_str()
        && (text.starts_with("http://") || text.starts_with("https://"))
    {
        return Ok(text.to_owned());
    }
    let bytes = read(path)?;
    let Some(media_type) = media_type(&bytes) else {
        bail!("{} is not a PNG, JPEG or WebP picture", path.display());
    };
    Ok(format!("data:{media_type};base64,{}", STANDARD.encode(&bytes)))
}

fn media_type(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some("image/png")
    } else if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        Some("image/jpeg")
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some("image/webp")
    } else {
        None
    }
}
