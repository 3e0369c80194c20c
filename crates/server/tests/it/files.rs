//! Downloads: whole, in part, not again, and not for everyone.

use reqwest::Method;

use crate::{
    kinora::{body, submit},
    server::{Kinora, answer},
};

async fn finished() -> (Kinora, String) {
    let kinora = Kinora::start().await;
    let id = submit(&kinora, &body()).await;
    let view = kinora.ended(&id).await;
    let link = view["video"]["url"]
        .as_str()
        .unwrap_or_else(|| panic!("{view}"))
        .to_owned();
    (kinora, link)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_opens_for_anyone_whole_or_in_part() {
    let (kinora, link) = finished().await;
    let whole = answer(kinora.http.get(&link)).await;
    assert_eq!(whole.status, 200);
    assert_eq!(whole.header("content-type"), "video/mp4");
    assert_eq!(whole.header("accept-ranges"), "bytes");
    assert_eq!(whole.header("content-length"), whole.bytes.len().to_string());
    assert_eq!(whole.header("x-content-type-options"), "nosniff");
    assert!(whole.header("cache-control").starts_with("private"));
    let etag = whole.header("etag").to_owned();
    let size = whole.bytes.len();

    let table = [
        ("bytes=0-99", 0..100),
        ("bytes=100-", 100..size),
        ("bytes=-50", size - 50..size),
    ];
    for (range, expected) in table {
        let part = answer(kinora.http.get(&link).header("range", range)).await;
        assert_eq!(part.status, 206, "{range}");
        assert_eq!(
            part.header("content-range"),
            format!("bytes {}-{}/{size}", expected.start, expected.end - 1)
        );
        assert_eq!(part.bytes, whole.bytes[expected]);
    }
    let beyond = answer(kinora.http.get(&link).header("range", format!("bytes={size}-"))).await;
    assert_eq!(
        (beyond.status.as_u16(), beyond.header("content-range")),
        (416, format!("bytes */{size}").as_str())
    );

    let resumed = answer(
        kinora
            .http
            .get(&link)
            .header("range", "bytes=5-")
            .header("if-range", &etag),
    )
    .await;
    assert_eq!(resumed.status, 206);
    let changed = answer(
        kinora
            .http
            .get(&link)
            .header("range", "bytes=5-")
            .header("if-range", "\"other\""),
    )
    .await;
    assert_eq!((changed.status.as_u16(), changed.bytes.len()), (200, size));
    let known = answer(kinora.http.get(&link).header("if-none-match", &etag)).await;
    assert_eq!((known.status.as_u16(), known.bytes.len()), (304, 0));

    let head = answer(kinora.http.request(Method::HEAD, &link)).await;
    assert_eq!((head.status.as_u16(), head.bytes.len()), (200, 0));
    assert_eq!(head.header("content-length"), size.to_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_link_opens_nothing() {
    let (kinora, link) = finished().await;
    let url = url::Url::parse(&link).unwrap();
    let later = {
        let mut url = url.clone();
        let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        let expires: u64 = pairs
            .iter()
            .find(|(name, _)| name == "expires")
            .unwrap()
            .1
            .parse()
            .unwrap();
        let signature = &pairs.iter().find(|(name, _)| name == "signature").unwrap().1;
        let query = format!("expires={}&signature={signature}", expires + 3600);
        url.set_query(Some(&query));
        url
    };
    let with_path = |from: &str, to: &str| url.as_str().replace(from, to);
    let refused = [
        (later.to_string(), 403),
        (with_path("video.mp4", "cover.jpg"), 403),
        (with_path("/1/video.mp4", "/2/video.mp4"), 403),
        (with_path("video.mp4", "..%2f..%2fsecret"), 404),
        (with_path("video.mp4", "secret"), 404),
        (link.split('?').next().unwrap().to_owned(), 403),
        (with_path("signature=", "signature=zz"), 403),
    ];
    for (link, status) in refused {
        let refused = answer(kinora.http.get(&link)).await;
        assert_eq!(refused.status.as_u16(), status, "{link}: {}", refused.text());
        assert!(refused.json()["error"]["message"].is_string());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_result_is_gone_and_its_task_stays_what_it_was() {
    let (kinora, link) = finished().await;
    let id = url::Url::parse(&link)
        .unwrap()
        .path_segments()
        .unwrap()
        .nth(1)
        .unwrap()
        .to_owned();
    let data_dir = kinora.stop().await;
    let kinora = Kinora::start_in(data_dir, |settings| {
        settings.retention.artifacts = std::time::Duration::ZERO;
        settings.retention.interval = std::time::Duration::from_millis(50);
    })
    .await;
    let here = link.replace(&link[..link.find("/files/").unwrap()], &kinora.base);
    let gone = crate::server::until(async || {
        let answer = answer(kinora.http.get(&here)).await;
        (answer.status != 200).then_some(answer)
    })
    .await;
    assert_eq!(
        (gone.status.as_u16(), &gone.json()["error"]["code"]),
        (410, &serde_json::json!("gone"))
    );
    let view = kinora.task(&id).await;
    assert_eq!(view["state"], "succeeded");
    let again = kinora.get(&format!("/v1/tasks/status?task_id={id}")).await.json();
    assert_eq!(again["output"]["task_status"], "Success");
}
