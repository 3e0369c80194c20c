//! What a compatible server must get exactly right, for the four foreign dialects: every status word
//! and every error body, as whole HTTP exchanges. One snapshot for each dialect.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    exchange::exchange,
    jiekou, modelverse, pictures,
    server::{Kinora, answer, until},
    vidu,
};

/// How a dialect is spoken.
struct Tongue {
    name: &'static str,
    submit: &'static str,
    body: Value,
    /// Where the answer to a submit has the id.
    id: &'static str,
    /// Around the id.
    status: (&'static str, &'static str),
    /// Where the answer to a status query has the word.
    word: &'static str,
    running: &'static str,
    /// Where the body has its picture, duration and model; empty when the path names the model.
    picture: &'static str,
    duration: &'static str,
    model: &'static str,
}

fn tongues(cat: &str) -> [Tongue; 4] {
    let openai =
        json!({"model": "viduq2-turbo", "prompt": "make it dance.", "seconds": 1, "seed": 7, "input_reference": cat});
    [
        Tongue {
            name: "modelverse",
            submit: "/v1/tasks/submit",
            body: modelverse::body(cat),
            id: "/output/task_id",
            status: ("/v1/tasks/status?task_id=", ""),
            word: "/output/task_status",
            running: "Running",
            picture: "/input/first_frame_url",
            duration: "/parameters/duration",
            model: "/model",
        },
        Tongue {
            name: "jiekou",
            submit: jiekou::SUBMIT,
            body: jiekou::body(cat),
            id: "/task_id",
            status: ("/v3/async/task-result?task_id=", ""),
            word: "/task/status",
            running: "TASK_STATUS_PROCESSING",
            picture: "/images/0",
            duration: "/duration",
            model: "",
        },
        Tongue {
            name: "vidu",
            submit: vidu::SUBMIT,
            body: vidu::body(cat),
            id: "/task_id",
            status: ("/ent/v2/tasks/", "/creations"),
            word: "/state",
            running: "processing",
            picture: "/images/0",
            duration: "/duration",
            model: "/model",
        },
        Tongue {
            name: "openai",
            submit: "/v1/videos",
            body: openai,
            id: "/id",
            status: ("/v1/videos/", ""),
            word: "/status",
            running: "in_progress",
            picture: "/input_reference",
            duration: "/seconds",
            model: "/model",
        },
    ]
}

impl Tongue {
    fn with(&self, pointer: &str, value: Value) -> Value {
        let mut body = self.body.clone();
        *body.pointer_mut(pointer).unwrap() = value;
        body
    }

    fn status(&self, id: &str) -> String {
        format!("{}{id}{}", self.status.0, self.status.1)
    }
}

/// The exchanges so far, each under a heading.
#[derive(Default)]
struct Log(String);

impl Log {
    async fn add(&mut self, kinora: &Kinora, title: &str, method: Method, path: &str, body: Option<&Value>) -> Value {
        let (answer, text) = exchange(kinora, method, path, body).await;
        self.0.push_str(&format!("### {title}\n\n{text}\n"));
        answer.json()
    }

    async fn submit(&mut self, kinora: &Kinora, tongue: &Tongue, title: &str, body: &Value) -> String {
        let answer = self.add(kinora, title, Method::POST, tongue.submit, Some(body)).await;
        answer
            .pointer(tongue.id)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    }

    async fn status(&mut self, kinora: &Kinora, tongue: &Tongue, title: &str, id: &str) {
        self.add(kinora, title, Method::GET, &tongue.status(id), None).await;
    }
}

async fn states(kinora: &Kinora, tongue: &Tongue, log: &mut Log) {
    let long = tongue.with(tongue.duration, json!(10));
    let running = log.submit(kinora, tongue, "accepted", &long).await;
    let waiting = kinora.post(tongue.submit, &tongue.body).await.json();
    let waiting = waiting.pointer(tongue.id).unwrap().as_str().unwrap().to_owned();
    log.status(kinora, tongue, "waiting", &waiting).await;
    let own = |id: &str| id.trim_start_matches("video_").to_owned();
    let cancel = async |id: &str| {
        kinora
            .post(&format!("/kinora/v1/tasks/{}/cancel", own(id)), &json!({}))
            .await
    };
    cancel(&waiting).await;
    log.status(kinora, tongue, "cancelled", &waiting).await;
    until(async || {
        let status = kinora.get(&tongue.status(&running)).await.json();
        (status.pointer(tongue.word) == Some(&json!(tongue.running))).then_some(())
    })
    .await;
    log.status(kinora, tongue, "running", &running).await;
    cancel(&running).await;
    let unreachable = tongue.with(tongue.picture, json!("https://pictures.invalid/cat.png"));
    let failed = log
        .submit(
            kinora,
            tongue,
            "accepted, with a picture that is not there",
            &unreachable,
        )
        .await;
    kinora.ended(&own(&failed)).await;
    log.status(kinora, tongue, "failed", &failed).await;
    let done = log.submit(kinora, tongue, "accepted once more", &tongue.body).await;
    kinora.ended(&own(&done)).await;
    log.status(kinora, tongue, "succeeded", &done).await;
}

async fn refusals(kinora: &Kinora, tongue: &Tongue, log: &mut Log) {
    let wide = pictures::data_uri("image/png", &pictures::painted(500, 100));
    let mut refused = vec![
        ("an empty body", json!({})),
        ("a body that is no object", json!([])),
        (
            "a duration that is not offered",
            tongue.with(tongue.duration, json!(99)),
        ),
        ("a value of the wrong type", tongue.with(tongue.duration, json!("five"))),
        (
            "text where a picture belongs",
            tongue.with(tongue.picture, json!("cat")),
        ),
        (
            "a picture that is none",
            tongue.with(tongue.picture, json!("data:image/png;base64,QUJD")),
        ),
        ("a picture beyond 4:1", tongue.with(tongue.picture, json!(wide))),
    ];
    if !tongue.model.is_empty() {
        refused.push(("an unknown model", tongue.with(tongue.model, json!("viduq9"))));
    }
    for (title, body) in refused {
        log.submit(kinora, tongue, title, &body).await;
    }
    log.status(kinora, tongue, "an unknown task", "12345").await;
    log.add(
        kinora,
        "an unknown route",
        Method::GET,
        &format!("{}/nothing/here", tongue.submit),
        None,
    )
    .await;
    log.add(kinora, "the wrong method", Method::PATCH, tongue.submit, None)
        .await;
}

async fn keys(kinora: &mut Kinora, tongue: &Tongue, log: &mut Log) {
    let key = std::mem::replace(&mut kinora.key, "kn_wrong".to_owned());
    log.submit(kinora, tongue, "a wrong key", &json!({})).await;
    log.status(kinora, tongue, "a wrong key, asking", "12345").await;
    kinora.key = String::new();
    log.submit(kinora, tongue, "no key", &json!({})).await;
    for spelling in ["Bearer", "bearer", "Token", "TOKEN"] {
        let request = kinora.http.get(format!("{}{}", kinora.base, tongue.status("12345")));
        let asked = answer(request.header("authorization", format!("{spelling} {key}"))).await;
        assert!(
            ![401, 403].contains(&asked.status.as_u16()),
            "{} {spelling}: {}",
            tongue.name,
            asked.text()
        );
    }
    kinora.key = key;
}

async fn pressure(tongue: &Tongue, log: &mut Log) {
    let kinora = Kinora::start_with(|settings| {
        settings.worker.concurrency = 0;
        settings.limits.queue_per_key = 1;
    })
    .await;
    kinora.post(tongue.submit, &tongue.body).await;
    log.submit(&kinora, tongue, "more than may wait", &tongue.body).await;
}

async fn conforms(name: &str) {
    let cat = pictures::data_uri("image/png", &pictures::painted(320, 240));
    let [tongue] = tongues(&cat)
        .into_iter()
        .filter(|tongue| tongue.name == name)
        .collect::<Vec<_>>()
        .try_into()
        .ok()
        .unwrap();
    let mut log = Log::default();
    let mut kinora = Kinora::start_with(|settings| {
        settings.fetch.tries = 1;
        settings.fetch.back_off = std::time::Duration::from_millis(1);
    })
    .await;
    states(&kinora, &tongue, &mut log).await;
    refusals(&kinora, &tongue, &mut log).await;
    keys(&mut kinora, &tongue, &mut log).await;
    pressure(&tongue, &mut log).await;
    insta::assert_snapshot!(format!("conformance_{name}"), log.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn modelverse_conforms() {
    conforms("modelverse").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn jiekou_conforms() {
    conforms("jiekou").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn vidu_conforms() {
    conforms("vidu").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn openai_conforms() {
    conforms("openai").await;
}
