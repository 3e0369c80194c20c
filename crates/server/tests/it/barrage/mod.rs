//! Hundreds of hostile requests against one process, made by combining every route and field with everything
//! that could be wrong: no 5xx, no panic, no word of ours, no request of ours to where none may go, and no
//! memory that stays.

mod range;
mod requests;
mod submits;

use std::{
    net::SocketAddr,
    process::Stdio,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use futures_util::{StreamExt, stream};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::timeout,
};

use self::{
    range::{Range, Shot},
    requests::{bodies, heads, paths},
    submits::{addresses, wrong_fields},
};
use crate::{
    binary::Process,
    kinora,
    server::{answer, until},
};

const SOON: Duration = Duration::from_secs(30);
/// Kilobytes.
const MEMORY_THAT_MAY_STAY: u64 = 20 * 1024;

/// What came back: the status, if there was an answer at all, and everything that was said.
async fn fire(address: SocketAddr, shot: &Shot) -> (Option<u16>, String) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let (mut reading, mut writing) = stream.split();
    let mut said = Vec::new();
    let write = async {
        // A server that has heard enough may hang up.
        let _ = writing.write_all(&shot.bytes).await;
        if shot.closes {
            let _ = writing.shutdown().await;
        }
    };
    let read = async {
        let _ = reading.read_to_end(&mut said).await;
    };
    let over = timeout(SOON, async { tokio::join!(write, read) }).await;
    assert!(over.is_ok(), "{}: the connection was held", shot.name);
    let said = String::from_utf8_lossy(&said).into_owned();
    let status = said.get(9..12).and_then(|status| status.parse().ok());
    (status, said)
}

fn resident_kilobytes(process: &Process) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", process.child.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").trim().parse().unwrap()
}

/// Somebody listens where nobody may be sent.
async fn forbidden_listener() -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let visits = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&visits);
    tokio::spawn(async move {
        while listener.accept().await.is_ok() {
            counted.fetch_add(1, Ordering::SeqCst);
        }
    });
    (port, visits)
}

fn assert_harmless(shot: &Shot, status: Option<u16>, said: &str, data_dir: &TempDir) {
    let name = &shot.name;
    assert!(status.is_none_or(|status| status < 500), "{name}: {said}");
    let here = data_dir.path().to_string_lossy();
    for leak in [
        &*here,
        "/root",
        "src/",
        ".rs:",
        "panicked",
        "RUST_BACKTRACE",
        "sqlite",
        "SELECT ",
        "stack backtrace",
    ] {
        assert!(!said.contains(leak), "{name} shows {leak}: {said}");
    }
}

fn serve(data_dir: &TempDir, workers: &str) -> (Process, Range, SocketAddr) {
    service::fetch::tls::install_provider();
    let log = std::fs::File::create(data_dir.path().join("log")).unwrap();
    let process = Process::serve_with(data_dir.path(), |command| {
        command
            .env("KINORA_WORKER__CONCURRENCY", workers)
            .env("KINORA_SERVER__HEADER_TIMEOUT", "2s")
            .env("KINORA_SERVER__BODY_TIMEOUT", "2s")
            .env("KINORA_SERVER__REQUESTS_PER_SECOND", "0")
            .env("KINORA_FETCH__TRIES", "1")
            .env("KINORA_FETCH__CONNECT_TIMEOUT", "1s")
            .env("KINORA_NOTIFY__TIMEOUT", "1s")
            .env("KINORA_NOTIFY__RETRY_AFTER", "1s")
            .stderr(Stdio::from(log));
    });
    let key = std::fs::read_to_string(data_dir.path().join("first-key")).unwrap();
    let range = Range {
        key: key.trim().to_owned(),
        shots: Vec::new(),
    };
    let address = process.base.strip_prefix("http://").unwrap().parse().unwrap();
    (process, range, address)
}

fn assert_no_panic(data_dir: &TempDir) {
    let log = std::fs::read_to_string(data_dir.path().join("log")).unwrap();
    assert!(!log.contains("panicked"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn hundreds_of_hostile_requests_leave_no_trace() {
    let data_dir = tempfile::tempdir().unwrap();
    let (process, mut range, address) = serve(&data_dir, "0");
    wrong_fields(&mut range);
    addresses(&mut range, 9);
    paths(&mut range);
    heads(&mut range);
    bodies(&mut range);
    assert!(range.shots.len() >= 500, "{} requests", range.shots.len());
    // What every kind of request needs once is no growth.
    let some: Vec<&Shot> = range.shots.iter().step_by(4).collect();
    fire_all(address, some, &data_dir).await;
    let before = resident_kilobytes(&process);
    let answered = fire_all(address, range.shots.iter().collect(), &data_dir).await;
    let health = answer(reqwest::Client::new().get(format!("{}/healthz", process.base))).await;
    assert_eq!(health.status, 200, "it lives");
    let after = until(async || {
        let now = resident_kilobytes(&process);
        (now < before + MEMORY_THAT_MAY_STAY).then_some(now)
    })
    .await;
    println!(
        "{} requests, {answered} answers, resident before {before} kB, after {after} kB",
        range.shots.len()
    );
    drop(process);
    assert_no_panic(&data_dir);
    let uploads = std::fs::read_dir(data_dir.path().join("uploads")).unwrap();
    assert_eq!(uploads.count(), 0, "no half picture stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_spelling_of_a_forbidden_address_is_ever_visited() {
    let data_dir = tempfile::tempdir().unwrap();
    let (process, mut range, address) = serve(&data_dir, "4");
    let (port, visits) = forbidden_listener().await;
    addresses(&mut range, port);
    fire_all(address, range.shots.iter().collect(), &data_dir).await;
    let http = reqwest::Client::new();
    let get = async |path: String| {
        let request = http.get(format!("{}{path}", process.base));
        answer(request.header("authorization", &range.key)).await.json()
    };
    // Whoever is still to be made has a good picture and a bad webhook: its end is announced at once.
    let unfinished = get(format!("{}?state=queued,running&limit=500", kinora::SUBMIT)).await;
    for view in unfinished["data"].as_array().unwrap() {
        let path = format!(
            "{}{}/{}/cancel",
            process.base,
            kinora::SUBMIT,
            view["id"].as_str().unwrap()
        );
        answer(http.post(path).header("authorization", &range.key)).await;
    }
    until(async || {
        let left = get(format!("{}?state=queued,running", kinora::SUBMIT)).await;
        let due = get("/kinora/v1/webhooks?state=due".to_owned()).await;
        let none = |page: &Value| page["data"].as_array().unwrap().is_empty();
        (none(&left) && none(&due)).then_some(())
    })
    .await;
    let delivered = get("/kinora/v1/webhooks?state=delivered".to_owned()).await;
    assert_eq!(delivered["data"], json!([]));
    let dead = get("/kinora/v1/webhooks?state=dead&limit=500".to_owned()).await;
    assert!(
        dead["data"].as_array().unwrap().len() >= 10,
        "there was something to refuse"
    );
    let failed = get(format!("{}?state=failed&limit=500", kinora::SUBMIT)).await;
    for view in failed["data"].as_array().unwrap() {
        assert!(
            view["failure"]["code"].as_str().unwrap().starts_with("image_"),
            "{view}"
        );
    }
    assert_eq!(visits.load(Ordering::SeqCst), 0, "nobody came where nobody may be sent");
    drop(process);
    assert_no_panic(&data_dir);
}

async fn fire_all(address: SocketAddr, shots: Vec<&Shot>, data_dir: &TempDir) -> usize {
    let mut answered = 0;
    let mut fired = stream::iter(
        shots
            .into_iter()
            .map(|shot| async move { (shot, fire(address, shot).await) }),
    )
    .buffer_unordered(16);
    while let Some((shot, (status, said))) = fired.next().await {
        assert_harmless(shot, status, &said, data_dir);
        answered += usize::from(status.is_some());
    }
    answered
}
