//! Which part of a file a client wants: RFC 9110, parts 13 and 14.

use std::ops::Range;

use axum::http::{HeaderMap, header};

/// What a file is compared with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Representation<'a> {
    pub(crate) size: u64,
    /// Strong, with its quotes.
    pub(crate) etag: &'a str,
    /// As in `Last-Modified`.
    pub(crate) modified: &'a str,
}

/// What is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wanted {
    Whole,
    Part(Range<u64>),
    /// The client has it already.
    NotModified,
    /// It wants what lies beyond the end.
    Unsatisfiable,
}

/// Reads the conditions and the range of a request.
pub(crate) fn wanted(headers: &HeaderMap, file: Representation<'_>) -> Wanted {
    if is_known_to_client(headers, file) {
        return Wanted::NotModified;
    }
    let Some(range) = header_text(headers, header::RANGE) else {
        return Wanted::Whole;
    };
    // A strong comparison: a weak tag never equals ours.
    let holds = |condition: &str| condition == file.etag || condition == file.modified;
    if header_text(headers, header::IF_RANGE).is_some_and(|condition| !holds(condition)) {
        return Wanted::Whole;
    }
    part(range, file.size)
}

fn is_known_to_client(headers: &HeaderMap, file: Representation<'_>) -> bool {
    if let Some(tags) = header_text(headers, header::IF_NONE_MATCH) {
        let mut tags = tags.split(',').map(str::trim);
        return tags.any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == file.etag);
    }
    header_text(headers, header::IF_MODIFIED_SINCE) == Some(file.modified)
}

/// One range of bytes. What is malformed, in another unit, or several ranges at once is answered with the
/// whole file, as the standard allows.
fn part(range: &str, size: u64) -> Wanted {
    let Some(range) = range.trim().strip_prefix("bytes=") else {
        return Wanted::Whole;
    };
    let Some((first, last)) = range.trim().split_once('-') else {
        return Wanted::Whole;
    };
    match (number(first), number(last)) {
        (Some(first), None) if last.trim().is_empty() => bounded(first, size, size),
        (Some(first), Some(last)) if first <= last => bounded(first, last.saturating_add(1), size),
        (None, Some(length)) if first.trim().is_empty() => {
            if length == 0 {
                return Wanted::Unsatisfiable;
            }
            bounded(size.saturating_sub(length), size, size)
        }
        _ => Wanted::Whole,
    }
}

fn bounded(first: u64, end: u64, size: u64) -> Wanted {
    if first >= size {
        Wanted::Unsatisfiable
    } else {
        Wanted::Part(first..end.min(size))
    }
}

fn number(text: &str) -> Option<u64> {
    let text = text.trim();
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())?
}

fn header_text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    const FILE: Representation<'static> = Representation {
        size: 100,
        etag: "\"a\"",
        modified: "Fri, 20 Nov 2026 10:00:00 GMT",
    };

    fn asked(pairs: &[(HeaderName, &'static str)]) -> Wanted {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(name, HeaderValue::from_static(value));
        }
        wanted(&headers, FILE)
    }

    #[test]
    fn one_range_of_bytes_is_cut_to_the_file() {
        let table = [
            ("bytes=0-0", Wanted::Part(0..1)),
            ("bytes=10-19", Wanted::Part(10..20)),
            ("bytes=90-", Wanted::Part(90..100)),
            ("bytes=-10", Wanted::Part(90..100)),
            ("bytes=-1000", Wanted::Part(0..100)),
            ("bytes=99-18446744073709551615", Wanted::Part(99..100)),
            ("bytes=100-", Wanted::Unsatisfiable),
            ("bytes=-0", Wanted::Unsatisfiable),
            ("bytes=5-4", Wanted::Whole),
            ("bytes=0-1,5-6", Wanted::Whole),
            ("lines=0-1", Wanted::Whole),
            ("bytes=a-b", Wanted::Whole),
            ("bytes=-", Wanted::Whole),
        ];
        for (range, expected) in table {
            assert_eq!(asked(&[(header::RANGE, range)]), expected, "{range}");
        }
        assert_eq!(asked(&[]), Wanted::Whole);
    }

    #[test]
    fn a_range_of_another_version_gets_the_whole_file() {
        let range = (header::RANGE, "bytes=0-0");
        assert_eq!(asked(&[range.clone(), (header::IF_RANGE, "\"a\"")]), Wanted::Part(0..1));
        assert_eq!(
            asked(&[range.clone(), (header::IF_RANGE, FILE.modified)]),
            Wanted::Part(0..1)
        );
        assert_eq!(asked(&[range.clone(), (header::IF_RANGE, "\"b\"")]), Wanted::Whole);
        assert_eq!(asked(&[range, (header::IF_RANGE, "W/\"a\"")]), Wanted::Whole);
    }

    #[test]
    fn what_the_client_has_is_not_sent_again() {
        assert_eq!(asked(&[(header::IF_NONE_MATCH, "\"b\", W/\"a\"")]), Wanted::NotModified);
        assert_eq!(asked(&[(header::IF_NONE_MATCH, "*")]), Wanted::NotModified);
        assert_eq!(
            asked(&[(header::IF_MODIFIED_SINCE, FILE.modified)]),
            Wanted::NotModified
        );
        let both = [
            (header::IF_NONE_MATCH, "\"b\""),
            (header::IF_MODIFIED_SINCE, FILE.modified),
        ];
        assert_eq!(asked(&both), Wanted::Whole);
    }
}
