//! Hundreds of hostile requests against one process, made by combining every route and field with everything
//! that could be wrong: no 5xx, no panic, no word of ours, no request of ours to where none may go, and no
//! memory that stays.

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

use crate::{
    binary::Process,
    jiekou, kinora, modelverse, pictures,
    server::{answer, until},
};

const SOON: Duration = Duration::from_secs(30);
/// Kilobytes.
const MEMORY_THAT_MAY_STAY: u64 = 20 * 1024;

/// One request as bytes, so that nothing tidies it up on the way.
struct Shot {
    name: String,
    bytes: Vec<u8>,
    /// Whether the sending side is closed when all is said.
    closes: bool,
}

struct Range {
    key: String,
    shots: Vec<Shot>,
}

impl Range {
    fn raw(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.shots.push(Shot {
            name: name.into(),
            bytes: bytes.into(),
            closes: false,
        });
    }

    /// A complete request.
    fn request(&mut self, name: impl Into<String>, method: &str, path: &str, headers: &str, body: &[u8]) {
        let key = &self.key;
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: x\r\nauthorization: {key}\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n",
            body.len()
        );
        let mut bytes = head.into_bytes();
        bytes.extend_from_slice(body);
        self.raw(name, bytes);
    }

    fn post(&mut self, name: impl Into<String>, path: &str, body: &Value) {
        self.request(
            name,
            "POST",
            path,
            "content-type: application/json\r\n",
            body.to_string().as_bytes(),
        );
    }
}

/// Values of every wrong kind.
fn values() -> Vec<Value> {
    let deep = (0..200).fold(json!(1), |inner, _| json!([inner]));
    vec![
        json!(-1),
        json!(0.5),
        json!(1e308),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(""),
        json!(" "),
        json!("\u{0}"),
        json!("\u{202e}gnp"),
        json!("../../../../etc/passwd"),
        json!("{{7*7}}${jndi:ldap://x}'; DROP TABLE tasks; --"),
        json!("x".repeat(100_000)),
        json!([]),
        json!([null]),
        json!({}),
        json!({"$ref": "#"}),
        json!(true),
        deep,
    ]
}

/// Every field of every submit, with every value.
fn wrong_fields(range: &mut Range) {
    let picture = pictures::cat();
    let bodies = [
        (kinora::SUBMIT, kinora::body()),
        ("/v1/tasks/submit", modelverse::body(&picture)),
        (jiekou::SUBMIT, jiekou::body(&picture)),
    ];
    let values = values();
    for (path, body) in bodies {
        for pointer in pointers(&body) {
            for (number, value) in values.iter().enumerate() {
                let mut wrong = body.clone();
                *wrong.pointer_mut(&pointer).unwrap() = value.clone();
                range.post(format!("{path} {pointer} value {number}"), path, &wrong);
            }
        }
    }
    for field in [
        "operation",
        "webhook_url",
        "payload",
        "voice_id",
        "watermark",
        "off_peak",
        "audio",
    ] {
        for (number, value) in values.iter().enumerate() {
            let mut wrong = kinora::body();
            wrong[field] = value.clone();
            range.post(format!("{field} value {number}"), kinora::SUBMIT, &wrong);
        }
    }
}

/// Paths of all values in a body, pictures' bytes excepted.
fn pointers(body: &Value) -> Vec<String> {
    let fields = body.as_object().into_iter().flatten();
    fields
        .flat_map(|(name, value)| {
            let mut found = vec![format!("/{name}")];
            found.extend(pointers(value).into_iter().map(|inner| format!("/{name}{inner}")));
            found
        })
        .collect()
}

/// Every way of writing an address that leads to where we are.
fn addresses(range: &mut Range, port: u16) {
    let hosts = [
        "127.0.0.1",
        "localhost",
        "LOCALHOST.",
        "a.localhost",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "0x7f.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "0.0.0.0",
        "[::]",
        "user:word@127.0.0.1",
        "example.com@127.0.0.1",
        "127.0.0.1#example.com",
        "１２７.0.0.1",
        "127.0.0.1%00.example.com",
        "169.254.169.254",
        "10.0.0.1",
        "[fe80::1]",
        "metadata.google.internal",
    ];
    for host in hosts {
        for scheme in ["http", "HTTP", "ftp", "file", "gopher", "http+unix"] {
            let url = format!("{scheme}://{host}:{port}/cat.png");
            range.post(format!("picture at {url}"), jiekou::SUBMIT, &jiekou::body(&url));
        }
        let mut told = kinora::body();
        told["webhook_url"] = json!(format!("http://{host}:{port}/hook"));
        range.post(format!("webhook at {host}"), kinora::SUBMIT, &told);
    }
}

/// Every route with every kind of id, method and query.
fn paths(range: &mut Range) {
    let ids = [
        "0",
        "-1",
        "9223372036854775807",
        "9223372036854775808",
        "%00",
        "..",
        "..%2f..%2fetc%2fpasswd",
        "%ff%fe",
        "a",
        "1e3",
        "\u{661}",
        "1;1",
        "*",
    ];
    let routes = [
        "/kinora/v1/tasks/{}",
        "/kinora/v1/tasks/{}/events",
        "/kinora/v1/webhooks/{}",
        "/v1/tasks/status?task_id={}",
        "/v3/async/task-result?task_id={}",
        "/files/{}/1/video.mp4?expires=1&signature=00",
        "/files/1/{}/video.mp4?expires=1&signature=00",
        "/files/1/1/{}?expires=1&signature=00",
        "/files/1/1/video.mp4?expires={}&signature={}",
        "/v3/async/{}",
        "/kinora/v1/tasks?after={}&limit={}&state={}",
        "/kinora/v1/usage?from={}&to={}&after={}",
    ];
    for route in routes {
        for id in ids {
            let path = route.replace("{}", id);
            range.request(format!("GET {path}"), "GET", &path, "", b"");
        }
    }
    for method in ["DELETE", "PUT", "PATCH", "OPTIONS", "HEAD", "TRACE", "BREW", "get"] {
        for path in [
            "/",
            "/kinora/v1/tasks",
            "/v1/tasks/submit",
            "/v3/async/task-result",
            "/metrics",
            "/../etc/passwd",
            "/%2e%2e/",
        ] {
            range.request(format!("{method} {path}"), method, path, "", b"");
        }
    }
    for verb in ["cancel", "retry"] {
        for id in ids {
            let path = format!("/kinora/v1/tasks/{id}/{verb}");
            range.request(format!("POST {path}"), "POST", &path, "", b"{\"seed\": []}");
        }
    }
    range.request(
        "a URL of 100 kB",
        "GET",
        &format!("/kinora/v1/tasks?payload={}", "x".repeat(100_000)),
        "",
        b"",
    );
}

/// Heads that contradict themselves or never end.
fn heads(range: &mut Range) {
    let key = range.key.clone();
    let submit = format!("POST /v1/tasks/submit HTTP/1.1\r\nhost: x\r\nauthorization: {key}\r\nconnection: close\r\n");
    for (name, rest) in [
        ("two lengths", "content-length: 5\r\ncontent-length: 7\r\n\r\nhello"),
        (
            "length and chunks",
            "content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        ),
        ("a negative length", "content-length: -1\r\n\r\n"),
        ("a length of letters", "content-length: many\r\n\r\n"),
        ("a length of 2^64", "content-length: 18446744073709551616\r\n\r\n"),
        ("a length of 2^62", "content-length: 4611686018427387904\r\n\r\n{"),
        ("an unknown coding", "transfer-encoding: gzip\r\n\r\n"),
        ("chunks that are none", "transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n"),
        (
            "a chunk of 2^64",
            "transfer-encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}",
        ),
        (
            "a compressed body",
            "content-encoding: gzip\r\ncontent-length: 3\r\n\r\n\x1f\x08\x08",
        ),
        (
            "a bomb that says so",
            "content-encoding: identity, br\r\ncontent-length: 2\r\n\r\n{}",
        ),
        ("a folded header", "x: a\r\n b\r\ncontent-length: 2\r\n\r\n{}"),
        ("a header without a name", ": a\r\ncontent-length: 2\r\n\r\n{}"),
        ("a NUL in a header", "x: a\0b\r\ncontent-length: 2\r\n\r\n{}"),
        (
            "an idempotency key of no text",
            "idempotency-key: \u{fc}\r\ncontent-length: 2\r\n\r\n{}",
        ),
        (
            "an expectation",
            "expect: the-unexpected\r\ncontent-length: 2\r\n\r\n{}",
        ),
        (
            "an upgrade",
            "connection: upgrade\r\nupgrade: h2c\r\ncontent-length: 2\r\n\r\n{}",
        ),
        ("half a body", "content-length: 1000\r\n\r\n{\"model\":"),
        ("no body at all", "content-length: 1000\r\n\r\n"),
    ] {
        let bytes = format!("{submit}{rest}");
        range.raw(name, bytes.clone());
        range.shots.push(Shot {
            name: format!("{name}, half closed"),
            bytes: bytes.into_bytes(),
            closes: true,
        });
    }
    for (name, bytes) in [
        ("no HTTP", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec()),
        ("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec()),
        ("HTTP/9", b"GET / HTTP/9.9\r\n\r\n".to_vec()),
        (
            "no host",
            b"GET /healthz HTTP/1.1\r\nconnection: close\r\n\r\n".to_vec(),
        ),
        (
            "a thousand headers",
            [
                "GET /healthz HTTP/1.1\r\n".to_owned(),
                "a: b\r\n".repeat(1000),
                "\r\n".to_owned(),
            ]
            .concat()
            .into_bytes(),
        ),
        (
            "a header of a megabyte",
            [
                "GET /healthz HTTP/1.1\r\na: ".to_owned(),
                "b".repeat(1 << 20),
                "\r\n\r\n".to_owned(),
            ]
            .concat()
            .into_bytes(),
        ),
        ("a line without an end", vec![b'A'; 1 << 20]),
        ("nothing", Vec::new()),
        ("half a line", b"GET /heal".to_vec()),
    ] {
        range.shots.push(Shot {
            name: name.to_owned(),
            bytes,
            closes: true,
        });
    }
    for token in [
        "",
        "Bearer",
        "Bearer x",
        "kn_00000000000000000000000000000000",
        "\u{1}",
        "'; DROP TABLE api_keys; --",
    ] {
        let head =
            format!("GET /kinora/v1/tasks HTTP/1.1\r\nhost: x\r\nauthorization: {token}\r\nconnection: close\r\n\r\n");
        range.raw(format!("key {token:?}"), head);
    }
}

/// Bodies in encodings and depths that nobody should send.
fn bodies(range: &mut Range) {
    let json = "content-type: application/json\r\n";
    let utf16: Vec<u8> = "{\"model\": 1}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bodies: Vec<(&str, Vec<u8>)> = vec![
        ("nothing", Vec::new()),
        ("a hundred thousand brackets", vec![b'['; 100_000]),
        ("a hundred thousand objects", "{\"a\":".repeat(100_000).into_bytes()),
        ("text in UTF-16", utf16),
        ("bytes that are no text", b"{\"prompt\": \"\xff\xfe\xc0\xaf\"}".to_vec()),
        ("a byte order mark", b"\xef\xbb\xbf{}".to_vec()),
        ("lone surrogates", b"{\"prompt\": \"\\ud800\"}".to_vec()),
        ("NaN", b"{\"duration\": NaN}".to_vec()),
        ("a field twice", b"{\"model\": \"a\", \"model\": \"b\"}".to_vec()),
        ("ten thousand fields", {
            let fields: Vec<String> = (0..10_000).map(|number| format!("\"f{number}\":1")).collect();
            format!("{{{}}}", fields.join(",")).into_bytes()
        }),
        (
            "a picture that never ends",
            b"{\"images\": [\"data:image/png;base64,iVBORw0KGgo".to_vec(),
        ),
        ("a form", b"model=viduq2-pro&prompt=x".to_vec()),
        (
            "multipart",
            b"--x\r\ncontent-disposition: form-data; name=\"model\"\r\n\r\nx\r\n--x--".to_vec(),
        ),
        ("ten megabytes of blanks", vec![b' '; 10 << 20]),
    ];
    let routes = [
        kinora::SUBMIT,
        "/v1/tasks/submit",
        jiekou::SUBMIT,
        "/kinora/v1/batches",
        "/kinora/v1/tasks/1/retry",
        "/v1/tasks/status",
    ];
    for path in routes {
        for (name, body) in &bodies {
            range.request(format!("{name} to {path}"), "POST", path, json, body);
        }
    }
}

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
