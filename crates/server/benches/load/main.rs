//! Status reads and durable submits per second beside a FastAPI and SQLite server of the same two routes on the
//! same cores, the latency of a status read while a clip is rendered, and memory when idle. Run with
//! `cargo bench -p server --bench load`; the peer needs `pip install fastapi uvicorn`.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on has failed")]

mod client;

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::{Value, json};
use tempfile::TempDir;

use self::client::{Connection, latencies, request, throughput};

const CLIENTS: usize = 40;
const ROUND: Duration = Duration::from_secs(4);
const TASKS: &str = "/kinora/v1/tasks";
/// 64 by 48 pixels, a chessboard.
const DOT: &str = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAEAAAAAwCAIAAAAuKetIAAAAVElEQVR42u3XwQkAMAgDQMdxCPfHsTqDQqHQg7xD7pnI6lG6cpTb/QEAAAAAAAAAAAAAsAa8NmjaDwAAAAAAAAAAAACwB3hkAAAAAAAAAAAAAN8CDo2wENOxn+rxAAAAAElFTkSuQmCC";

struct Running {
    child: Child,
    address: SocketAddr,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _gone = self.child.wait();
    }
}

fn kinora(data_dir: &Path, workers: &str) -> Running {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kinora"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
        .arg(data_dir)
        .env("KINORA_WORKER__CONCURRENCY", workers)
        .env("KINORA_LIMITS__QUEUE_PER_KEY", "10000000")
        .env("KINORA_LIMITS__MIN_FREE_DISK", "0")
        .env("KINORA_SERVER__REQUESTS_PER_SECOND", "0")
        .env("KINORA_LOG__FILTER", "warn")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = lines.next().unwrap().unwrap();
    let address = line.rsplit("http://").next().unwrap().trim().parse().unwrap();
    std::thread::spawn(move || lines.for_each(drop));
    Running { child, address }
}

/// `None`, with a word to the reader, where Python or its packages are missing.
fn peer(folder: &Path) -> Option<Running> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/load/peer.py");
    let address: SocketAddr = "127.0.0.1:18642".parse().unwrap();
    let mut child = Command::new("python3")
        .arg(script)
        .arg(address.port().to_string())
        .arg(folder.join("peer.db"))
        .spawn()
        .ok()?;
    for _ in 0..100 {
        if std::net::TcpStream::connect(address).is_ok() {
            return Some(Running { child, address });
        }
        if matches!(child.try_wait(), Ok(Some(_))) {
            break;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    println!("no peer: pip install fastapi uvicorn");
    None
}

async fn submit(server: &Running, key: &str, body: &Value) -> String {
    let mut connection = Connection::open(server.address).await;
    let (status, text) = connection.ask(&request(TASKS, key, Some(&body.to_string()))).await;
    assert_eq!(status, 200, "{text}");
    let view: Value = serde_json::from_str(&text).unwrap();
    view["id"].as_str().unwrap().to_owned()
}

/// Reads and submits per second.
async fn rates(server: &Running, key: &str) -> (f64, f64) {
    let body = json!({"images": [DOT], "prompt": "make it dance.", "duration": 1});
    let id = submit(server, key, &body).await;
    let read = request(&format!("{TASKS}/{id}"), key, None);
    let reads = throughput(server.address, &read, CLIENTS, ROUND).await;
    let post = request(TASKS, key, Some(&body.to_string()));
    let submits = throughput(server.address, &post, CLIENTS, ROUND).await;
    (reads, submits)
}

fn key(data_dir: &TempDir) -> String {
    let key = std::fs::read_to_string(data_dir.path().join("first-key")).unwrap();
    key.trim().to_owned()
}

async fn measure_rates() {
    let folder = tempfile::tempdir().unwrap();
    let server = kinora(folder.path(), "0");
    let (reads, submits) = rates(&server, &key(&folder)).await;
    drop(server);
    println!("kinora: {reads:.0} status reads/s, {submits:.0} durable submits/s");
    let Some(peer) = peer(folder.path()) else { return };
    let (slow_reads, slow_submits) = rates(&peer, "none").await;
    println!("peer:   {slow_reads:.0} status reads/s, {slow_submits:.0} durable submits/s");
    println!("ratio:  {:.1} and {:.1}", reads / slow_reads, submits / slow_submits);
}

async fn measure_latency() {
    let folder = tempfile::tempdir().unwrap();
    let server = kinora(folder.path(), "1");
    let key = key(&folder);
    let small = json!({"images": [DOT], "duration": 1, "resolution": "360p", "model": "viduq3-turbo"});
    let id = submit(&server, &key, &small).await;
    let read = request(&format!("{TASKS}/{id}"), &key, None);
    loop {
        let (_, text) = Connection::open(server.address).await.ask(&read).await;
        if text.contains("\"state\":\"succeeded\"") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let idle = latencies(server.address, &read, 500).await;
    let long = json!({"images": [DOT], "duration": 16, "resolution": "1080p", "model": "viduq3-pro"});
    submit(&server, &key, &long).await;
    let busy = latencies(server.address, &read, 500).await;
    let p99 = |times: &[Duration]| times[times.len() * 99 / 100];
    let ratio = p99(&busy).as_secs_f64() / p99(&idle).as_secs_f64();
    println!(
        "status read, p50 and p99: {:?} and {:?} idle, {:?} and {:?} during a render; p99 ratio {ratio:.1}",
        idle[250],
        p99(&idle),
        busy[250],
        p99(&busy)
    );
}

fn measure_memory() {
    let folder = tempfile::tempdir().unwrap();
    let server = kinora(folder.path(), "1");
    std::thread::sleep(Duration::from_secs(2));
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.child.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
    println!("idle: {line}");
}

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    measure_memory();
    runtime.block_on(async {
        measure_rates().await;
        measure_latency().await;
    });
}
