//! Clients that hold a connection and say nothing.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::{kinora, server::Kinora};

const SOON: Duration = Duration::from_secs(20);

async fn connect(kinora: &Kinora) -> TcpStream {
    let address = kinora.base.strip_prefix("http://").unwrap();
    TcpStream::connect(address).await.unwrap()
}

async fn everything(stream: &mut TcpStream) -> String {
    let mut text = Vec::new();
    timeout(SOON, stream.read_to_end(&mut text)).await.unwrap().unwrap();
    String::from_utf8_lossy(&text).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_does_not_come_ends_the_connection() {
    let kinora = Kinora::start_with(|settings| settings.server.header_timeout = Duration::from_millis(200)).await;
    let mut stream = connect(&kinora).await;
    stream
        .write_all(b"POST /v1/tasks/submit HTTP/1.1\r\nhost: ")
        .await
        .unwrap();
    let said = everything(&mut stream).await;
    assert!(said.is_empty() || said.starts_with("HTTP/1.1 408"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_stops_is_given_up_in_the_dialects_words() {
    let kinora = Kinora::start_with(|settings| settings.server.body_timeout = Duration::from_millis(200)).await;
    let mut stream = connect(&kinora).await;
    let head = format!(
        "POST /v1/tasks/submit HTTP/1.1\r\nhost: x\r\nauthorization: {}\r\ncontent-length: 1000\r\nconnection: close\r\n\r\n{{\"model\":",
        kinora.key
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut beginning = vec![0; 12];
    timeout(SOON, stream.read_exact(&mut beginning)).await.unwrap().unwrap();
    assert_eq!(beginning, b"HTTP/1.1 400");
}

#[tokio::test(flavor = "multi_thread")]
async fn beyond_the_limit_of_connections_clients_wait_their_turn() {
    let kinora = Kinora::start_with(|settings| settings.server.connections = 1).await;
    let health = "GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    let first = connect(&kinora).await;
    let mut second = connect(&kinora).await;
    second.write_all(health.as_bytes()).await.unwrap();
    let mut byte = [0; 1];
    let unheard = timeout(Duration::from_millis(300), second.read(&mut byte)).await;
    assert!(
        unheard.is_err(),
        "the second was served while the first held the only place"
    );
    drop(first);
    assert!(everything(&mut second).await.starts_with("HTTP/1.1 200"));
}

/// Asks for the same answer so often that the system's buffers cannot hold all of them, and reads nothing.
async fn asks_and_does_not_read(kinora: &Kinora, path: &str) -> TcpStream {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let address = kinora.base.strip_prefix("http://").unwrap().parse().unwrap();
    let mut stream = socket.connect(address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\n\r\n");
    stream.write_all(request.repeat(100).as_bytes()).await.unwrap();
    stream
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_takes_nothing_of_its_answer_loses_its_place() {
    let kinora = Kinora::start().await;
    let view = kinora.ended(&kinora::submit(&kinora, &kinora::body()).await).await;
    let video = view["video"]["url"].as_str().unwrap();
    let video = video.strip_prefix(&kinora.base).unwrap().to_owned();
    let data_dir = kinora.stop().await;
    let kinora = Kinora::start_in(data_dir, |settings| {
        settings.server.connections = 1;
        settings.server.write_timeout = Duration::from_millis(300);
        // Nothing else may end it.
        settings.server.header_timeout = Duration::from_secs(600);
    })
    .await;
    for path in [video.as_str(), "/openapi.json"] {
        let held = asks_and_does_not_read(&kinora, path).await;
        let mut next = connect(&kinora).await;
        let health = "GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
        next.write_all(health.as_bytes()).await.unwrap();
        assert!(everything(&mut next).await.starts_with("HTTP/1.1 200"), "{path}");
        drop(held);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_watch_that_has_nothing_to_say_goes_on() {
    let limit = Duration::from_millis(100);
    let kinora = Kinora::start_with(|settings| {
        settings.worker.concurrency = 0;
        settings.server.write_timeout = limit;
    })
    .await;
    let id = kinora::submit(&kinora, &kinora::body()).await;
    let mut stream = connect(&kinora).await;
    let request = format!(
        "GET {}/{id}/events HTTP/1.1\r\nhost: x\r\nauthorization: {}\r\n\r\n",
        kinora::SUBMIT,
        kinora.key
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut said = Vec::new();
    while !String::from_utf8_lossy(&said).contains("event: queued") {
        let read = timeout(SOON, stream.read_buf(&mut said)).await.unwrap().unwrap();
        assert!(read > 0, "it ended early");
    }
    // The rest of that event may still come; then silence, not the end.
    let ended = timeout(limit * 10, async {
        while stream.read_buf(&mut said).await.unwrap() > 0 {}
    })
    .await;
    assert!(ended.is_err(), "the watch was ended");
}
