//! Pictures as watermarks.

use std::time::Duration;

use image::{Rgb, Rgba, RgbaImage};
use serde_json::{Value, json};

use crate::{
    jiekou, kinora,
    picture_host::PictureHost,
    pictures,
    probe::first_frame,
    server::{Kinora, answer},
    vidu,
};

/// Of the mark's picture.
const SIDE: u32 = 200;

/// A magenta square with a hole.
pub(crate) fn magenta() -> Vec<u8> {
    let paint = |x: u32, y: u32| {
        let hole = (SIDE / 4..SIDE * 3 / 4).contains(&x) && (SIDE / 4..SIDE * 3 / 4).contains(&y);
        Rgba([255, 0, 255, if hole { 0 } else { 255 }])
    };
    let picture = RgbaImage::from_fn(SIDE, SIDE, paint);
    pictures::encoded(&picture.into(), image::ImageFormat::Png)
}

async fn near() -> Kinora {
    Kinora::start_with(|settings| {
        settings.fetch.allow_private_networks = true;
        settings.fetch.tries = 1;
        settings.fetch.connect_timeout = Duration::from_secs(5);
    })
    .await
}

fn marked(mark: &str, position: &Value) -> Value {
    let mut asked = vidu::body(&pictures::cat());
    asked["watermark"] = json!(true);
    asked["wm_url"] = json!(mark);
    asked["wm_position"] = position.clone();
    asked
}

/// The first frames of the plain and of the marked video.
async fn frames(kinora: &Kinora, task: &str) -> [image::RgbImage; 2] {
    assert_eq!(kinora.ended(task).await["state"], "succeeded");
    let status = kinora.get(&format!("/ent/v2/tasks/{task}/creations")).await.json();
    let mut frames = Vec::new();
    for name in ["url", "watermarked_url"] {
        let link = status["creations"][0][name].as_str().unwrap();
        frames.push(first_frame(&answer(kinora.http.get(link)).await.bytes));
    }
    frames.try_into().unwrap()
}

fn is_magenta(pixel: Rgb<u8>) -> bool {
    let [red, green, blue] = pixel.0;
    red > 200 && blue > 200 && green < 60
}

/// Where the magenta is: its outermost columns and rows.
fn found(frame: &image::RgbImage) -> Option<(u32, u32, u32, u32)> {
    let places = frame.enumerate_pixels().filter(|(_, _, pixel)| is_magenta(**pixel));
    places.fold(None, |bounds, (x, y, _)| {
        let (left, top, right, bottom) = bounds.unwrap_or((x, y, x, y));
        Some((left.min(x), top.min(y), right.max(x), bottom.max(y)))
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_drawn_in_the_corner_that_is_asked_for() {
    let (kinora, host) = (near().await, PictureHost::start().await);
    let asked = [
        (json!(1), true, true),
        (json!("top-right"), false, true),
        (json!(3), false, false),
        (json!("4"), true, false),
    ];
    let mut tasks = Vec::new();
    for (position, ..) in &asked {
        tasks.push(vidu::submit(&kinora, &marked(&host.url("/mark.png"), position)).await);
    }
    for (task, (position, is_left, is_top)) in tasks.iter().zip(&asked) {
        let [plain, marked] = frames(&kinora, task).await;
        assert_eq!(found(&plain), None, "{position}");
        let (left, top, right, bottom) = found(&marked).unwrap();
        let (width, height) = marked.dimensions();
        let side = height.min(width) / 8;
        assert!(
            (right - left).abs_diff(side) < 4 && (bottom - top).abs_diff(side) < 4,
            "{position}: {:?}",
            found(&marked)
        );
        let margin = 30;
        assert_eq!(
            (left < margin, width - right < margin),
            (*is_left, !is_left),
            "{position}"
        );
        assert_eq!(
            (top < margin, height - bottom < margin),
            (*is_top, !is_top),
            "{position}"
        );
        let (x, y) = (left.midpoint(right), top.midpoint(bottom));
        let (hole, before) = (marked.get_pixel(x, y), plain.get_pixel(x, y));
        assert!(
            hole.0.iter().zip(before.0).all(|(one, other)| one.abs_diff(other) < 24),
            "{position}"
        );
        assert_eq!(kinora.task(task).await["warnings"], json!([]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_is_kept_with_its_task() {
    let (kinora, host) = (near().await, PictureHost::start().await);
    let first = vidu::submit(&kinora, &marked(&host.url("/mark.png"), &json!(1))).await;
    let [_, before] = frames(&kinora, &first).await;
    assert_eq!(host.requests(), 1);
    let again = kinora
        .post(&format!("{}/{first}/retry", kinora::SUBMIT), &json!({}))
        .await
        .json();
    let [_, after] = frames(&kinora, again["id"].as_str().unwrap()).await;
    assert_eq!(host.requests(), 1, "the retry took the kept one");
    assert_eq!(found(&before), found(&after));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_may_come_with_the_request_and_in_another_dialect() {
    let kinora = near().await;
    let mut asked = jiekou::body(&pictures::cat());
    asked["wm_url"] = json!(pictures::data_uri("image/png", &magenta()));
    asked["wm_position"] = json!("bottom-left");
    let task = kinora.post(jiekou::SUBMIT, &asked).await.json()["task_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let view = kinora.ended(&task).await;
    let video = answer(kinora.http.get(view["video"]["url"].as_str().unwrap())).await;
    let frame = first_frame(&video.bytes);
    let (left, _, _, bottom) = found(&frame).unwrap();
    assert!(left < 30 && frame.height() - bottom < 30);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_that_is_none_is_refused_under_its_name() {
    let (kinora, host) = (near().await, PictureHost::start().await);
    for (mark, reason) in [
        ("data:image/png;base64,QUJD", "ImageFormatInvalid"),
        ("ssupload:?id=7", "ImageDownloadFailure"),
        ("file:///etc/passwd", "FieldInvalid"),
    ] {
        let refused = kinora.post(vidu::SUBMIT, &marked(mark, &json!(1))).await;
        let said = refused.json();
        assert_eq!(
            (refused.status.as_u16(), &said["reason"]),
            (400, &json!(reason)),
            "{said}"
        );
        assert_eq!(said["metadata"]["fields"], "wm_url");
    }
    for (path, code, reason) in [
        ("/broken", "image_unreachable", "ImageDownloadFailure"),
        ("/page.png", "image_format", "ImageFormatInvalid"),
        ("/truncated.png", "image_format", "ImageFormatInvalid"),
    ] {
        let task = vidu::submit(&kinora, &marked(&host.url(path), &json!(1))).await;
        let view = kinora.ended(&task).await;
        assert_eq!(
            (&view["state"], &view["failure"]["code"]),
            (&json!("failed"), &json!(code)),
            "{path}"
        );
        let said = view["failure"]["message"].as_str().unwrap();
        assert!(said.starts_with("wm_url "), "{said}");
        let creations = kinora.get(&format!("/ent/v2/tasks/{task}/creations")).await.json();
        assert_eq!(creations["err_code"], reason, "{path}");
    }
    // A banner's ratio is no fault of a mark.
    let wide = vidu::submit(&kinora, &marked(&host.url("/wide.png"), &json!(1))).await;
    assert_eq!(kinora.ended(&wide).await["state"], "succeeded");
}
