//! What must hold whatever a client sends. The fuzz targets call these with bytes of their own making; an ordinary
//! test of crate `wire` calls them with the seeds that are kept beside this file.

use domain::{
    callback::{CallbackBody, Posting},
    catalog::Catalog,
    draft::{Draft, DraftImage, Faults},
};
use wire::{
    form::Form,
    inline::{Extractor, Limits, MemorySink, References},
    jiekou, modelverse, openai, vidu,
};

const NONCE: u128 = 7;
/// The first byte chooses where the input is cut in pieces.
const PIECES: [usize; 4] = [1, 7, 64, usize::MAX];

pub(crate) fn modelverse(input: &[u8]) {
    body(input, modelverse::submit::draft, |faults| {
        modelverse::error::faults(faults, "").0
    });
}

pub(crate) fn jiekou(input: &[u8]) {
    let (first, input) = input.split_first().unwrap_or((&0, &[]));
    let routes = jiekou::route::ROUTES;
    let route = routes[usize::from(*first) % routes.len()];
    let read = |body: &[u8], references: &References| match first {
        &u8::MAX => jiekou::unified::draft(body, references),
        _ => jiekou::submit::draft(body, route, references),
    };
    body(input, read, |faults| jiekou::error::faults(faults, "").0);
}

pub(crate) fn vidu(input: &[u8]) {
    let (first, input) = input.split_first().unwrap_or((&0, &[]));
    let endpoints = vidu::endpoint::Endpoint::ALL;
    let endpoint = endpoints[usize::from(*first) % endpoints.len()];
    let read = |body: &[u8], references: &References| vidu::submit::draft(body, endpoint, references);
    body(input, read, |faults| vidu::error::faults(faults, "").0);
}

pub(crate) fn openai(input: &[u8]) {
    body(input, openai::submit::draft, |faults| {
        openai::error::faults(faults, "").0
    });
}

/// A form is read alike however it is cut in pieces, and what comes out is one JSON object.
pub(crate) fn form(input: &[u8]) {
    let mut form = b"--x\r\n".to_vec();
    form.extend_from_slice(input);
    let [whole, small] = [usize::MAX, 3].map(|piece| {
        let mut parser = Form::new("x");
        let mut json = Vec::new();
        let pushed = form.chunks(piece).try_for_each(|piece| parser.push(piece, &mut json));
        pushed.and_then(|()| parser.finish(&mut json)).ok().map(|()| json)
    });
    assert_eq!(whole, small);
    if let Some(json) = whole {
        assert!(json.starts_with(b"{") && json.ends_with(b"}"));
        openai(&[&[0], json.as_slice()].concat());
    }
}

/// A picture within JSON gives the same bytes however it is cut in pieces.
pub(crate) fn data_uri(input: &[u8]) {
    let mut body = b"{\"images\":[\"data:image/png;base64,".to_vec();
    body.extend_from_slice(input);
    body.extend_from_slice(b"\"]}");
    let [whole, small] = [usize::MAX, 5].map(|piece| extracted(&body, piece));
    assert_eq!(whole.is_some(), small.is_some());
    if let (Some(whole), Some(small)) = (whole, small) {
        assert_eq!(whole.0, small.0);
        assert_eq!(whole.2, small.2);
    }
}

/// Whatever an address holds, the text that is signed for it has its seven lines.
pub(crate) fn callback_url(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let draft = Draft {
        model: Some("viduq2-pro".to_owned()),
        images: Some(vec![DraftImage::Url("https://a.example/b.png".to_owned())]),
        webhook: Some(text.to_owned()),
        ..Draft::default()
    };
    let Ok(resolved) = draft.resolve(&catalog(), 1) else {
        return;
    };
    let Some(webhook) = resolved.request.webhook else {
        return;
    };
    let callback = vidu::callback::Callback;
    let posting = Posting {
        url: &webhook.url,
        date: "Tue, 19 Jan 2021 11:33:20 GMT",
        nonce: "abc",
    };
    let Some(signing) = callback.signing(&posting) else {
        return;
    };
    assert_eq!(
        signing.text.bytes().filter(|byte| *byte == b'\n').count(),
        7,
        "{}",
        signing.text
    );
}

fn catalog() -> Catalog {
    Catalog::builtin().unwrap_or_else(|error| unreachable!("the catalog is tested: {error}"))
}

fn extracted(body: &[u8], piece: usize) -> Option<(Vec<u8>, References, Vec<Vec<u8>>)> {
    let mut extractor = Extractor::new(NONCE, Limits::default(), MemorySink::default());
    for piece in body.chunks(piece) {
        extractor.push(piece).ok()?;
    }
    let extracted = extractor.finish().ok()?;
    Some((extracted.body, extracted.references, extracted.sink.pictures))
}

/// A body is taken or refused, and a refusal is the client's fault.
fn body(input: &[u8], read: impl Fn(&[u8], &References) -> Result<Draft, Faults>, status: impl Fn(&Faults) -> u16) {
    let (first, input) = input.split_first().unwrap_or((&0, &[]));
    let piece = PIECES[usize::from(*first) % PIECES.len()];
    let Some((text, references, pictures)) = extracted(input, piece) else {
        return;
    };
    assert_eq!(references.count(), pictures.len());
    let resolved = read(&text, &references).and_then(|draft| draft.resolve(&catalog(), 1));
    match resolved {
        Ok(resolved) => assert!(!resolved.request.images.is_empty()),
        Err(faults) => {
            assert!(!faults.0.is_empty());
            assert!((400..500).contains(&status(&faults)), "{faults}");
        }
    }
}
