//! What stands before the comma of a data URI (RFC 2397).

use domain::failure::Code;

use super::references::Problem;

/// A header longer than this is no picture's.
pub(super) const LONGEST: usize = 256;

const SCHEME: &str = "data:";
const TYPES: [&str; 6] = [
    "image/png",
    "image/jpeg",
    "image/jpg",
    "image/webp",
    "application/octet-stream",
    "binary/octet-stream",
];

/// How the base64 of a png, a jpeg and a webp begins: some clients send it without a header.
const BARE: [&[u8]; 3] = [b"iVBORw0KGgo", b"/9j/", b"UklGR"];

/// Whether a string that begins so is a picture without a header.
pub(super) fn is_bare(text: &[u8]) -> bool {
    BARE.contains(&text)
}

/// Whether a string that begins so may still turn out to be a data URI.
pub(super) fn may_begin(text: &[u8]) -> bool {
    if BARE.iter().any(|bare| bare.starts_with(text)) {
        return true;
    }
    let text = text.trim_ascii_start();
    text.len() <= LONGEST
        && text
            .iter()
            .zip(SCHEME.as_bytes())
            .all(|(byte, expected)| byte.eq_ignore_ascii_case(expected))
}

/// Reads all up to the comma. `None`: it is no base64 data URI, so the string is ordinary text. Otherwise
/// what is wrong with its type.
pub(super) fn read(text: &[u8]) -> Option<Option<Problem>> {
    let text = str::from_utf8(text).ok()?.trim_ascii_start();
    let (scheme, rest) = text.split_at_checked(SCHEME.len())?;
    if !scheme.eq_ignore_ascii_case(SCHEME) {
        return None;
    }
    let mut parts = rest.split(';').map(str::trim_ascii);
    let media_type = parts.next()?;
    if !parts.next_back()?.eq_ignore_ascii_case("base64") {
        return None;
    }
    let known = TYPES.iter().any(|known| known.eq_ignore_ascii_case(media_type));
    Some((!known).then(|| Problem::new(Code::ImageFormat, "must be a png, jpeg or webp picture")))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn only_base64_makes_it_a_picture() {
        for text in [
            "data:image/png;base64",
            " DATA:image/JPEG; Base64",
            "data:image/webp;name=a.webp;base64",
        ] {
            assert_eq!(read(text.as_bytes()), Some(None), "{text}");
        }
        for text in [
            "data:image/png;base65",
            "data:image/png",
            "data:",
            "data: flow",
            "date:image/png;base64",
            "dataé",
        ] {
            assert_eq!(read(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn other_types_are_pictures_that_are_refused() {
        for text in [
            "data:image/gif;base64",
            "data:image/svg+xml;base64",
            "data:;base64",
            "data:text/html;base64",
        ] {
            assert!(matches!(read(text.as_bytes()), Some(Some(_))), "{text}");
        }
    }
}
