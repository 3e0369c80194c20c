//! How long a status read takes while clips are rendered, beside how long it takes otherwise.

use std::{
    process::{Child, Command},
    time::Duration,
};

use serde_json::json;

use super::{
    CLIENTS, DOT, ROUND, Running, TASKS,
    client::{Connection, load, request, unhurried},
    key, kinora, submit,
};

/// Every situation is measured so often, in turn: where a daemon of the machine takes a processor for a few
/// milliseconds a second, the slowest hundredth of one round is chance.
const ROUNDS: usize = 3;
/// Reads of the unhurried client in a round.
const READS: usize = 1000;
/// Clips that are rendered for longer than a round takes.
const RENDERS: usize = 20;
/// What this program is called with to be one of the `burners`.
pub(crate) const BURN: &str = "burn";

/// How long reads took in one situation: those of one client that asks now and then, and those of many at once.
#[derive(Default)]
struct Times {
    unhurried: Vec<Duration>,
    many: Vec<Duration>,
}

impl Times {
    async fn take(&mut self, server: &Running, read: &[u8]) {
        self.unhurried.extend(unhurried(server.address, read, READS).await);
        self.many.extend(load(server.address, read, CLIENTS, ROUND).await.times);
    }
}

pub(crate) async fn measure() {
    let (mut idle, mut beside_burners, mut beside_renders) = (Times::default(), Times::default(), Times::default());
    for _ in 0..ROUNDS {
        let folder = tempfile::tempdir().unwrap();
        let server = kinora(folder.path(), "1");
        let key = key(&folder);
        let read = read_of_finished_task(&server, &key).await;
        idle.take(&server, &read).await;
        let burners = burners();
        beside_burners.take(&server, &read).await;
        drop(burners);
        begin_renders(&server, &key).await;
        beside_renders.take(&server, &read).await;
    }
    report(
        "one client",
        idle.unhurried,
        beside_burners.unhurried,
        beside_renders.unhurried,
    );
    report("many clients", idle.many, beside_burners.many, beside_renders.many);
}

async fn read_of_finished_task(server: &Running, key: &str) -> Vec<u8> {
    let small = json!({"images": [DOT], "duration": 1, "resolution": "360p", "model": "viduq3-turbo"});
    let id = submit(server, key, &small).await;
    let read = request(&format!("{TASKS}/{id}"), key, None);
    loop {
        let mut connection = Connection::open(server.address).await;
        let (_, text) = connection.ask(&read).await;
        if String::from_utf8_lossy(text).contains("\"state\":\"succeeded\"") {
            return read;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn begin_renders(server: &Running, key: &str) {
    let long = json!({"images": [DOT], "duration": 16, "resolution": "1080p", "model": "viduq3-pro"});
    for _ in 0..RENDERS {
        submit(server, key, &long).await;
    }
}

fn report(clients: &str, mut idle: Vec<Duration>, beside_burners: Vec<Duration>, beside_renders: Vec<Duration>) {
    let idle_p99 = percentile(&mut idle, 99);
    for (situation, mut times) in [
        ("idle", idle),
        ("beside processes that write to memory", beside_burners),
        ("during renders", beside_renders),
    ] {
        let [p50, p98, p99] = [50, 98, 99].map(|percent| percentile(&mut times, percent));
        let ratio = p99.as_secs_f64() / idle_p99.as_secs_f64();
        println!("status read, {clients}, {situation}: p50 {p50:?}, p98 {p98:?}, p99 {p99:?}, {ratio:.1} times idle");
    }
}

fn percentile(times: &mut [Duration], percent: usize) -> Duration {
    let nth = times.len() * percent / 100;
    *times.select_nth_unstable(nth).1
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

pub(crate) fn burn() -> ! {
    let mut memory = vec![0_u64; 6 << 20];
    loop {
        memory.iter_mut().for_each(|word| *word = word.wrapping_add(1));
        std::hint::black_box(&memory);
    }
}
