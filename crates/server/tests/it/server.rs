//! A server in this process.

use std::time::{Duration, Instant};

use reqwest::{Method, RequestBuilder, StatusCode, header::HeaderMap};
use serde_json::Value;
use server::{config::Settings, serve::Server};
use tempfile::TempDir;
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;

/// Rendering shares two cores with everything else that is tested at the same time.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);
const STEP: Duration = Duration::from_millis(50);

/// A running server with its data directory and first key.
pub(crate) struct Kinora {
    pub(crate) base: String,
    pub(crate) key: String,
    pub(crate) http: reqwest::Client,
    pub(crate) data_dir: TempDir,
    stop: CancellationToken,
    running: JoinHandle<anyhow::Result<()>>,
}

/// An HTTP answer, read whole.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Kinora {
    pub(crate) async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    pub(crate) async fn start_with(change: impl FnOnce(&mut Settings)) -> Self {
        Self::start_in(TempDir::new().unwrap(), change).await
    }

    pub(crate) async fn start_in(data_dir: TempDir, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = Settings::default();
        settings.server.data_dir = data_dir.path().to_path_buf();
        // How full the disk of the machine that runs the tests is, is not what they are about.
        settings.limits.min_free_disk = 0;
        settings.server.requests_per_second = 0;
        change(&mut settings);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Server::open(listener, settings).await.unwrap();
        let base = format!("http://{}", server.address().unwrap());
        let key = std::fs::read_to_string(data_dir.path().join("first-key")).unwrap();
        let stop = CancellationToken::new();
        let running = tokio::spawn(server.run(stop.clone()));
        Self {
            base,
            key: key.trim().to_owned(),
            http: reqwest::Client::new(),
            data_dir,
            stop,
            running,
        }
    }

    /// Stops it in an orderly way.
    pub(crate) async fn stop(self) -> TempDir {
        self.stop.cancel();
        self.running.await.unwrap().unwrap();
        self.data_dir
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("{}{path}", self.base))
            .header("authorization", &self.key)
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        answer(self.request(Method::POST, path).json(body)).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        answer(self.request(Method::GET, path)).await
    }

    /// Makes another key, as `kinora keys create` does.
    pub(crate) fn other_key(&self, name: &str) -> String {
        let created = crate::binary::kinora()
            .args(["keys", "create", name, "--data-dir"])
            .arg(self.data_dir.path())
            .output()
            .unwrap();
        assert!(created.status.success(), "{}", String::from_utf8_lossy(&created.stderr));
        String::from_utf8(created.stdout).unwrap().trim().to_owned()
    }

    /// The task in Kinora's own words.
    pub(crate) async fn task(&self, id: &str) -> Value {
        let answer = self.get(&format!("/kinora/v1/tasks/{id}")).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }

    /// Asks until the task has ended.
    pub(crate) async fn ended(&self, id: &str) -> Value {
        until(async || {
            let view = self.task(id).await;
            let state = view["state"].as_str().unwrap_or_default();
            matches!(state, "succeeded" | "failed" | "cancelled").then_some(view)
        })
        .await
    }
}

/// Sends a request and reads the answer whole.
pub(crate) async fn answer(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    Answer {
        status: response.status(),
        headers: response.headers().clone(),
        bytes: response.bytes().await.unwrap().to_vec(),
    }
}

/// Looks until there is something to see.
pub(crate) async fn until<Seen>(mut look: impl AsyncFnMut() -> Option<Seen>) -> Seen {
    let begun = Instant::now();
    loop {
        if let Some(seen) = look().await {
            return seen;
        }
        assert!(
            begun.elapsed() < PATIENCE,
            "what was waited for did not happen in {PATIENCE:?}"
        );
        tokio::time::sleep(STEP).await;
    }
}
