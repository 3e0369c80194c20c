//! Requests of people who mean harm, or do not know better: each gets a 4xx in the dialect's own words, or a
//! failed task that says why. Never a 5xx, never a path of ours.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    jiekou, modelverse,
    picture_host::PictureHost,
    pictures::{self, data_uri, painted, png_of_size},
    server::{Answer, Kinora, answer},
};

/// The request is refused at once.
struct Refused {
    name: &'static str,
    path: &'static str,
    body: Vec<u8>,
}

fn refused(name: &'static str, path: &'static str, body: &Value) -> Refused {
    Refused {
        name,
        path,
        body: body.to_string().into_bytes(),
    }
}

const MODELVERSE: &str = "/v1/tasks/submit";

fn set(mut body: Value, pointer: &str, value: Value) -> Value {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    body.pointer_mut(parent).unwrap()[name] = value;
    body
}

fn without(mut body: Value, parent: &str, name: &str) -> Value {
    body.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name);
    body
}

fn wrong_fields() -> Vec<Refused> {
    let good = || modelverse::body(&pictures::cat());
    let with = |name, pointer: &str, value| refused(name, MODELVERSE, &set(good(), pointer, value));
    vec![
        with("duration 0", "/parameters/duration", json!(0)),
        with("duration 11", "/parameters/duration", json!(11)),
        with("duration 5.5", "/parameters/duration", json!(5.5)),
        with("duration five", "/parameters/duration", json!("five")),
        with("duration a list", "/parameters/duration", json!([5])),
        with("duration 1e300", "/parameters/duration", json!(1e300)),
        with("unknown model", "/model", json!("sora-9")),
        with("model a number", "/model", json!(5)),
        with("unknown resolution", "/parameters/resolution", json!("4k")),
        with("unknown amplitude", "/parameters/movement_amplitude", json!("enormous")),
        with("seed too large", "/parameters/seed", json!(4_294_967_296_u64)),
        with("bgm a text", "/parameters/bgm", json!("perhaps")),
        with("unknown kind", "/parameters/vidu_type", json!("text2video")),
        with("prompt of 2001 characters", "/input/prompt", json!("舞".repeat(2001))),
        with("prompt an object", "/input/prompt", json!({"text": "dance"})),
        with(
            "two ends and one picture",
            "/parameters/vidu_type",
            json!("start-end2video"),
        ),
        refused("no model", MODELVERSE, &without(good(), "", "model")),
        refused("no picture", MODELVERSE, &without(good(), "/input", "first_frame_url")),
        refused("no input", MODELVERSE, &without(good(), "", "input")),
        refused("no parameters", MODELVERSE, &without(good(), "", "parameters")),
        refused("flat body", MODELVERSE, &jiekou::body(&pictures::cat())),
    ]
}

fn wrong_bodies() -> Vec<Refused> {
    let raw = |name, path, body: &[u8]| Refused {
        name,
        path,
        body: body.to_vec(),
    };
    let deep = "[".repeat(100_000);
    vec![
        raw("nothing", MODELVERSE, b""),
        raw("no JSON", MODELVERSE, b"picture=cat"),
        raw(
            "half a JSON",
            MODELVERSE,
            b"{\"model\": \"viduq2-pro\", \"input\": {\"first_frame_url\": \"data:image/png;base64,iVBOR",
        ),
        raw("a list", jiekou::SUBMIT, b"[]"),
        raw("a hundred thousand brackets", jiekou::SUBMIT, deep.as_bytes()),
        raw("bytes that are no text", jiekou::SUBMIT, b"{\"prompt\": \"\xff\xfe\"}"),
    ]
}

fn wrong_pictures() -> Vec<Refused> {
    let jiekou = |name, picture: &str| refused(name, jiekou::SUBMIT, &jiekou::body(picture));
    let truncated = painted(400, 300);
    vec![
        jiekou("ratio 5:1", &data_uri("image/png", &painted(500, 100))),
        jiekou("ratio 1:5", &data_uri("image/png", &painted(100, 500))),
        jiekou(
            "a bomb of 30000 x 30000",
            &data_uri("image/png", &png_of_size(30_000, 30_000)),
        ),
        jiekou("a gif named png", &data_uri("image/png", b"GIF89a\x01\0\x01\0\0\0\0;")),
        jiekou(
            "an svg",
            &data_uri("image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ),
        jiekou(
            "an svg named png",
            &data_uri("image/png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ),
        jiekou("a png's first 20 bytes", &data_uri("image/png", &truncated[..20])),
        jiekou("bad base64", "data:image/png;base64,!!!!"),
        jiekou("an empty picture", "data:image/png;base64,"),
        jiekou("no base64 at all", "data:image/png,hello"),
        jiekou("file://", "file:///etc/passwd"),
        jiekou("ftp://", "ftp://example.com/cat.png"),
        jiekou("a path", "/etc/passwd"),
        jiekou(
            "a reference that only the server makes",
            "kinora-inline:00000000000000000000000000000000/0",
        ),
        refused(
            "no pictures in the list",
            jiekou::SUBMIT,
            &set(jiekou::body(""), "/images", json!([])),
        ),
        refused(
            "a number for a picture",
            jiekou::SUBMIT,
            &set(jiekou::body(""), "/images", json!([7])),
        ),
        refused(
            "540p of pro-fast",
            jiekou::SUBMIT,
            &set(jiekou::body(&pictures::cat()), "/resolution", json!("540p")),
        ),
    ]
}

/// Neither a path of the machine, nor a word of the program's inside.
fn assert_discreet(name: &str, text: &str, kinora: &Kinora) {
    let here = kinora.data_dir.path().to_string_lossy().into_owned();
    for leak in [
        here.as_str(),
        "/tmp",
        "/etc",
        "/root",
        "src/",
        ".rs:",
        "panicked",
        "sqlite",
        "127.0.0.1:",
    ] {
        assert!(!text.contains(leak), "{name} shows {leak}: {text}");
    }
}

fn assert_in_the_dialects_words(name: &str, path: &str, refused: &Answer) {
    let body = refused.json();
    let status = refused.status.as_u16();
    assert!((400..500).contains(&status), "{name}: {status} {body}");
    if path.starts_with("/v1") {
        for field in ["message", "type", "param", "code"] {
            assert!(body["error"][field].is_string(), "{name}: {body}");
        }
    } else {
        assert_eq!(body["code"], status, "{name}: {body}");
        assert!(
            body["reason"].is_string() && body["message"].is_string(),
            "{name}: {body}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_requests_are_refused_in_the_dialects_own_words() {
    let kinora = Kinora::start_with(|settings| settings.worker.concurrency = 0).await;
    let requests: Vec<Refused> = wrong_fields()
        .into_iter()
        .chain(wrong_bodies())
        .chain(wrong_pictures())
        .collect();
    assert!(requests.len() >= 40);
    for request in requests {
        let sent = kinora
            .request(Method::POST, request.path)
            .header("content-type", "application/json")
            .body(request.body);
        let refused = answer(sent).await;
        assert_in_the_dialects_words(request.name, request.path, &refused);
        assert_discreet(request.name, &refused.text(), &kinora);
    }
    assert_eq!(
        kinora.get("/kinora/v1/tasks").await.json()["data"],
        json!([]),
        "none of them is a task"
    );
    assert_eq!(
        std::fs::read_dir(kinora.data_dir.path().join("uploads"))
            .unwrap()
            .count(),
        0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_of_this_machine_and_network_are_not_fetched() {
    let kinora = Kinora::start().await;
    let host = PictureHost::start().await;
    let port = host.port();
    let mut tasks = Vec::new();
    for url in [
        host.url("/cat.png"),
        format!("http://localhost:{port}/cat.png"),
        format!("http://127.1:{port}/cat.png"),
        format!("http://2130706433:{port}/cat.png"),
        format!("http://0x7f.0.0.1:{port}/cat.png"),
        format!("http://[::1]:{port}/cat.png"),
        format!("http://[::ffff:127.0.0.1]:{port}/cat.png"),
        format!("http://[64:ff9b::7f00:1]:{port}/cat.png"),
        format!("http://0.0.0.0:{port}/cat.png"),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "http://10.0.0.1/cat.png".to_owned(),
        "http://[fe80::1]/cat.png".to_owned(),
    ] {
        let submitted = kinora.post(MODELVERSE, &modelverse::body(&url)).await;
        if submitted.status == 200 {
            tasks.push((url, submitted.json()["output"]["task_id"].as_str().unwrap().to_owned()));
        } else {
            assert_in_the_dialects_words(&url, MODELVERSE, &submitted);
        }
    }
    for (url, id) in tasks {
        let view = kinora.ended(&id).await;
        assert_eq!(
            (&view["state"], &view["failure"]["code"]),
            (&json!("failed"), &json!("image_forbidden_address")),
            "{url}"
        );
        let said = kinora.get(&format!("/v1/tasks/status?task_id={id}")).await;
        assert_eq!(
            (said.status.as_u16(), &said.json()["output"]["task_status"]),
            (200, &json!("Failure"))
        );
        assert_discreet(&url, said.json()["output"]["error_message"].as_str().unwrap(), &kinora);
    }
    assert_eq!(host.requests(), 0, "nobody came");
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_answers_of_picture_hosts_fail_the_task_with_a_reason() {
    let kinora = Kinora::start_with(|settings| {
        settings.fetch.allow_private_networks = true;
        settings.fetch.back_off = std::time::Duration::from_millis(10);
    })
    .await;
    let host = PictureHost::start().await;
    let table = [
        ("/missing.png", "image_unreachable"),
        ("/broken", "image_unreachable"),
        ("/loop", "image_unreachable"),
        ("/to-file", "image_"),
        ("/page.png", "image_format"),
        ("/gif.png", "image_format"),
        ("/bomb.png", "image_too_many_pixels"),
        ("/truncated.png", "image_format"),
        ("/wide.png", "image_ratio"),
        ("/endless.png", "image_"),
    ];
    for (path, code) in table {
        let submitted = kinora.post(jiekou::SUBMIT, &jiekou::body(&host.url(path))).await;
        assert_eq!(submitted.status, 200, "{path}");
        let id = submitted.json()["task_id"].as_str().unwrap().to_owned();
        let view = kinora.ended(&id).await;
        assert_eq!(view["state"], "failed", "{path}");
        assert!(
            view["failure"]["code"].as_str().unwrap().starts_with(code),
            "{path}: {}",
            view["failure"]
        );
        assert_discreet(path, &view["failure"].to_string(), &kinora);
        let said = kinora.get(&format!("/v3/async/task-result?task_id={id}")).await.json();
        assert_eq!(said["task"]["status"], "TASK_STATUS_FAILED", "{path}");
        assert!(!said["task"]["reason"].as_str().unwrap().is_empty(), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_beyond_the_limit_is_refused_however_it_is_announced() {
    let kinora = Kinora::start_with(|settings| settings.server.body_limit = 1 << 20).await;
    let body = jiekou::body(&data_uri("image/png", &vec![1; 2 << 20])).to_string();
    let announced = kinora.request(Method::POST, jiekou::SUBMIT).body(body.clone());
    let pieces = futures_util::stream::iter(
        body.into_bytes()
            .chunks(64 << 10)
            .map(<[u8]>::to_vec)
            .collect::<Vec<_>>(),
    );
    let pieces = futures_util::StreamExt::map(pieces, Ok::<_, std::io::Error>);
    let streamed = kinora
        .request(Method::POST, jiekou::SUBMIT)
        .body(reqwest::Body::wrap_stream(pieces));
    for request in [announced, streamed] {
        let refused = answer(request).await;
        assert_in_the_dialects_words("too long", jiekou::SUBMIT, &refused);
        assert!(
            refused.json()["message"].as_str().unwrap().contains("1048576"),
            "{}",
            refused.text()
        );
    }
    assert_eq!(
        std::fs::read_dir(kinora.data_dir.path().join("uploads"))
            .unwrap()
            .count(),
        0
    );
}
