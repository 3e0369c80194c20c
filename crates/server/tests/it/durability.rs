//! What outlives the process: everything that was acknowledged.

use std::time::Duration;

use reqwest::{Client, Method};
use serde_json::Value;

use crate::{
    binary::{Process, kinora, stderr},
    kinora::{SUBMIT, body, submit},
    probe::probe_bytes,
    server::{Kinora, answer, until},
};

const TASKS: usize = 14;

struct Remote {
    http: Client,
    key: String,
}

impl Remote {
    async fn get(&self, process: &Process, path: &str) -> Value {
        let request = self.http.request(Method::GET, format!("{}{path}", process.base));
        answer(request.header("authorization", &self.key)).await.json()
    }

    async fn submit(&self, process: &Process) -> String {
        let request = self
            .http
            .post(format!("{}{SUBMIT}", process.base))
            .header("authorization", &self.key);
        let submitted = answer(request.json(&body())).await;
        assert_eq!(submitted.status, 200, "{}", submitted.text());
        submitted.json()["id"].as_str().unwrap().to_owned()
    }

    async fn count(&self, process: &Process, state: &str) -> usize {
        let page = self.get(process, &format!("{SUBMIT}?limit=100&state={state}")).await;
        page["data"].as_array().unwrap().len()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_acknowledged_task_outlives_a_killed_server() {
    let data_dir = tempfile::tempdir().unwrap();
    let process = Process::serve(data_dir.path());
    let key = std::fs::read_to_string(data_dir.path().join("first-key")).unwrap();
    let remote = Remote {
        http: Client::new(),
        key: key.trim().to_owned(),
    };
    let mut ids = Vec::new();
    for _ in 0..TASKS {
        ids.push(remote.submit(&process).await);
    }
    // In the middle: some are done, one runs, the others wait.
    until(async || (remote.count(&process, "succeeded").await >= 3).then_some(())).await;
    until(async || (remote.count(&process, "running").await > 0).then_some(())).await;
    process.kill();

    let process = Process::serve(data_dir.path());
    for id in &ids {
        let view = until(async || {
            let view = remote.get(&process, &format!("{SUBMIT}/{id}")).await;
            (view["state"] != "queued" && view["state"] != "running").then_some(view)
        })
        .await;
        assert_eq!(view["state"], "succeeded", "{view}");
        let link = view["video"]["url"].as_str().unwrap();
        let video = answer(remote.http.get(link)).await;
        assert_eq!(probe_bytes(&video.bytes).frames, 24);
    }
    let all = remote.get(&process, &format!("{SUBMIT}?limit=100")).await;
    assert_eq!(all["data"].as_array().unwrap().len(), TASKS, "none lost, none twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_orderly_stop_finishes_the_running_task_and_keeps_the_waiting_ones() {
    let kinora = Kinora::start().await;
    let ids = [submit(&kinora, &body()).await, submit(&kinora, &body()).await];
    until(async || (kinora.task(&ids[0]).await["state"] != "queued").then_some(())).await;
    let data_dir = kinora.stop().await;
    let kinora = Kinora::start_in(data_dir, |_| {}).await;
    for id in ids {
        let view = kinora.ended(&id).await;
        assert_eq!(
            (&view["state"], &view["attempts"]),
            (&Value::from("succeeded"), &Value::from(1)),
            "{view}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_process_is_kept_out_of_the_data_directory() {
    let server = Kinora::start().await;
    let mut second = kinora();
    second
        .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
        .arg(server.data_dir.path());
    let refused = tokio::task::spawn_blocking(move || second.output().unwrap())
        .await
        .unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(stderr(&refused).contains("another kinora"), "{}", stderr(&refused));
    assert_eq!(server.get("/healthz").await.status, 200);
}

#[cfg(unix)]
#[test]
fn a_signal_ends_the_server_in_an_orderly_way() {
    let data_dir = tempfile::tempdir().unwrap();
    let mut process = Process::serve(data_dir.path());
    let asked = std::process::Command::new("kill")
        .args(["-TERM", &process.child.id().to_string()])
        .status()
        .unwrap();
    assert!(asked.success());
    let begun = std::time::Instant::now();
    let status = loop {
        if let Some(status) = process.child.try_wait().unwrap() {
            break status;
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "it did not stop");
        std::thread::yield_now();
    };
    assert!(status.success(), "{status}");
}

#[test]
fn the_first_start_shows_the_key_once_with_a_line_to_try() {
    let data_dir = tempfile::tempdir().unwrap();
    let mut outputs = Vec::new();
    for _ in 0..2 {
        let mut server = kinora();
        server
            .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
            .arg(data_dir.path());
        let mut child = server
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        let mut text = String::new();
        let mut lines = std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().unwrap()));
        let base = lines.next().unwrap().unwrap();
        let address = base.strip_prefix("Kinora listens on http://").unwrap();
        // All of the welcome is printed before anybody is answered.
        let mut stream = std::net::TcpStream::connect(address).unwrap();
        std::io::Write::write_all(&mut stream, b"GET /healthz HTTP/1.0\r\n\r\n").unwrap();
        std::io::Read::read(&mut stream, &mut [0; 16]).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        lines.for_each(|line| text.push_str(&(line.unwrap() + "\n")));
        outputs.push(text);
    }
    let key = std::fs::read_to_string(data_dir.path().join("first-key")).unwrap();
    assert!(outputs[0].contains(key.trim()) && outputs[0].contains("curl") && outputs[0].contains("http://127.0.0.1:"));
    assert!(outputs[1].trim().is_empty(), "{}", outputs[1]);
}
