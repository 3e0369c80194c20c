//! The requests that the two manuals show, and what is made of them.

use domain::{
    catalog::Operation,
    draft::DraftImage,
    places::Places,
    request::{Amplitude, Extras, GenerationRequest, ImageSource, Profile, Resolution},
};
use serde_json::{Value, json};
use wire::inline::{Extractor, Limits, MemorySink, References};

use crate::fixture::{DRAWN, jiekou, modelverse, resolve};

const PICTURE: &str = "https://pictures.example/cat.png";

fn modelverse_example(picture: &str) -> Value {
    json!({"model": "viduq2-pro",
        "input": {"first_frame_url": picture, "prompt": "make it dance."},
        "parameters": {"vidu_type": "img2video", "duration": 5, "resolution": "1080p", "movement_amplitude": "auto", "bgm": true}})
}

fn jiekou_example(picture: &str) -> Value {
    json!({"images": [picture], "prompt": "The camera slowly pushes in while snow falls", "duration": 5, "resolution": "720p",
        "movement_amplitude": "high", "seed": 42, "bgm": true, "audio": true, "voice_id": "English_Aussie_Bloke",
        "off_peak": false, "watermark": true})
}

#[test]
fn the_modelverse_manuals_request_is_understood_whole() {
    let resolved = modelverse(&modelverse_example(PICTURE)).unwrap();
    assert_eq!(resolved.warnings, []);
    assert_eq!(
        resolved.request,
        GenerationRequest {
            model: "viduq2-pro".to_owned(),
            engine: "motion".to_owned(),
            profile: Profile::Pro,
            images: vec![ImageSource::Url(PICTURE.parse().unwrap())],
            prompt: "make it dance.".to_owned(),
            duration: 5,
            resolution: Resolution::P1080,
            amplitude: Amplitude::Auto,
            seed: DRAWN,
            bgm: true,
            audio: false,
            voice: None,
            watermark: false,
            off_peak: false,
            webhook: None,
            payload: None,
            extras: Extras {
                places: Places::Ends,
                ..Extras::default()
            },
        }
    );
}

#[test]
fn the_jiekou_manuals_request_is_understood_whole() {
    let resolved = jiekou("vidu-q2-pro-fast-img2video", &jiekou_example(PICTURE)).unwrap();
    assert_eq!(resolved.warnings, []);
    assert_eq!(
        resolved.request,
        GenerationRequest {
            model: "viduq2-pro-fast".to_owned(),
            engine: "motion".to_owned(),
            profile: Profile::Fast,
            images: vec![ImageSource::Url(PICTURE.parse().unwrap())],
            prompt: "The camera slowly pushes in while snow falls".to_owned(),
            duration: 5,
            resolution: Resolution::P720,
            amplitude: Amplitude::Large,
            seed: 42,
            bgm: true,
            audio: true,
            voice: Some("English_Aussie_Bloke".to_owned()),
            watermark: true,
            off_peak: false,
            webhook: None,
            payload: None,
            extras: Extras {
                amplitude_word: Some("high".to_owned()),
                ..Extras::default()
            },
        }
    );
}

#[test]
fn the_examples_with_a_data_uri_become_inline_pictures() {
    let uri = "data:image/jpeg;base64,/9j/4AAQSkZJRg==";
    for (dialect, body) in [("modelverse", modelverse_example(uri)), ("jiekou", jiekou_example(uri))] {
        let mut extractor = Extractor::new(7, Limits::default(), MemorySink::default());
        extractor.push(body.to_string().as_bytes()).unwrap();
        let cut = extractor.finish().unwrap();
        assert_eq!(cut.sink.pictures, [b"\xff\xd8\xff\xe0\0\x10JFIF"], "{dialect}");
        let draft = match dialect {
            "modelverse" => wire::modelverse::submit::draft(&cut.body, &cut.references),
            _ => wire::jiekou::submit::draft(&cut.body, wire::jiekou::route::ROUTES[0], &cut.references),
        };
        assert_eq!(
            resolve(draft.unwrap()).unwrap().request.images,
            [ImageSource::Inline(0)],
            "{dialect}"
        );
    }
}

#[test]
fn modelverse_takes_a_first_and_a_last_frame() {
    let body = json!({"model": "viduq2-turbo",
        "input": {"first_frame_url": PICTURE, "last_frame_url": "https://pictures.example/dog.png"},
        "parameters": {"vidu_type": "start-end2video", "duration": 8}});
    let draft = wire::modelverse::submit::draft(body.to_string().as_bytes(), &References::none()).unwrap();
    assert_eq!(draft.operation, Operation::StartEndToVideo);
    let last = DraftImage::Url("https://pictures.example/dog.png".to_owned());
    assert_eq!(draft.images, Some(vec![DraftImage::Url(PICTURE.to_owned()), last]));
    assert_eq!(resolve(draft).unwrap().request.duration, 8);
}

#[test]
fn the_client_types_write_what_the_readers_read() {
    use wire::modelverse::submit::{Input, Parameters, Request};
    let request = Request {
        model: "viduq2-pro".to_owned(),
        input: Input {
            first_frame_url: PICTURE.to_owned(),
            ..Input::default()
        },
        parameters: Parameters {
            vidu_type: "img2video".to_owned(),
            duration: Some(3),
            ..Parameters::default()
        },
    };
    let resolved = modelverse(&serde_json::to_value(&request).unwrap()).unwrap();
    assert_eq!((resolved.request.duration, resolved.warnings), (3, Vec::new()));
    let example: Request = serde_json::from_value(modelverse_example(PICTURE)).unwrap();
    assert_eq!(serde_json::to_value(&example).unwrap(), modelverse_example(PICTURE));
    let example: wire::jiekou::submit::Request = serde_json::from_value(jiekou_example(PICTURE)).unwrap();
    assert_eq!(serde_json::to_value(&example).unwrap(), jiekou_example(PICTURE));
}
