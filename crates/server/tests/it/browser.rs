//! A clip in a real browser, from a result's link.

use std::process::{Child, Command, Stdio};

use axum::{
    Router,
    extract::Query,
    response::Html,
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::json;
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::mpsc, time::timeout};

use crate::{
    pictures,
    server::{Kinora, PATIENCE, answer},
};

/// Plays the clip and reports once half a second of it was shown and heard, or what the browser says against it. The sound
/// of another site's file may be played but not looked at, so its level is that of the page's own copy.
const PAGE: &str = r"<!doctype html><body><script>
const video = document.createElement('video');
const level = async () => {
  const file = await (await fetch('/clip.mp4')).arrayBuffer();
  const samples = (await new OfflineAudioContext(2, 48000, 48000).decodeAudioData(file)).getChannelData(0);
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
};
const report = async (fault) => fetch('/report?' + new URLSearchParams({
  fault, width: video.videoWidth, height: video.videoHeight, seconds: video.duration,
  sound: video.webkitAudioDecodedByteCount || 0, level: fault ? 0 : await level(),
}), {method: 'POST'});
video.onerror = () => report(video.error.message || 'error ' + video.error.code);
video.ontimeupdate = () => { if (video.currentTime > 0.5) { video.ontimeupdate = null; report(''); } };
video.src = decodeURIComponent(location.hash.slice(1));
document.body.append(video);
video.play().catch((error) => report(String(error)));
</script>";

/// What the page saw.
#[derive(Debug, Deserialize)]
struct Report {
    fault: String,
    width: u32,
    height: u32,
    seconds: f64,
    /// Bytes of sound that were decoded while it played.
    sound: u64,
    /// Root mean square of the left channel, 1 is full scale.
    level: f64,
}

/// Ends with the test.
struct Browser {
    process: Child,
    _profile: TempDir,
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Browser {
    fn open(url: &str) -> Self {
        let profile = TempDir::new().unwrap();
        let process = Command::new("chromium")
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
            ])
            .args([
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ])
            .args(["--disable-dev-shm-usage", "--autoplay-policy=no-user-gesture-required"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg(url)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("chromium does not start ({error}); scripts/setup installs it"));
        Self {
            process,
            _profile: profile,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_plays_a_results_link_with_sound() {
    let kinora = Kinora::start().await;
    let body = json!({"images": [pictures::cat()], "prompt": "make it dance.", "duration": 2, "resolution": "540p", "bgm": true});
    let id = kinora.post("/kinora/v1/tasks", &body).await.json()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let view = kinora.ended(&id).await;
    let link = view["video"]["url"].as_str().unwrap();

    let (reports, mut reported) = mpsc::unbounded_channel();
    let file = answer(kinora.http.get(link)).await.bytes;
    let report = async move |Query(report): Query<Report>| {
        let _ = reports.send(report);
    };
    let page = Router::new()
        .route("/", get(Html(PAGE)))
        .route("/clip.mp4", get(async move || file))
        .route("/report", post(report));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, page).await });
    let fragment: String = url::form_urlencoded::byte_serialize(link.as_bytes()).collect();
    let _browser = Browser::open(&format!("http://{address}/#{fragment}"));

    let report = timeout(PATIENCE, reported.recv()).await.unwrap().unwrap();
    assert_eq!(report.fault, "");
    assert_eq!(
        json!([report.width, report.height]),
        json!([view["video"]["width"], view["video"]["height"]])
    );
    assert!((report.seconds - 2.0).abs() < 0.05, "{} seconds", report.seconds);
    assert!(report.sound > 0, "no sound was decoded");
    assert!(report.level > 0.02, "the sound is silent: {}", report.level);
}
