//! What a form's headers say.

/// Bytes of a boundary (RFC 2046).
const LONGEST_BOUNDARY: usize = 70;

/// One part, by its header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) name: Vec<u8>,
    pub(super) is_file: bool,
}

/// The boundary of a content type. `None`: it is not that of a form. `Some(None)`: it is, and has no fit boundary.
pub fn boundary(content_type: &str) -> Option<Option<String>> {
    let (kind, rest) = content_type.split_once(';').unwrap_or((content_type, ""));
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let found = parameter(rest.as_bytes(), b"boundary").and_then(|text| String::from_utf8(text).ok());
    Some(found.filter(|text| (1..=LONGEST_BOUNDARY).contains(&text.len())))
}

/// Reads a part's header. `None`: it names nothing.
pub(super) fn part(header: &[u8]) -> Option<Part> {
    let mut found = None;
    for line in header.split(|byte| *byte == b'\n') {
        let line = line.trim_ascii();
        let colon = line.iter().position(|byte| *byte == b':')?;
        let (name, value) = line.split_at_checked(colon)?;
        if name.trim_ascii().eq_ignore_ascii_case(b"content-disposition") {
            let rest = value.get(1..).unwrap_or_default();
            let is_file = parameter(rest, b"filename").is_some() || parameter(rest, b"filename*").is_some();
            let name = parameter(rest, b"name")?;
            found = Some(Part { name, is_file });
        }
    }
    found
}

/// The value of one parameter among `; name="value"; other=token`.
fn parameter(text: &[u8], wanted: &[u8]) -> Option<Vec<u8>> {
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest
            .iter()
            .position(|byte| matches!(byte, b';' | b'='))
            .unwrap_or(rest.len());
        let (name, behind) = rest.split_at_checked(end)?;
        let Some(behind) = behind.strip_prefix(b"=") else {
            rest = behind.get(1..).unwrap_or_default();
            continue;
        };
        let (value, behind) = value(behind);
        if name.trim_ascii().eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
        rest = behind;
    }
    None
}

/// A quoted text or a token, and what comes behind it.
fn value(text: &[u8]) -> (Vec<u8>, &[u8]) {
    let text = text.trim_ascii_start();
    let Some(quoted) = text.strip_prefix(b"\"") else {
        let end = text.iter().position(|byte| *byte == b';').unwrap_or(text.len());
        let (token, behind) = text.split_at_checked(end).unwrap_or((text, &[]));
        return (token.trim_ascii().to_vec(), behind);
    };
    let mut value = Vec::new();
    let mut bytes = quoted.iter().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => return (value, quoted.get(at + 1..).unwrap_or_default()),
            b'\\' => value.extend(bytes.next().map(|(_, byte)| *byte)),
            byte => value.push(*byte),
        }
    }
    (value, &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boundaries_are_read_as_clients_write_them() {
        let found = |text: &str| boundary(text).map(|boundary| boundary.unwrap_or_default());
        assert_eq!(found("multipart/form-data; boundary=abc").as_deref(), Some("abc"));
        assert_eq!(
            found("Multipart/Form-Data;charset=utf-8; Boundary=\"a b\"").as_deref(),
            Some("a b")
        );
        assert_eq!(found("multipart/form-data").as_deref(), Some(""));
        assert_eq!(found("multipart/form-data; boundary=").as_deref(), Some(""));
        assert_eq!(found("application/json; boundary=abc"), None);
    }

    #[test]
    fn parts_are_told_by_name_and_file_name() {
        let read = |text: &str| part(text.as_bytes()).map(|part| (String::from_utf8(part.name).unwrap(), part.is_file));
        let plain = "Content-Disposition: form-data; name=\"input_reference[image_url]\"";
        assert_eq!(read(plain), Some(("input_reference[image_url]".to_owned(), false)));
        let file = "content-type: image/png\r\nCONTENT-DISPOSITION: form-data; name=a; filename=\"x;\\\"y.png\"";
        assert_eq!(read(file), Some(("a".to_owned(), true)));
        assert_eq!(read("Content-Disposition: form-data; filename=\"name=b\""), None);
        assert_eq!(read("no colon"), None);
        assert_eq!(read(""), None);
    }
}
