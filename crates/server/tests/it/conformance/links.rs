//! A result's link, as each dialect hands it out.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use reqwest::{Method, redirect};

use super::{Tongue, own, tongues};
use crate::{
    pictures,
    server::{Answer, Kinora, answer},
};

const HOUR: u64 = 3600;
/// Links lie on a grid.
const MORE_AT_MOST: u64 = 300;

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// How long the service that is spoken for promises that its links live.
fn promised(tongue: &Tongue) -> u64 {
    match tongue.name {
        "jiekou" => HOUR,
        _ => 24 * HOUR,
    }
}

/// A client that neither follows redirects nor knows a key.
async fn fetch(method: Method, link: &str, range: Option<&str>) -> Answer {
    let client = reqwest::Client::builder().redirect(redirect::Policy::none());
    let request = client.build().unwrap().request(method, link);
    let request = match range {
        Some(range) => request.header("range", range),
        None => request,
    };
    answer(request).await
}

/// One task is read in every dialect: its links are the same but for their time.
#[tokio::test(flavor = "multi_thread")]
async fn every_dialects_link_is_one_that_plain_clients_can_get() {
    let kinora = Kinora::start().await;
    let all = tongues(&pictures::cat());
    let submitted = kinora.post(all[3].submit, &all[3].body).await.json();
    let id = all[3].id_of(&submitted);
    kinora.ended(own(&id)).await;
    for tongue in all.iter().filter(|tongue| !tongue.link.is_empty()) {
        let earliest = now() + promised(tongue);
        let status = kinora.get(&tongue.status(own(&id))).await.json();
        let latest = now() + promised(tongue) + MORE_AT_MOST;
        let link = status.pointer(tongue.link).unwrap().as_str().unwrap();
        let url = url::Url::parse(link).unwrap();
        assert!(
            link.starts_with(&kinora.base),
            "{link} is absolute, below the public address"
        );
        assert!(url.path().ends_with(".mp4"), "{link}");
        let expires = url.query_pairs().find(|(name, _)| name == "expires").unwrap().1;
        let expires: u64 = expires.parse().unwrap();
        assert!((earliest..=latest).contains(&expires), "{}: {expires}", tongue.name);
        plain(tongue.name, link).await;
    }
    let video = kinora.get(&all[3].status(&id)).await.json();
    assert!(video["expires_at"].as_u64().unwrap() >= now() + HOUR, "{video}");
    let content = kinora.get(&format!("{}/content", all[3].status(&id))).await;
    assert_eq!(
        (content.status.as_u16(), content.header("content-type")),
        (200, "video/mp4")
    );
    let path = format!("{}/content", all[3].status(&id));
    let head = answer(kinora.request(Method::HEAD, &path)).await;
    assert_eq!(head.header("content-length"), content.bytes.len().to_string());
    let part = answer(kinora.request(Method::GET, &path).header("range", "bytes=4-7")).await;
    assert_eq!((part.status.as_u16(), part.bytes.as_slice()), (206, &b"ftyp"[..]));
}

async fn plain(name: &str, link: &str) {
    let whole = fetch(Method::GET, link, None).await;
    assert_eq!(whole.status, 200, "{name}");
    let size = whole.bytes.len().to_string();
    assert_eq!(
        (whole.header("content-type"), whole.header("content-length")),
        ("video/mp4", size.as_str())
    );
    let head = fetch(Method::HEAD, link, None).await;
    assert_eq!((head.status.as_u16(), head.bytes.len()), (200, 0));
    assert_eq!(
        (head.header("content-type"), head.header("content-length")),
        ("video/mp4", size.as_str())
    );
    let part = fetch(Method::GET, link, Some("bytes=4-7")).await;
    assert_eq!((part.status.as_u16(), part.bytes.as_slice()), (206, &b"ftyp"[..]));
    assert_eq!(part.header("content-range"), format!("bytes 4-7/{size}"));
}

/// What was promised is kept by the files too.
#[test]
fn files_outlive_every_promise_by_default() {
    let settings = server::config::Settings::default();
    assert!(settings.retention.artifacts >= Duration::from_secs(24 * HOUR));
    assert!(settings.links.lifetime >= Duration::from_secs(24 * HOUR));
}
