//! Status reads and durable submits per second beside FastAPI and SQLite servers of the same two routes on the same
//! cores, the latency of a status read while clips are rendered, and memory when idle. Run with
//! `cargo bench -p server --bench load`; the peers need `pip install fastapi[standard] sqlmodel`.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on has failed")]

mod client;
mod latency;

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::{Value, json};
use tempfile::TempDir;

use self::client::{Connection, load, request};

const CLIENTS: usize = 40;
const ROUND: Duration = Duration::from_secs(4);
const KEY_OF_PEER: &str = "kn_of_the_peer";
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

/// One worker each: as FastAPI's tutorial teaches it, and as fast as one would write it by hand.
const PEERS: [(&str, &str, &str); 2] = [
    ("FastAPI by the book", "peer_by_the_book.py", "127.0.0.1:18642"),
    ("FastAPI by hand", "peer_by_hand.py", "127.0.0.1:18643"),
];

/// `None`, with a word to the reader, where Python or its packages are missing.
fn peer(folder: &Path, script: &str, address: &str, key: &str) -> Option<Running> {
    let address: SocketAddr = address.parse().unwrap();
    let script_path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/load").join(script);
    let mut child = Command::new("python3")
        .arg(script_path)
        .arg(address.port().to_string())
        .arg(folder.join(script).with_extension("db"))
        .arg(key)
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
    println!("no peer: pip install fastapi[standard] sqlmodel");
    None
}

async fn submit(server: &Running, key: &str, body: &Value) -> String {
    let mut connection = Connection::open(server.address).await;
    let (status, text) = connection.ask(&request(TASKS, key, Some(&body.to_string()))).await;
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(text));
    let view: Value = serde_json::from_slice(text).unwrap();
    view["id"].as_str().unwrap().to_owned()
}

/// Answers per second, and microseconds of the server's processor time for each.
struct Rate {
    per_second: f64,
    cost: f64,
}

/// Reads and submits.
async fn rates(server: &Running, key: &str) -> [Rate; 2] {
    let body = json!({"images": [DOT], "prompt": "make it dance.", "duration": 1});
    let id = submit(server, key, &body).await;
    let read = request(&format!("{TASKS}/{id}"), key, None);
    let post = request(TASKS, key, Some(&body.to_string()));
    [rate(server, &read).await, rate(server, &post).await]
}

async fn rate(server: &Running, request: &[u8]) -> Rate {
    let before = processor_time(server.child.id());
    let per_second = load(server.address, request, CLIENTS, ROUND).await.per_second;
    let spent = processor_time(server.child.id()) - before;
    let cost = 1e6 * spent / (per_second * ROUND.as_secs_f64());
    Rate { per_second, cost }
}

/// Seconds that a process has spent on processors.
fn processor_time(process: u32) -> f64 {
    const TICKS_PER_SECOND: f64 = 100.0;
    let text = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let numbers = text.rsplit(") ").next().unwrap().split(' ').skip(11).take(2);
    let ticks: f64 = numbers.map(|number| number.parse::<f64>().unwrap()).sum();
    ticks / TICKS_PER_SECOND
}

fn key(data_dir: &TempDir) -> String {
    let key = std::fs::read_to_string(data_dir.path().join("first-key")).unwrap();
    key.trim().to_owned()
}

async fn measure_rates() {
    let folder = tempfile::tempdir().unwrap();
    let server = kinora(folder.path(), "0");
    let ours = rates(&server, &key(&folder)).await;
    drop(server);
    for (name, script, address) in PEERS {
        let Some(peer) = peer(folder.path(), script, address, KEY_OF_PEER) else {
            return;
        };
        let theirs = rates(&peer, KEY_OF_PEER).await;
        for (what, ours, theirs) in [
            ("status reads", &ours[0], &theirs[0]),
            ("durable submits", &ours[1], &theirs[1]),
        ] {
            println!(
                "{what}: {:.0}/s beside {:.0}/s of {name}, {:.1} times; {:.0} us of processor time beside {:.0}, {:.1} times",
                ours.per_second,
                theirs.per_second,
                ours.per_second / theirs.per_second,
                ours.cost,
                theirs.cost,
                theirs.cost / ours.cost,
            );
        }
    }
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
    if std::env::args().nth(1).as_deref() == Some(latency::BURN) {
        latency::burn();
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    measure_memory();
    runtime.block_on(async {
        measure_rates().await;
        latency::measure().await;
    });
}
