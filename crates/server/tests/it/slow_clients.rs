//! Clients that hold a connection and say nothing.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::{
    binary::Process,
    kinora,
    server::{Kinora, answer, until},
};

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

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_trickles_is_given_up_though_it_never_stops() {
    let kinora = Kinora::start_with(|settings| {
        settings.server.body_timeout = Duration::from_millis(300);
        settings.server.min_rate = 100_000;
    })
    .await;
    let mut stream = connect(&kinora).await;
    let head = format!(
        "POST /v1/tasks/submit HTTP/1.1\r\nhost: x\r\nauthorization: {}\r\ncontent-length: 1000000\r\n\r\n",
        kinora.key
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut said = [0; 12];
    let answered = async {
        loop {
            stream.write_all(b" ").await.unwrap();
            let silence = timeout(Duration::from_millis(20), stream.read_exact(&mut said)).await;
            if let Ok(read) = silence {
                return read.unwrap();
            }
        }
    };
    timeout(SOON, answered).await.unwrap();
    assert_eq!(&said, b"HTTP/1.1 400");
}

/// Takes its answers steadily, but slowly; how much it got in two seconds, and whether that was the end.
async fn trickled(min_rate: u64) -> (usize, bool) {
    let kinora = Kinora::start_with(|settings| {
        settings.server.write_timeout = Duration::from_millis(500);
        settings.server.header_timeout = Duration::from_secs(600);
        settings.server.min_rate = min_rate;
    })
    .await;
    let mut stream = asks_and_does_not_read(&kinora, "/openapi.json").await;
    let (mut piece, mut taken) = (vec![0; 64 << 10], 0);
    let ended = timeout(Duration::from_secs(2), async {
        loop {
            match stream.read(&mut piece).await {
                Ok(0) | Err(_) => return,
                Ok(read) => taken += read,
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    })
    .await;
    (taken, ended.is_ok())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_takes_a_trickle_loses_its_place_and_a_slow_one_does_not() {
    let (_, ended) = trickled(1 << 40).await;
    assert!(ended, "it was slower than it must be");
    let (taken, ended) = trickled(1000).await;
    assert!(!ended && taken > 4000, "it was fast enough, and got {taken} bytes");
}

/// A process that may have so many files open, as a limit that it can raise (`-S`) or one that it cannot (`-H`).
fn with_open_files(data_dir: &std::path::Path, limit: &str) -> Process {
    Process::serve_with(data_dir, |command| {
        let mut limited = std::process::Command::new("sh");
        let then = format!("ulimit {limit} && exec \"$0\" \"$@\"");
        limited.arg("-c").arg(then).arg(command.get_program());
        limited.args(command.get_args());
        let set = command.get_envs().filter_map(|(name, value)| Some((name, value?)));
        limited.envs(set).stdout(std::process::Stdio::piped());
        *command = limited;
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_do_not_take_the_files_that_work_needs() {
    service::fetch::tls::install_provider();
    for limit in ["-S -n 64", "-n 330"] {
        let data_dir = tempfile::tempdir().unwrap();
        let process = with_open_files(data_dir.path(), limit);
        let key = std::fs::read_to_string(data_dir.path().join("first-key")).unwrap();
        let http = reqwest::Client::new();
        let submit = http.post(format!("{}{}", process.base, kinora::SUBMIT));
        let submit = submit.header("authorization", key.trim()).json(&kinora::body());
        let id = answer(submit).await.json()["id"].as_str().unwrap().to_owned();
        let address = process.base.strip_prefix("http://").unwrap();
        let mut held = Vec::new();
        for _ in 0..100 {
            held.push(TcpStream::connect(address).await.unwrap());
        }
        // Over the connection that was there before.
        let view = until(async || {
            let status = http.get(format!("{}{}/{id}", process.base, kinora::SUBMIT));
            let view = answer(status.header("authorization", key.trim())).await.json();
            (view["state"] != "queued" && view["state"] != "running").then_some(view)
        })
        .await;
        assert_eq!(
            (view["state"].as_str(), view["attempts"].as_u64()),
            (Some("succeeded"), Some(1)),
            "{limit}: {view}"
        );
    }
}
