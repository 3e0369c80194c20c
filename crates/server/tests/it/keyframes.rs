//! Several pictures in one clip.

use std::{io::Cursor, process::Command};

use image::{GrayImage, ImageFormat, imageops::FilterType};
use serde_json::json;

use crate::{
    pictures::{data_uri, example, painted},
    probe::probe_bytes,
    server::{Kinora, answer},
};

#[tokio::test(flavor = "multi_thread")]
async fn first_and_last_frame_and_lists_of_pictures_become_clips() {
    let kinora = Kinora::start().await;
    let picture = |name: &str| data_uri("image/png", &std::fs::read(example(name)).unwrap());
    let both_ends = json!({
        "model": "viduq3-turbo",
        "input": {"first_frame_url": picture("coffee.png"), "last_frame_url": data_uri("image/png", &painted(600, 400)), "prompt": ""},
        "parameters": {"vidu_type": "start-end2video", "duration": 1, "resolution": "360p"}
    });
    let made = kinora.post("/v1/tasks/submit", &both_ends).await;
    assert_eq!(made.status, 200, "{}", made.text());
    let first = made.json()["output"]["task_id"].as_str().unwrap().to_owned();
    let list = json!({
        "images": [picture("coffee.png"), picture("chelsea.png"), picture("mascot.png")], "prompt": "pan", "duration": 1,
        "resolution": "540p"
    });
    let made = kinora.post("/v3/async/vidu-q2-turbo-img2video", &list).await;
    assert_eq!(made.status, 200, "{}", made.text());
    let second = made.json()["task_id"].as_str().unwrap().to_owned();
    for id in [first, second] {
        let view = kinora.ended(&id).await;
        assert_eq!(view["state"], "succeeded", "{}", view["failure"]);
        let video = answer(kinora.http.get(view["video"]["url"].as_str().unwrap())).await;
        assert_eq!(probe_bytes(&video.bytes).frames, 24);
    }
}

/// A picture of the examples in wide format.
fn wide(name: &str, height: u32) -> image::DynamicImage {
    let picture = image::open(example(name)).unwrap();
    picture.resize_to_fill(960, height, FilterType::Lanczos3)
}

fn frame(video: &[u8], index: u32) -> GrayImage {
    let folder = tempfile::tempdir().unwrap();
    let (clip, still) = (folder.path().join("a.mp4"), folder.path().join("a.png"));
    std::fs::write(&clip, video).unwrap();
    let done = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(&clip)
        .args(["-vf", &format!("select=eq(n\\,{index})"), "-frames:v", "1"])
        .arg(&still)
        .status()
        .unwrap();
    assert!(done.success());
    image::open(still).unwrap().into_luma8()
}

/// In decibels.
fn likeness(one: &GrayImage, other: &GrayImage) -> f64 {
    assert_eq!(one.dimensions(), other.dimensions());
    let squares = one.iter().zip(other.iter()).map(|(one, other)| {
        let difference = f64::from(*one) - f64::from(*other);
        difference * difference
    });
    let mean = squares.sum::<f64>() / one.len() as f64;
    10.0 * (255.0 * 255.0 / mean.max(1e-6)).log10()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_keyframe_comes_after_its_own_seconds() {
    let kinora = Kinora::start().await;
    let names = ["coffee.png", "chelsea.png", "astronaut.png"];
    let [start, middle, end] = names.map(|name| {
        let mut png = Cursor::new(Vec::new());
        wide(name, 540).write_to(&mut png, ImageFormat::Png).unwrap();
        data_uri("image/png", png.get_ref())
    });
    let asked = json!({"model": "viduq2-turbo", "start_image": start, "resolution": "540p", "seed": 7, "duration": 5, "image_settings": [
        {"key_image": middle, "prompt": "push in, the subject stands still", "duration": 2},
        {"key_image": end, "prompt": "pan left, the subject stands still", "duration": 4}]});
    let made = kinora.post("/ent/v2/multiframe", &asked).await;
    assert_eq!(made.status, 200, "{}", made.text());
    assert_eq!(made.json()["duration"], 6);
    let view = kinora.ended(made.json()["task_id"].as_str().unwrap()).await;
    assert_eq!(view["state"], "succeeded", "{}", view["failure"]);
    let warned = view["warnings"].as_array().unwrap().iter();
    let warned: Vec<_> = warned.map(|warning| warning["field"].as_str().unwrap()).collect();
    assert_eq!(warned, ["duration"], "{view}");
    let video = answer(kinora.http.get(view["video"]["url"].as_str().unwrap())).await;
    assert_eq!(probe_bytes(&video.bytes).frames, 144);
    for (index, name) in [0, 48, 143].into_iter().zip(names) {
        let likeness = likeness(&frame(&video.bytes, index), &wide(name, 528).into_luma8());
        assert!(likeness > 26.0, "frame {index} is not {name}: {likeness} dB");
    }
}
