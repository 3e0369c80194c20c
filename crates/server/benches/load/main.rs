//! Status reads and durable submits per second beside FastAPI and SQLite servers of the same two routes on the same
//! cores, the latency of a status read while clips are rendered, and memory when idle. Run with
//! `cargo bench -p server --bench load`; the peers need `pip install fastapi[standard] sqlmodel`.

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
const KEY_OF_PEER: &str = "kn_of_the_peer";
const TASKS: &str = "/kinora/v1/tasks";
/// 64 by 48 pixels, a chessboard.
const DOT: &str = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAEAAAAAwCAIAAAAuKetIAAAAVElEQVR42u3XwQkAMAgDQMdxCPfHsTqDQqHQg7xD7pnI6lG6cpTb/QEAAAAAAAAAAAAAsAa8NmjaDwAAAAAAAAAAAACwB3hkAAAAAAAAAAAAAN8CDo2wENOxn+rxAAAAAElFTkSuQmCC";

/// Status reads whose time is taken, one every ten milliseconds.
const READS: usize = 1000;
/// Clips that are rendered for as long as that takes.
const RENDERS: usize = 10;
const BURN: &str = "burn";
const FLOOR: &str = "beside processes that write to memory";

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
    let per_second = throughput(server.address, request, CLIENTS, ROUND).await;
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

async fn measure_latency() {
    let folder = tempfile::tempdir().unwrap();
    let server = kinora(folder.path(), "1");
    let key = key(&folder);
    let small = json!({"images": [DOT], "duration": 1, "resolution": "360p", "model": "viduq3-turbo"});
    let id = submit(&server, &key, &small).await;
    let read = request(&format!("{TASKS}/{id}"), &key, None);
    loop {
        let mut connection = Connection::open(server.address).await;
        let (_, text) = connection.ask(&read).await;
        if String::from_utf8_lossy(text).contains("\"state\":\"succeeded\"") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let idle = latencies(server.address, &read, READS).await;
    report("idle", &idle, &idle);
    let burners = burners();
    report(FLOOR, &latencies(server.address, &read, READS).await, &idle);
    drop(burners);
    let long = json!({"images": [DOT], "duration": 16, "resolution": "1080p", "model": "viduq3-pro"});
    for _ in 0..RENDERS {
        submit(&server, &key, &long).await;
    }
    report("during renders", &latencies(server.address, &read, READS).await, &idle);
}

fn report(when: &str, times: &[Duration], idle: &[Duration]) {
    let percentile = |times: &[Duration], percent: usize| times[times.len() * percent / 100];
    let ratio = percentile(times, 99).as_secs_f64() / percentile(idle, 99).as_secs_f64();
    println!(
        "status read {when}: p50 {:?}, p99 {:?}; p99 {ratio:.1} times idle",
        percentile(times, 50),
        percentile(times, 99)
    );
}

/// Processes at the priority of renders, one for each processor, that do nothing but write to memory: what is slow
/// beside them is the machine's own doing.
fn burners() -> Vec<Burner> {
    let processors = std::thread::available_parallelism().unwrap().get();
    let burner = || {
        Command::new("nice")
            .args(["-n", "10"])
            .arg(std::env::current_exe().unwrap())
            .arg(BURN)
            .spawn()
    };
    (0..processors).map(|_| Burner(burner().unwrap())).collect()
}

struct Burner(Child);

impl Drop for Burner {
    fn drop(&mut self) {
        let _gone = self.0.kill();
        let _gone = self.0.wait();
    }
}

fn burn() -> ! {
    let mut memory = vec![0_u64; 6 << 20];
    loop {
        memory.iter_mut().for_each(|word| *word = word.wrapping_add(1));
        std::hint::black_box(&memory);
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
    if std::env::args().nth(1).as_deref() == Some(BURN) {
        burn();
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    measure_memory();
    runtime.block_on(async {
        measure_rates().await;
        measure_latency().await;
    });
}
