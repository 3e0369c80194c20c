//! What a compatible server must get exactly right, for the four foreign dialects, as whole HTTP exchanges. For each
//! dialect there are five snapshots:
//!
//! | snapshot | what it shows |
//! |---|---|
//! | `states` | the answer to a submit, and a task in every state and after every kind of failure: status words, where id and links stand, empty lists, the type of each field |
//! | `refusals` | the error for everything that can be wrong with a request: body, field, picture, model, id, path, method |
//! | `limits` | keys, body size, idempotency, and what happens to those who ask too much |
//! | `off_peak` | a task that waited for a quiet hour in vain |
//! | `peculiar` | what only this dialect has, and what the hosted service has and this server does not |
//!
//! In their texts a number of Unix seconds stands as `<unix seconds>`, and a text of digits as `<unix milliseconds>` or
//! `<task id>`. What no text shows is asserted beside them: how lenient the dialects are (`leniency`), what their links
//! are worth (`links`), the frames of every shape and tier (`geometry`), and what a restart leaves (`restart`).

mod geometry;
mod leniency;
mod limits;
mod links;
mod log;
mod off_peak;
mod peculiar;
mod refusals;
mod restart;
mod states;

use serde_json::{Value, json};

use crate::{jiekou, modelverse, pictures, server::Kinora, vidu};

/// How a dialect is spoken.
struct Tongue {
    name: &'static str,
    submit: &'static str,
    body: Value,
    /// Where the answer to a submit has the id.
    id: &'static str,
    /// Around the id.
    status: (&'static str, &'static str),
    /// Where a status has the link to the video; empty where there is none.
    link: &'static str,
    /// Where the body has its fields; empty for what it has not.
    picture: &'static str,
    prompt: &'static str,
    duration: &'static str,
    resolution: &'static str,
    amplitude: &'static str,
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
            link: "/output/urls/0",
            picture: "/input/first_frame_url",
            prompt: "/input/prompt",
            duration: "/parameters/duration",
            resolution: "/parameters/resolution",
            amplitude: "/parameters/movement_amplitude",
            model: "/model",
        },
        Tongue {
            name: "jiekou",
            submit: jiekou::SUBMIT,
            body: jiekou::body(cat),
            id: "/task_id",
            status: ("/v3/async/task-result?task_id=", ""),
            link: "/videos/0/video_url",
            picture: "/images/0",
            prompt: "/prompt",
            duration: "/duration",
            resolution: "/resolution",
            amplitude: "/movement_amplitude",
            model: "",
        },
        Tongue {
            name: "vidu",
            submit: vidu::SUBMIT,
            body: vidu::body(cat),
            id: "/task_id",
            status: ("/ent/v2/tasks/", "/creations"),
            link: "/creations/0/url",
            picture: "/images/0",
            prompt: "/prompt",
            duration: "/duration",
            resolution: "/resolution",
            amplitude: "/movement_amplitude",
            model: "/model",
        },
        Tongue {
            name: "openai",
            submit: "/v1/videos",
            body: openai,
            id: "/id",
            status: ("/v1/videos/", ""),
            link: "",
            picture: "/input_reference",
            prompt: "/prompt",
            duration: "/seconds",
            resolution: "",
            amplitude: "",
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

    /// Where a field stands that is no picture and no text; `seed` and its like have the same name in every dialect.
    fn beside_duration(&self, name: &str) -> String {
        let (parent, _) = self.duration.rsplit_once('/').unwrap();
        format!("{parent}/{name}")
    }

    /// Lays fields over a body that may not have them yet.
    fn set(body: &mut Value, fields: &[(&str, Value)]) {
        for (pointer, value) in fields {
            if let Some(place) = body.pointer_mut(pointer) {
                *place = value.clone();
                continue;
            }
            let (parent, name) = pointer.rsplit_once('/').unwrap();
            let parent = body.pointer_mut(parent).unwrap().as_object_mut().unwrap();
            parent.insert(name.to_owned(), value.clone());
        }
    }

    /// An entry of a list goes with its list.
    fn without(&self, pointer: &str) -> Value {
        let pointer = pointer.trim_end_matches("/0");
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let mut body = self.body.clone();
        body.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name);
        body
    }

    fn status(&self, id: &str) -> String {
        format!("{}{id}{}", self.status.0, self.status.1)
    }

    /// What the answer to a submit says; nothing when that was refused.
    fn id_of(&self, answer: &Value) -> String {
        let id = answer.pointer(self.id).and_then(Value::as_str);
        id.unwrap_or_default().to_owned()
    }
}

/// The id in Kinora's words.
fn own(id: &str) -> &str {
    id.trim_start_matches("video_")
}

async fn cancel(kinora: &Kinora, id: &str) {
    let path = format!("/kinora/v1/tasks/{}/cancel", own(id));
    assert_eq!(kinora.post(&path, &json!({})).await.status, 200);
}

async fn conforms(name: &str) {
    let cat = pictures::data_uri("image/png", &pictures::painted(320, 240));
    let tongue = tongues(&cat).into_iter().find(|tongue| tongue.name == name).unwrap();
    insta::assert_snapshot!(format!("{name}_states"), states::states(&tongue).await);
    insta::assert_snapshot!(format!("{name}_refusals"), refusals::refusals(&tongue).await);
    insta::assert_snapshot!(format!("{name}_limits"), limits::limits(&tongue).await);
    insta::assert_snapshot!(format!("{name}_off_peak"), off_peak::off_peak(&tongue).await);
    insta::assert_snapshot!(format!("{name}_peculiar"), peculiar::peculiar(&tongue).await);
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
