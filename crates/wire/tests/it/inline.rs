//! Cutting pictures out of bodies, through the door.
#![expect(clippy::expect_used, reason = "a helper that cannot do its part must fail its test")]

use domain::{
    draft::{DraftImage, Field},
    failure::Code,
};
use serde_json::{Value, json};
use wire::inline::{ExtractError, Extracted, Extractor, Limits, MemorySink, References};

const NONCE: u128 = 0x00c0_ffee_0000_0000_0000_0000_0000_0001;

fn extract_with(body: &[u8], limits: Limits) -> Result<Extracted<MemorySink>, ExtractError> {
    let mut extractor = Extractor::new(NONCE, limits, MemorySink::default());
    extractor.push(body)?;
    extractor.finish()
}

fn extract(body: &str) -> Result<Extracted<MemorySink>, ExtractError> {
    extract_with(body.as_bytes(), Limits::default())
}

/// The pictures, and the faults of a request whose pictures they are.
fn images(body: &str) -> (Vec<Vec<u8>>, Vec<(Field, Code)>) {
    let cut = extract(body).expect("the text is whole");
    let draft = wire::kinora::submit::draft(&cut.body, &cut.references).expect("the text is JSON");
    let faults = draft.faults.iter().map(|fault| (fault.field, fault.code)).collect();
    (cut.sink.pictures, faults)
}

fn one(uri: &str) -> String {
    format!(r#"{{"images":["{uri}"]}}"#)
}

fn refusal(result: Result<Extracted<MemorySink>, ExtractError>) -> (Field, Code) {
    let fault = result
        .expect_err("refused")
        .into_faults()
        .expect("not the sink")
        .0
        .remove(0);
    (fault.field, fault.code)
}

#[test]
fn a_picture_is_replaced_by_a_short_reference() {
    let cut = extract(r#"{"images":["data:image/png;base64,QUJD","https://a.example/b.png"],"prompt":"x"}"#).unwrap();
    let reduced: Value = serde_json::from_slice(&cut.body).unwrap();
    let reference = "kinora-inline:00c0ffee000000000000000000000001/0";
    assert_eq!(
        reduced,
        json!({"images": [reference, "https://a.example/b.png"], "prompt": "x"})
    );
    assert_eq!((cut.sink.pictures, cut.references.count()), (vec![b"ABC".to_vec()], 1));
    let draft = wire::kinora::submit::draft(&cut.body, &cut.references).unwrap();
    let url = DraftImage::Url("https://a.example/b.png".to_owned());
    assert_eq!(draft.images, Some(vec![DraftImage::Inline(0), url]));
}

#[test]
fn every_tolerated_spelling_decodes() {
    for uri in [
        "data:image/png;base64,QUJD",
        "DATA:image/JPEG;BASE64,QUJD",
        "data:image\\/webp;base64,QUJD",
        "\\u0064ata:image/jpg;base64\\u002cQ\\u0055JD",
        "data:image/png;charset=x;base64,QU\\nJ\\r\\n D",
        " \\n data:image/png; base64,QUJD",
        "data:application/octet-stream;base64,QUJD",
    ] {
        assert_eq!(images(&one(uri)), (vec![b"ABC".to_vec()], vec![]), "{uri}");
    }
    for (uri, bytes) in [
        ("+\\/8", "\u{fb}\u{ff}"),
        ("-_8", "\u{fb}\u{ff}"),
        ("\\u002b/8=", "\u{fb}\u{ff}"),
        ("QQ", "A"),
    ] {
        let bytes: Vec<u8> = bytes.chars().map(|byte| byte as u8).collect();
        assert_eq!(
            images(&one(&format!("data:image/png;base64,{uri}"))),
            (vec![bytes], vec![]),
            "{uri}"
        );
    }
}

#[test]
fn faulty_pictures_are_faults_of_their_field() {
    let long = "A".repeat(100_000);
    for uri in [
        "data:image/png;base64,",
        "data:image/png;base64,Q",
        "data:image/png;base64,QU*D",
        "data:image/png;base64,QUJD=",
        "data:image/png;base64,QUJD\\u4f60",
        "data:image/png;base64,QUJD你",
        "data:image/png;base64,%2BUJD",
        "data:image/gif;base64,QUJD",
        "data:image/svg+xml;base64,QUJD",
        "data:text/html;base64,QUJD",
        "data:;base64,QUJD",
        "data:image/png,QUJD",
        "data:,",
        "data:",
        &format!("data:image/png;base64,{long}!{long}"),
        &format!("data:image/png;{long};base64,QUJD"),
    ] {
        let (_, faults) = images(&one(uri));
        assert_eq!(faults, [(Field::Image(0), Code::ImageFormat)], "{uri:.60}");
    }
}

#[test]
fn the_good_pictures_of_a_body_keep_their_numbers() {
    let body = r#"{"images":["data:image/png;base64,QQ","data:image/gif;base64,QQ","data:image/png;base64,!","data:image/png;base64,Qg"]}"#;
    let (pictures, faults) = images(body);
    assert_eq!(pictures.len(), 4);
    assert_eq!((&pictures[0], &pictures[3]), (&b"A".to_vec(), &b"B".to_vec()));
    assert_eq!(
        faults,
        [
            (Field::Image(1), Code::ImageFormat),
            (Field::Image(2), Code::ImageFormat)
        ]
    );
}

#[test]
fn keys_are_never_pictures() {
    let body = r#"{"data:image/png;base64,QUJD":{"data:image/png;base64,QUJD":1},"x":["data:image/png;base64,QUJD"]}"#;
    let cut = extract(body).unwrap();
    assert_eq!(cut.references.count(), 1);
    assert_eq!(cut.body.windows(5).filter(|window| window == b"data:").count(), 2);
}

#[test]
fn a_prompt_may_begin_with_data_but_not_be_a_picture() {
    let prompt = |text: &str| {
        let cut = extract(&format!(r#"{{"prompt":"{text}"}}"#)).unwrap();
        wire::kinora::submit::draft(&cut.body, &cut.references).unwrap()
    };
    for text in [
        "data: a flow, of numbers",
        "data:",
        "date",
        "",
        "d",
        "data:image/png, base64",
    ] {
        assert_eq!(prompt(text).prompt.as_deref(), Some(text));
    }
    let draft = prompt("data:image/png;base64,QUJD");
    assert_eq!((draft.prompt, draft.faults[0].field), (None, Field::Prompt));
}

#[test]
fn a_reference_that_the_client_wrote_is_only_text() {
    let forged = |number: &str| format!("kinora-inline:{NONCE:032x}/{number}");
    // Even the right nonce refers to nothing when no such picture was sent.
    for text in [forged("0"), forged("1"), "kinora-inline:0/0".to_owned()] {
        let cut = extract(&format!(r#"{{"images":["{text}"]}}"#)).unwrap();
        let draft = wire::kinora::submit::draft(&cut.body, &cut.references).unwrap();
        assert_eq!(draft.images, Some(vec![DraftImage::Url(text)]));
    }
    let mut other = Extractor::new(NONCE + 1, Limits::default(), MemorySink::default());
    let body = format!(
        r#"{{"images":["data:image/png;base64,QUJD","{}","{}"]}}"#,
        forged("0"),
        forged("00")
    );
    other.push(body.as_bytes()).unwrap();
    let cut = other.finish().unwrap();
    let draft = wire::kinora::submit::draft(&cut.body, &cut.references).unwrap();
    let expected = vec![
        DraftImage::Inline(0),
        DraftImage::Url(forged("0")),
        DraftImage::Url(forged("00")),
    ];
    assert_eq!(draft.images, Some(expected));
}

#[test]
fn pictures_of_unknown_fields_change_nothing() {
    let body = r#"{"mask":"data:image/png;base64,!!!","images":["data:image/png;base64,QUJD"]}"#;
    let cut = extract(body).unwrap();
    let draft = wire::kinora::submit::draft(&cut.body, &cut.references).unwrap();
    assert_eq!(draft.images, Some(vec![DraftImage::Inline(1)]));
    assert_eq!((draft.faults, draft.unknown), (vec![], vec!["mask".to_owned()]));
}

#[test]
fn too_many_and_too_large_pictures_are_refused() {
    let limits = Limits {
        pictures: 2,
        picture_bytes: 9,
        ..Limits::default()
    };
    let nine = r#"["data:image/png;base64,QUJDQUJDQUJD","data:image/png;base64,QQ"]"#;
    assert_eq!(
        extract_with(nine.as_bytes(), limits).unwrap().sink.pictures[0],
        b"ABCABCABC"
    );
    let three = format!(r#"[{nine},"data:image/png;base64,QQ"]"#);
    assert_eq!(
        refusal(extract_with(three.as_bytes(), limits)),
        (Field::Images, Code::ImageCount)
    );
    for data in ["QUJDQUJDQUJDQQ".to_owned(), "QUJD".repeat(100_000)] {
        let body = one(&format!("data:image/png;base64,{data}"));
        let cut = extract_with(body.as_bytes(), limits).unwrap();
        assert!(cut.sink.pictures[0].len() <= 9);
        let draft = wire::kinora::submit::draft(&cut.body, &cut.references).unwrap();
        assert_eq!(draft.faults[0].code, Code::ImageTooLarge);
    }
}

#[test]
fn what_is_no_picture_is_bounded() {
    let limits = Limits {
        string_bytes: 100,
        text_bytes: 400,
        values: 20,
        depth: 4,
        ..Limits::default()
    };
    let text = |length: usize| format!(r#"["{}"]"#, "x".repeat(length));
    let refuse = |body: &str| refusal(extract_with(body.as_bytes(), limits));
    assert!(extract_with(text(100).as_bytes(), limits).is_ok());
    assert!(extract_with(format!(r#"{{"{}":1}}"#, "k".repeat(100)).as_bytes(), limits).is_ok());
    assert_eq!(refuse(&text(101)), (Field::Body, Code::BodyTooLarge));
    assert_eq!(
        refuse(&format!(r#"{{"{}":1}}"#, "k".repeat(101))),
        (Field::Body, Code::BodyTooLarge)
    );
    assert_eq!(refuse(&" ".repeat(401)), (Field::Body, Code::BodyTooLarge));
    assert_eq!(
        refuse(&format!("[{}1]", "1,".repeat(20))),
        (Field::Body, Code::BodyTooLarge)
    );
    assert!(extract_with(b"[[[[1]]]]", limits).is_ok());
    assert_eq!(refuse("[[[[[1]]]]]"), (Field::Body, Code::BodyMalformed));
    // A picture may be longer than any text.
    assert!(
        extract_with(
            one(&format!("data:image/png;base64,{}", "QUJD".repeat(100))).as_bytes(),
            limits
        )
        .is_ok()
    );
}

#[test]
fn a_picture_hides_no_broken_json() {
    for body in [
        "{\"images\":[\"data:image/png;base64,QU\nJD\"]}",
        r#"{"images":["data:image/png;base64,QU\xJD"]}"#,
        r#"{"images":["data:image/png;base64,QU\u00g0JD"]}"#,
        r#"{"images":["data:image/png;base64,QUJD"#,
        r#"{"images":["data:image/png;ba"#,
        r#"{"images":["https://"#,
        r#"{"images":["data:image/png;base64,QUJD\"#,
    ] {
        assert_eq!(refusal(extract(body)), (Field::Body, Code::BodyMalformed), "{body}");
    }
    for body in [
        r#"{"images":["data:image/png;base64,QUJD"}"#,
        r#"{"images":["data:image/png;base64,QUJD""x"]}"#,
        r#"{"images":["data:image/png;base64,QUJD"]"#,
        r#"{"images" "data:image/png;base64,QUJD"}"#,
        r#"]"data:image/png;base64,QUJD""#,
    ] {
        let cut = extract(body).unwrap();
        assert!(
            wire::kinora::submit::draft(&cut.body, &cut.references).is_err(),
            "{body}"
        );
    }
}

#[test]
fn a_sinks_error_ends_the_extraction() {
    struct Full;
    impl wire::inline::InlineSink for Full {
        fn begin(&mut self, _number: u32) -> std::io::Result<()> {
            Ok(())
        }
        fn write(&mut self, _bytes: &[u8]) -> std::io::Result<()> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn end(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut extractor = Extractor::new(NONCE, Limits::default(), Full);
    let error = extractor
        .push(one("data:image/png;base64,QUJD").as_bytes())
        .unwrap_err();
    assert_eq!(error.into_faults().unwrap_err().kind(), std::io::ErrorKind::StorageFull);
}

#[test]
fn writes_are_small_however_large_the_pieces() {
    #[derive(Default)]
    struct Largest(usize, usize);
    impl wire::inline::InlineSink for Largest {
        fn begin(&mut self, _number: u32) -> std::io::Result<()> {
            Ok(())
        }
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
            (self.0, self.1) = (self.0.max(bytes.len()), self.1 + bytes.len());
            Ok(())
        }
        fn end(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let body = one(&format!(
        "data:image/png;base64,{}",
        "QU\\/D".repeat(10) + &"QUJD".repeat(1_000_000)
    ));
    let mut extractor = Extractor::new(NONCE, Limits::default(), Largest::default());
    extractor.push(body.as_bytes()).unwrap();
    let Largest(largest, total) = extractor.finish().unwrap().sink;
    assert!(largest <= 16 * 1024, "{largest}");
    assert_eq!(total, 3_000_030);
}

#[test]
fn without_the_extractor_no_string_is_a_reference() {
    let body = format!(r#"{{"images":["kinora-inline:{:032x}/0"]}}"#, 0);
    let draft = wire::kinora::submit::draft(body.as_bytes(), &References::none()).unwrap();
    assert!(matches!(draft.images.as_deref(), Some([DraftImage::Url(_)])));
}

#[test]
fn pictures_without_a_header_are_cut_out_too() {
    for (text, bytes) in [
        ("iVBORw0KGgo=", &b"\x89PNG\r\n\x1a\n"[..]),
        ("/9j/4AAQ", &b"\xff\xd8\xff\xe0\x00\x10"[..]),
        ("UklGRgA", &b"RIFF\x00"[..]),
        ("\\/9j\\/4AAQ", &b"\xff\xd8\xff\xe0\x00\x10"[..]),
    ] {
        let body = format!("{{\"image_file\": \"{text}\", \"prompt\": \"iVBOR\"}}");
        for piece in [1, 3, 100] {
            let mut extractor = Extractor::new(7, Limits::default(), MemorySink::default());
            body.as_bytes()
                .chunks(piece)
                .for_each(|piece| extractor.push(piece).unwrap());
            let cut = extractor.finish().unwrap();
            assert_eq!(cut.sink.pictures, [bytes], "{text}");
            assert!(String::from_utf8(cut.body).unwrap().contains("iVBOR\"}"), "{text}");
        }
    }
}
