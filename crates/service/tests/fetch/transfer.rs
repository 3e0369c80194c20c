//! Size, time, tries: what a body may be.

use std::time::Duration;

use domain::failure::{Blame, Code};
use service::fetch::{FetchSettings, RefusalKind};
use tokio::net::TcpListener;

use crate::{
    pictures::PICTURE,
    site::{Answer, Site},
    world::{World, quick_settings},
};

const CHUNKED: &[u8] = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
const KIBIBYTE: usize = 1024;

fn small(largest: u64) -> FetchSettings {
    FetchSettings {
        largest,
        ..quick_settings()
    }
}

#[tokio::test]
async fn a_picture_is_stored_whole_and_the_request_says_who_asks() {
    let site = Site::always(Answer::ok(PICTURE)).await;
    let world = World::permitting(&[site.address]);
    let fetched = world
        .fetch(&site.url("/cat.png?size=large#top"))
        .await
        .expect("a picture");
    assert_eq!(fetched.bytes, PICTURE.len() as u64);
    assert_eq!((fetched.size.width, fetched.size.height), (451, 300));
    assert_eq!(world.stored(), PICTURE);
    let requests = site.requests();
    assert_eq!(requests.len(), 1);
    let head = &requests[0];
    assert!(head.starts_with("GET /cat.png?size=large HTTP/1.1\r\n"), "{head}");
    let head = head.to_lowercase();
    let user_agent = format!("user-agent: kinora/{}\r\n", env!("CARGO_PKG_VERSION"));
    assert!(head.contains(&user_agent), "{head}");
    assert!(head.contains("accept-encoding: identity\r\n"), "{head}");
}

#[tokio::test]
async fn a_picture_of_exactly_the_limit_is_taken_and_one_byte_more_is_not() {
    let site = Site::always(Answer::ok(PICTURE)).await;
    let size = PICTURE.len() as u64;
    World::new(small(size), &[site.address])
        .fetch(&site.url("/"))
        .await
        .expect("it fits");
    let (failure, kind) = World::new(small(size - 1), &[site.address])
        .refusal(&site.url("/"))
        .await;
    assert_eq!(failure.code, Code::ImageTooLarge);
    assert_eq!(kind, RefusalKind::TooLarge);
    assert_eq!(site.connections(), 2, "a picture that is too large is not tried again");
}

#[tokio::test]
async fn a_length_beyond_the_limit_is_refused_before_the_body() {
    // The body never comes: whoever waits for it runs into the test's own end.
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n",
        50 * KIBIBYTE * KIBIBYTE + 1
    );
    let site = Site::always(Answer::Stall(head.into_bytes())).await;
    let settings = FetchSettings {
        idle_timeout: Duration::from_secs(600),
        total_timeout: Duration::from_secs(600),
        ..quick_settings()
    };
    let world = World::new(settings, &[site.address]);
    let url = site.url("/");
    let refusal = tokio::time::timeout(Duration::from_secs(60), world.refusal(&url));
    let (failure, _) = refusal.await.expect("it does not wait for the body");
    assert_eq!(failure.code, Code::ImageTooLarge);
    assert_eq!(failure.public, "is larger than 50 MB");
}

#[tokio::test]
async fn a_body_without_a_length_is_cut_off_at_the_limit() {
    let chunk = [b"400\r\n".as_slice(), &[b'x'; KIBIBYTE], b"\r\n"].concat();
    let endless = |head: &[u8], piece: &[u8]| Answer::Endless(head.to_vec(), piece.to_vec(), Duration::ZERO);
    for answer in [
        endless(CHUNKED, &chunk),
        endless(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", &[b'x'; KIBIBYTE]),
    ] {
        let site = Site::always(answer).await;
        let (failure, _) = World::new(small(100_000), &[site.address])
            .refusal(&site.url("/"))
            .await;
        assert_eq!(failure.code, Code::ImageTooLarge);
        assert_eq!(site.connections(), 1);
    }
}

#[tokio::test]
async fn a_server_that_says_nothing_or_stops_in_the_middle_times_out_three_times() {
    let settings = FetchSettings {
        connect_timeout: Duration::from_millis(100),
        idle_timeout: Duration::from_millis(100),
        ..quick_settings()
    };
    let half = [b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", &PICTURE[..100]].concat();
    for begin in [Vec::new(), b"HTTP/1.1 200".to_vec(), half] {
        let site = Site::always(Answer::Stall(begin)).await;
        let (failure, kind) = World::new(settings.clone(), &[site.address])
            .refusal(&site.url("/"))
            .await;
        assert_eq!(failure.code, Code::ImageUnreachable);
        assert_eq!(failure.blame, Blame::SourceImage);
        assert_eq!(kind, RefusalKind::TimedOut);
        assert_eq!(site.connections(), 3);
    }
}

#[tokio::test]
async fn a_body_that_drips_for_ever_ends_at_the_total_limit() {
    let drip = Answer::Endless(CHUNKED.to_vec(), b"1\r\nx\r\n".to_vec(), Duration::from_millis(5));
    let site = Site::always(drip).await;
    let settings = FetchSettings {
        total_timeout: Duration::from_millis(300),
        tries: 1,
        ..quick_settings()
    };
    let (_, kind) = World::new(settings, &[site.address]).refusal(&site.url("/")).await;
    assert_eq!(kind, RefusalKind::TimedOut);
    assert_eq!(site.connections(), 1);
}

#[tokio::test]
async fn a_truncated_body_is_tried_again_and_then_refused() {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", PICTURE.len());
    let by_length = [head.as_bytes(), &PICTURE[..5000]].concat();
    let by_chunk = [CHUNKED, b"ffff\r\n", &PICTURE[..5000]].concat();
    for answer in [by_length, by_chunk] {
        let site = Site::always(Answer::Bytes(answer)).await;
        let world = World::permitting(&[site.address]);
        let (failure, kind) = world.refusal(&site.url("/")).await;
        assert_eq!(failure.code, Code::ImageUnreachable);
        assert_eq!(kind, RefusalKind::Unreachable);
        assert_eq!(site.connections(), 3);
    }
}

#[tokio::test]
async fn two_faults_of_the_server_are_survived() {
    let site = Site::start(|number, _| match number {
        0 => Answer::new("500 Internal Server Error", "", b"oh"),
        1 => Answer::Bytes(Vec::new()),
        _ => Answer::ok(PICTURE),
    })
    .await;
    let world = World::permitting(&[site.address]);
    world.fetch(&site.url("/")).await.expect("the third try has it");
    assert_eq!(site.connections(), 3);
    assert_eq!(world.stored(), PICTURE);
    assert_eq!(world.files(), 1, "nothing is left of the other tries");
}

#[tokio::test]
async fn a_third_fault_of_the_server_is_final() {
    for status in ["500 Internal Server Error", "503 Service Unavailable"] {
        let site = Site::always(Answer::new(status, "", b"")).await;
        let (failure, kind) = World::permitting(&[site.address]).refusal(&site.url("/")).await;
        assert_eq!(failure.code, Code::ImageUnreachable);
        assert_eq!(kind, RefusalKind::Status);
        assert_eq!(site.connections(), 3);
    }
}

#[tokio::test]
async fn any_other_status_is_final_at_once() {
    for status in [
        "404 Not Found",
        "403 Forbidden",
        "429 Too Many Requests",
        "204 No Content",
        "206 Partial Content",
        "304 Not Modified",
    ] {
        let site = Site::always(Answer::new(status, "", b"")).await;
        let (failure, kind) = World::permitting(&[site.address]).refusal(&site.url("/")).await;
        assert_eq!(failure.code, Code::ImageUnreachable, "{status}");
        assert_eq!(kind, RefusalKind::Status, "{status}");
        assert_eq!(site.connections(), 1, "{status}");
        assert!(failure.public.contains(&status[..3]), "{}", failure.public);
    }
}

#[tokio::test]
async fn nobody_listening_is_unreachable() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let world = World::permitting(&[address]);
    let (failure, kind) = world
        .refusal(&format!("http://{address}/").parse().expect("a URL"))
        .await;
    assert_eq!(failure.code, Code::ImageUnreachable);
    assert_eq!(kind, RefusalKind::Unreachable);
    assert!(!failure.public.contains("127"), "{}", failure.public);
}

#[tokio::test]
async fn an_encoded_body_is_refused_and_identity_is_none() {
    for encoding in ["gzip", "br", "deflate, gzip", "identity, zstd"] {
        let header = format!("Content-Encoding: {encoding}\r\n");
        let site = Site::always(Answer::new("200 OK", &header, PICTURE)).await;
        let (_, kind) = World::permitting(&[site.address]).refusal(&site.url("/")).await;
        assert_eq!(kind, RefusalKind::Encoded, "{encoding}");
    }
    let site = Site::always(Answer::new("200 OK", "Content-Encoding: Identity\r\n", PICTURE)).await;
    let world = World::permitting(&[site.address]);
    world.fetch(&site.url("/")).await.expect("it is not encoded");
}
