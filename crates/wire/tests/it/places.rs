//! The fields that pictures come in, the watermark's among them.

use domain::{
    draft::Field,
    failure::Code,
    request::{ImageSource, UploadId},
};
use serde_json::{Value, json};
use wire::{inline::References, vidu};

use crate::fixture::{changed, jiekou, refused, resolve};

const PICTURE: &str = "https://pictures.example/cat.png";
const FAST: &str = "vidu-q2-pro-fast-img2video";

/// Vidu's draft of a body, or the names and codes of what is wrong with it.
fn vidu_names(endpoint: vidu::endpoint::Endpoint, body: &Value) -> Vec<(String, Code)> {
    let draft = vidu::submit::draft(body.to_string().as_bytes(), endpoint, &References::none());
    let faults = refused(draft.and_then(resolve)).into_iter();
    faults
        .map(|(field, code)| (vidu::fields::name(field).into_owned(), code))
        .collect()
}

#[test]
fn faults_of_pictures_name_the_field_that_they_came_in() {
    use vidu::endpoint::Endpoint;
    let frames = json!({"model": "viduq2-pro", "start_image": "no url", "image_settings": [
        {"key_image": PICTURE}, {"key_image": "data:image/png,raw"}, {}]});
    assert_eq!(
        vidu_names(Endpoint::MultiFrame, &frames),
        [
            ("image_settings[1].key_image".to_owned(), Code::ImageFormat),
            ("image_settings[2].key_image".to_owned(), Code::FieldMissing),
            ("start_image".to_owned(), Code::FieldInvalid),
        ]
    );
    let references = json!({"model": "viduq2", "prompt": "@a", "subjects": [
        {"id": "a", "images": [PICTURE, 5]}, {"id": "b", "images": "ftp://a.example/b.png"}, {"id": "c", "images": {}}]});
    assert_eq!(
        vidu_names(Endpoint::Reference2Video, &references),
        [
            ("subjects[0].images[1]".to_owned(), Code::FieldInvalid),
            ("subjects".to_owned(), Code::ImageCount),
            ("subjects".to_owned(), Code::FieldInvalid),
            ("subjects[1].images[0]".to_owned(), Code::FieldInvalid),
        ]
    );
}

#[test]
fn a_mark_is_a_picture_where_a_watermark_is_asked_for() {
    let with = |more: Value| jiekou(FAST, &changed(&json!({"images": [PICTURE], "prompt": ""}), &more));
    let marked = with(json!({"watermark": true, "wm_url": PICTURE, "wm_position": "top-left"})).unwrap();
    assert_eq!(
        marked.request.extras.mark,
        Some(ImageSource::Url(PICTURE.parse().unwrap()))
    );
    assert_eq!(marked.warnings, []);
    let upload = with(json!({"watermark": true, "wm_url": "ssupload:?id=7"})).unwrap();
    assert_eq!(upload.request.extras.mark, Some(ImageSource::Upload(UploadId(7))));
    let blank = with(json!({"watermark": true, "wm_url": " "})).unwrap();
    assert_eq!((blank.request.extras.mark, blank.warnings), (None, Vec::new()));
    let idle = with(json!({"wm_url": "anything"})).unwrap();
    assert_eq!((idle.request.extras.mark, idle.warnings.len()), (None, 1));
    for wrong in [
        json!("anything"),
        json!("file:///etc/passwd"),
        json!(5),
        json!("ssupload:x"),
    ] {
        let faults = refused(with(json!({"watermark": true, "wm_url": wrong})));
        assert_eq!(faults, [(Field::Mark, Code::FieldInvalid)], "{wrong}");
    }
}
