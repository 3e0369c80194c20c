//! The frames of every shape in every tier, as another program sees them.

use serde_json::json;

use crate::{
    pictures,
    probe::{Clip, is_fast_start, probe_bytes},
    server::{Kinora, answer},
    vidu,
};

/// A picture's width and height, and those of its frames at 540p, 720p and 1080p.
type Shape = ((u32, u32), [(u64, u64); 3]);

const SHAPES: [Shape; 7] = [
    ((320, 180), [(960, 528), (1280, 720), (1920, 1080)]),
    ((180, 320), [(528, 960), (720, 1280), (1080, 1920)]),
    ((240, 240), [(720, 720), (960, 960), (1440, 1440)]),
    ((320, 240), [(816, 608), (1104, 816), (1674, 1238)]),
    ((240, 320), [(608, 816), (816, 1104), (1238, 1674)]),
    // The ends of what is allowed keep their ratio and the tier's area.
    ((480, 120), [(1440, 360), (1920, 480), (2880, 720)]),
    ((120, 480), [(360, 1440), (480, 1920), (720, 2880)]),
];
const TIERS: [&str; 3] = ["540p", "720p", "1080p"];

async fn clip(kinora: &Kinora, body: &serde_json::Value) -> Clip {
    let id = vidu::submit(kinora, body).await;
    let view = kinora.ended(&id).await;
    assert_eq!(view["state"], "succeeded", "{view}");
    let status = kinora.get(&format!("/ent/v2/tasks/{id}/creations")).await.json();
    let video = answer(kinora.http.get(status["creations"][0]["url"].as_str().unwrap())).await;
    assert!(is_fast_start(&video.bytes));
    probe_bytes(&video.bytes)
}

fn expected(width: u64, height: u64, seconds: u64, has_sound: bool) -> Clip {
    Clip {
        codec: "h264".to_owned(),
        width,
        height,
        rate: "24/1".to_owned(),
        frames: 24 * seconds,
        seconds: format!("{seconds}.000000"),
        has_sound,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_shape_has_its_frame_in_every_tier() {
    let kinora = Kinora::start().await;
    for ((width, height), frames) in SHAPES {
        let picture = pictures::data_uri("image/png", &pictures::painted(width, height));
        for (tier, (across, down)) in TIERS.into_iter().zip(frames) {
            let body =
                json!({"model": "viduq2-turbo", "images": [picture], "duration": 1, "resolution": tier, "seed": 7});
            assert_eq!(
                clip(&kinora, &body).await,
                expected(across, down, 1, false),
                "{width}x{height} at {tier}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lowest_tier_and_odd_pictures_have_even_sides_and_their_seconds() {
    let kinora = Kinora::start().await;
    for ((width, height), (across, down)) in [((320, 180), (640, 360)), ((331, 217), (592, 388))] {
        let picture = pictures::data_uri("image/png", &pictures::painted(width, height));
        let body = json!({"model": "vidu2.0", "images": [picture], "duration": 4, "resolution": "360p", "seed": 7,
            "bgm": true, "audio": true});
        assert_eq!(
            clip(&kinora, &body).await,
            expected(across, down, 4, true),
            "{width}x{height}"
        );
    }
}
