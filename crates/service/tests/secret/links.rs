//! Signed links.

use std::time::Duration;

use domain::{
    artifact::{ArtifactKind, ArtifactRef},
    id::TaskId,
    time::Timestamp,
};
use proptest::prelude::*;
use service::{
    links::{LinkError, LinkMaker, LinkSettings, SignedLink},
    secret::Secret,
};
use url::Url;

const DAY: Duration = Duration::from_secs(24 * 3600);
const NOON: Timestamp = Timestamp::from_milliseconds(1_795_262_400_000);

fn maker(public_url: &str) -> LinkMaker {
    let settings = LinkSettings {
        public_url: Some(public_url.parse().expect("a URL")),
        ..LinkSettings::default()
    };
    LinkMaker::new(Secret::from_bytes(&[5; 32]), &settings)
}

fn video(task: i64, attempt: u32) -> ArtifactRef {
    ArtifactRef {
        task: TaskId::from_i64(task).expect("an id"),
        attempt,
        kind: ArtifactKind::Video,
    }
}

/// Reads a link as a server does.
fn signed(url: &str) -> SignedLink {
    let url: Url = url.parse().expect("a URL");
    let parts: Vec<&str> = url.path_segments().expect("a path").rev().take(3).collect();
    let [file, attempt, task] = parts[..] else {
        panic!("{url}");
    };
    let query = |name: &str| {
        url.query_pairs()
            .find(|(key, _)| key == name)
            .expect(name)
            .1
            .into_owned()
    };
    SignedLink {
        artifact: ArtifactRef {
            task: task.parse().expect("an id"),
            attempt: attempt.parse().expect("a number"),
            kind: ArtifactKind::from_file_name(file).expect("a file"),
        },
        expires: query("expires").parse().expect("a number"),
        signature: query("signature"),
    }
}

#[test]
fn a_link_is_absolute_ends_in_the_file_name_and_opens_its_file() {
    for base in [
        "https://videos.example",
        "https://videos.example/",
        "https://videos.example/?a#b",
    ] {
        let link = maker(base).link(video(77, 2), DAY, NOON);
        let expires = NOON.seconds() + 24 * 3600;
        let head = format!("https://videos.example/files/77/2/video.mp4?expires={expires}&signature=");
        assert!(link.url.starts_with(&head), "{}", link.url);
        assert_eq!(maker(base).verify(&signed(&link.url), NOON), Ok(video(77, 2)));
    }
    let link = maker("http://10.0.0.1:8080/kinora/").link(video(77, 2), DAY, NOON);
    assert!(
        link.url
            .starts_with("http://10.0.0.1:8080/kinora/files/77/2/video.mp4?"),
        "{}",
        link.url
    );
}

#[test]
fn a_link_holds_as_long_as_promised_and_five_minutes_more_at_most() {
    let maker = maker("https://videos.example");
    for seconds in [0, 1, 299, 300, 301, 12_345] {
        for lifetime in [DAY, Duration::from_secs(3600), Duration::ZERO] {
            let now = NOON + Duration::from_secs(seconds);
            let link = maker.link(video(1, 1), lifetime, now);
            let holds = link.expires_at.since(now);
            assert!(
                holds >= lifetime && holds < lifetime + Duration::from_secs(300),
                "{holds:?}"
            );
            let opened = signed(&link.url);
            let last = Timestamp::from_milliseconds(link.expires_at.milliseconds() - 1);
            assert_eq!(maker.verify(&opened, last), Ok(video(1, 1)));
            assert_eq!(maker.verify(&opened, link.expires_at), Err(LinkError::Expired));
        }
    }
}

#[test]
fn asking_again_within_the_same_five_minutes_gives_the_same_link() {
    let maker = maker("https://videos.example");
    let later = |seconds| NOON + Duration::from_secs(seconds);
    let first = maker.link(video(1, 1), DAY, later(1));
    assert_eq!(maker.link(video(1, 1), DAY, later(300)), first);
    assert_ne!(maker.link(video(1, 1), DAY, later(301)), first);
}

#[test]
fn any_changed_part_makes_a_forgery() {
    let maker = maker("https://videos.example");
    let good = signed(&maker.link(video(1, 1), DAY, NOON).url);
    let change = |change: fn(&mut SignedLink)| {
        let mut link = good.clone();
        change(&mut link);
        link
    };
    for forged in [
        change(|link| link.artifact.task = TaskId::from_i64(2).expect("an id")),
        change(|link| link.artifact.attempt = 2),
        change(|link| link.artifact.kind = ArtifactKind::Cover),
        change(|link| link.expires += 300),
        change(|link| link.expires = i64::MAX),
        change(|link| link.expires = i64::MIN),
        change(|link| link.signature.clear()),
        change(|link| link.signature.truncate(62)),
        change(|link| link.signature.push('0')),
        change(|link| link.signature.replace_range(0..2, "+1")),
        change(|link| link.signature.replace_range(0..2, "é")),
        change(|link| link.signature = "00".repeat(32)),
    ] {
        assert_eq!(maker.verify(&forged, NOON), Err(LinkError::Forged), "{forged:?}");
        // A forgery stays one after its expiry: it learns nothing.
        assert_eq!(maker.verify(&forged, NOON + DAY + DAY), Err(LinkError::Forged));
    }
    let settings = LinkSettings::default();
    let stranger = LinkMaker::new(Secret::from_bytes(&[6; 32]), &settings);
    assert_eq!(stranger.verify(&good, NOON), Err(LinkError::Forged));
}

proptest! {
    #[test]
    fn every_link_opens_its_file(task in 0..i64::MAX, attempt: u32, kind in 0..3_usize, now in 0..4_000_000_000_000_i64) {
        let maker = maker("https://videos.example");
        let artifact = ArtifactRef { kind: ArtifactKind::ALL[kind], ..video(task, attempt) };
        let now = Timestamp::from_milliseconds(now);
        let link = maker.link(artifact, DAY, now);
        prop_assert_eq!(maker.verify(&signed(&link.url), now), Ok(artifact));
    }
}
