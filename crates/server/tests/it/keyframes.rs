//! Several pictures in one clip.

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
