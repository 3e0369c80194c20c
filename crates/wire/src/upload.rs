//! Pictures that were uploaded before: `ssupload:?id=<number>` wherever a picture is expected.

use domain::request::UploadId;

const SCHEME: &str = "ssupload:";

pub(crate) const PROBLEM: &str = "must be an upload's URI as the finished upload gave it: ssupload:?id=<number>";

/// Reads a picture's text. `None`: it names no upload. `Some(None)`: it would, and is malformed.
pub(crate) fn read(text: &str) -> Option<Option<UploadId>> {
    let rest = text.trim().strip_prefix(SCHEME)?;
    Some(rest.strip_prefix("?id=").and_then(parse))
}

/// Reads an upload's number.
pub fn parse(text: &str) -> Option<UploadId> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok().map(UploadId)).flatten()
}

/// What stands for the upload among a request's pictures.
pub fn uri(id: UploadId) -> String {
    format!("{SCHEME}?id={}", id.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for number in [0, 1, u64::MAX] {
            assert_eq!(read(&uri(UploadId(number))), Some(Some(UploadId(number))));
        }
        for text in [
            "ssupload:",
            "ssupload:?id=",
            "ssupload:?id=-1",
            "ssupload:?id=18446744073709551616",
            "ssupload:x",
        ] {
            assert_eq!(read(text), Some(None), "{text}");
        }
        assert_eq!(read("https://a.example/ssupload:?id=1"), None);
    }
}
