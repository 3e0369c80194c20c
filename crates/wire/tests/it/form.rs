//! Forms, in pieces of every size.

use proptest::{collection::vec, prelude::*};
use serde_json::Value;
use wire::{
    form::{Form, boundary},
    inline::{Extractor, Limits, MemorySink},
};

fn json_of(form: &[u8], piece: usize) -> Option<Vec<u8>> {
    let mut parser = Form::new("xYz");
    let mut json = Vec::new();
    for piece in form.chunks(piece) {
        parser.push(piece, &mut json).ok()?;
    }
    parser.finish(&mut json).ok()?;
    Some(json)
}

/// The text fields, and the files' bytes.
fn read(form: &[u8], piece: usize) -> Option<(Value, Vec<Vec<u8>>)> {
    let mut extractor = Extractor::new(7, Limits::default(), MemorySink::default());
    extractor.push(&json_of(form, piece)?).ok()?;
    let extracted = extractor.finish().ok()?;
    Some((serde_json::from_slice(&extracted.body).ok()?, extracted.sink.pictures))
}

fn part(name: &str, file: bool, content: &[u8]) -> Vec<u8> {
    let file = if file {
        "; filename=\"a.png\"\r\nContent-Type: image/png"
    } else {
        ""
    };
    let mut part = format!("--xYz\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").into_bytes();
    part.extend_from_slice(content);
    part.extend_from_slice(b"\r\n");
    part
}

proptest! {
    #[test]
    fn whatever_is_written_is_read(
        text in "(?s).{0,40}",
        file in vec(any::<u8>(), 1..400),
        piece in 1_usize..50,
    ) {
        prop_assume!(!text.contains("--xYz"));
        let mut form = part("prompt", false, text.as_bytes());
        form.extend(part("input_reference", true, &file));
        form.extend(b"--xYz--\r\n");
        let (fields, files) = read(&form, piece).unwrap();
        prop_assert_eq!(fields["prompt"].as_str(), Some(text.as_str()));
        prop_assert_eq!(&files, &[file]);
    }

    #[test]
    fn no_bytes_do_harm(bytes in vec(prop_oneof![Just(b'-'), Just(b'\r'), Just(b'\n'), Just(b'x'), any::<u8>()], 0..300), piece in 1_usize..50) {
        let mut form = b"--xYz\r\n".to_vec();
        form.extend(bytes);
        let whole = json_of(&form, form.len());
        prop_assert_eq!(json_of(&form, piece), whole);
    }
}

#[test]
fn almost_boundaries_belong_to_the_content() {
    let content = b"\r\n--xY\r\n--xyz\r\n-\r\n--x";
    let mut form = b"preamble\r\n".to_vec();
    form.extend(part("a", false, content));
    form.extend(part("b", true, content));
    form.extend(part("c", false, b""));
    form.extend(b"--xYz-- epilogue");
    for piece in [1, 2, 3, 7, 1000] {
        let (fields, files) = read(&form, piece).unwrap();
        assert_eq!(fields["a"].as_str().map(str::as_bytes), Some(&content[..]));
        assert_eq!(fields["c"], "");
        assert_eq!(files, [content]);
    }
}

#[test]
fn what_is_no_form_is_refused() {
    for form in [
        "",
        "--xYz",
        "--xYz\r\n",
        "--xYz\r\n\r\n\r\n--xYz--",
        "--xYz\r\nContent-Disposition: form-data; name=a\r\n\r\nb",
        "--xYzq",
    ] {
        assert_eq!(json_of(form.as_bytes(), 3), None, "{form}");
    }
    let long = format!("--xYz\r\nX: {}", "y".repeat(10_000));
    assert_eq!(json_of(long.as_bytes(), 100), None);
    assert_eq!(json_of(b"--xYz--", 1).as_deref(), Some(&b"{}"[..]));
    assert_eq!(
        boundary("multipart/form-data; boundary=xYz"),
        Some(Some("xYz".to_owned()))
    );
}
