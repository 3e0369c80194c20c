//! Vidu's three steps of an upload.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    pictures,
    server::{Answer, Kinora, answer},
    vidu,
};

async fn begin(kinora: &Kinora) -> Value {
    let begun = kinora.post("/tools/v2/files/uploads", &json!({"scene": "vidu"})).await;
    assert_eq!(begun.status, 200, "{}", begun.text());
    begun.json()
}

async fn put(kinora: &Kinora, url: &str, bytes: Vec<u8>) -> Answer {
    answer(kinora.http.put(url).header("content-type", "image/png").body(bytes)).await
}

async fn finish(kinora: &Kinora, id: &str, etag: &str) -> Answer {
    let request = kinora.request(Method::PUT, &format!("/tools/v2/files/uploads/{id}/finish"));
    answer(request.json(&json!({"etag": etag}))).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_uploaded_picture_becomes_a_video_after_a_restart_too() {
    let kinora = Kinora::start().await;
    let begun = begin(&kinora).await;
    let (id, url) = (begun["id"].as_str().unwrap(), begun["put_url"].as_str().unwrap());
    let stored = put(&kinora, url, std::fs::read(pictures::example("chelsea.png")).unwrap()).await;
    assert_eq!(stored.status, 200, "{}", stored.text());
    let etag = stored.header("etag");
    assert!(etag.starts_with('"') && etag.ends_with('"'), "{etag}");

    let uri = format!("ssupload:?id={id}");
    let early = kinora.post(vidu::SUBMIT, &vidu::body(&uri)).await;
    assert_eq!(
        (early.status.as_u16(), &early.json()["reason"]),
        (400, &json!("ImageDownloadFailure"))
    );
    assert_eq!(finish(&kinora, id, "deadbeef").await.status, 404);
    for etag in [etag, etag.trim_matches('"')] {
        assert_eq!(finish(&kinora, id, etag).await.json(), json!({"uri": uri}));
    }

    let data_dir = kinora.stop().await;
    let kinora = Kinora::start_in(data_dir, |_| {}).await;
    let task = vidu::submit(&kinora, &vidu::body(&uri)).await;
    assert_eq!(kinora.ended(&task).await["state"], "succeeded");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_takes_one_picture_of_one_key() {
    let kinora = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    let begun = begin(&kinora).await;
    let (id, url) = (begun["id"].as_str().unwrap(), begun["put_url"].as_str().unwrap());
    let cases = [
        (b"no picture".to_vec(), "ImageFormatInvalid"),
        (Vec::new(), "ImageFormatInvalid"),
        (pictures::painted(500, 100), "PageSizeOutOfRange"),
        (vec![0; (10 << 20) + 1], "BadRequest"),
    ];
    for (bytes, reason) in cases {
        let refused = put(&kinora, url, bytes).await;
        assert_eq!(
            (refused.status.as_u16(), &refused.json()["reason"]),
            (400, &json!(reason))
        );
    }
    for forged in [
        url.replace("signature=", "signature=0"),
        url.replace("expires=", "expires=9"),
        url.replace(id, "7"),
    ] {
        let refused = put(&kinora, &forged, pictures::painted(64, 64)).await;
        assert_eq!(
            (refused.status.as_u16(), &refused.json()["reason"]),
            (403, &json!("Forbidden")),
            "{forged}"
        );
    }
    let stored = put(&kinora, url, pictures::painted(200, 200)).await;
    assert_eq!(finish(&kinora, id, stored.header("etag")).await.status, 200);
    let other = kinora.other_key("other");
    let theirs = kinora
        .http
        .post(format!("{}{}", kinora.base, vidu::SUBMIT))
        .header("authorization", format!("Token {other}"))
        .json(&vidu::body(&format!("ssupload:?id={id}")));
    assert_eq!(answer(theirs).await.json()["reason"], "ImageDownloadFailure");
    assert_eq!(finish(&kinora, "no-number", "x").await.status, 404);
}
