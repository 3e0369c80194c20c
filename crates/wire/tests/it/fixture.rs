//! A task in every state, a failure of every kind, and short ways to read bodies.
#![expect(clippy::unwrap_used, reason = "a fixture that cannot be built must fail its test")]

use domain::{
    artifact::ArtifactKind,
    catalog::Catalog,
    draft::{Draft, Faults, Field, Resolved},
    failure::{Code, Failure},
    id::{KeyId, TaskId},
    media::Size,
    recipe::{Beat, CameraMove, CameraTrack, Mood, MusicStyle, RECIPE_VERSION, Recipe, SubjectAction, SubjectKind},
    request::{Amplitude, Dialect, Extras, GenerationRequest, ImageSource, Profile, Resolution, Warning, Webhook},
    state::{Output, Progress, TaskState},
    task::{Link, Links, Task, TaskView},
    time::Timestamp,
};
use serde_json::Value;
use wire::inline::References;

pub(crate) const DRAWN: u32 = 777;
pub(crate) const REQUEST_ID: &str = "3f2c1c52-5a2e-4b7e-9b0f-2f6a7f3c9d10";

pub(crate) const CODES: [Code; 35] = [
    Code::KeyMissing,
    Code::KeyInvalid,
    Code::BodyMalformed,
    Code::BodyTooLarge,
    Code::FieldMissing,
    Code::FieldInvalid,
    Code::FieldUnwanted,
    Code::ImageCount,
    Code::ModelUnknown,
    Code::ImageUnreachable,
    Code::ImageForbiddenAddress,
    Code::ImageFormat,
    Code::ImageTooLarge,
    Code::ImageTooManyPixels,
    Code::ImageRatio,
    Code::ImageSize,
    Code::TaskUnknown,
    Code::TaskIdMalformed,
    Code::UploadUnknown,
    Code::AddressInvalid,
    Code::RouteUnknown,
    Code::MethodNotAllowed,
    Code::RateLimited,
    Code::QueueFull,
    Code::QuotaExceeded,
    Code::IdempotencyMismatch,
    Code::DiskFull,
    Code::ShuttingDown,
    Code::CancelTooLate,
    Code::Cancelled,
    Code::TimedOut,
    Code::OffPeakExpired,
    Code::AttemptsExhausted,
    Code::EngineUnavailable,
    Code::Internal,
];

fn at(milliseconds: i64) -> Timestamp {
    Timestamp::from_milliseconds(1_795_160_405_120 + milliseconds)
}

fn request() -> GenerationRequest {
    GenerationRequest {
        model: "viduq2-pro-fast".to_owned(),
        engine: "motion".to_owned(),
        profile: Profile::Fast,
        images: vec![
            ImageSource::Url(
                "https://user:word@pictures.example:8443/cat.png?token=secret#part"
                    .parse()
                    .unwrap(),
            ),
            ImageSource::Inline(0),
        ],
        prompt: "make it dance.".to_owned(),
        duration: 5,
        resolution: Resolution::P720,
        amplitude: Amplitude::Large,
        seed: 158_881_667,
        bgm: true,
        audio: false,
        voice: Some("English_Aussie_Bloke".to_owned()),
        watermark: false,
        off_peak: false,
        webhook: Some(Webhook {
            url: "https://client.example/hook?token=secret".parse().unwrap(),
        }),
        payload: Some("order 66".to_owned()),
        extras: Extras::default(),
    }
}

fn recipe() -> Recipe {
    let size = Size {
        width: 1280,
        height: 720,
    };
    Recipe {
        version: RECIPE_VERSION,
        seed: 158_881_667,
        size,
        frames: 120,
        amplitude: Amplitude::Large,
        camera: vec![CameraTrack {
            movement: CameraMove::PushIn,
            from: 0,
            to: 120,
            travel: 0.25,
            heading: 0.0,
            target: (0.5, 0.25),
        }],
        subject: vec![SubjectAction {
            kind: SubjectKind::Dance,
            from: 0,
            to: 120,
            strength: 1.0,
            times: None,
        }],
        cut_out: false,
        scenery: Vec::new(),
        overlays: Vec::new(),
        grade: Vec::new(),
        transitions: Vec::new(),
        pace: 1.0,
        beat: Beat { tempo: 120.0, bar: 4 },
        mood: Mood::Lively,
        music: MusicStyle::Dance,
        sounds: Vec::new(),
        understood: vec!["dance".to_owned()],
        without_effect: Vec::new(),
        summary: "Slow push in on the subject, dancing.".to_owned(),
    }
}

fn view(state: TaskState, attempts: u32) -> TaskView {
    let task = Task {
        id: TaskId::from_i64(7_530_125_487_000_584_192).unwrap(),
        key: KeyId(1),
        dialect: Dialect::Jiekou,
        request_id: REQUEST_ID.to_owned(),
        request: request(),
        made_from: TaskId::from_i64(7_530_125_000_000_000_000),
        warnings: vec![Warning::new("voice_id", "only has an effect when audio is true")],
        state,
        attempts,
        created_at: at(0),
        started_at: (attempts > 0).then(|| at(180)),
    };
    TaskView {
        task,
        queue_position: None,
        links: Links::default(),
    }
}

pub(crate) fn queued() -> TaskView {
    let view = view(TaskState::Queued { not_before: at(0) }, 0);
    TaskView {
        queue_position: Some(3),
        ..view
    }
}

pub(crate) fn running() -> TaskView {
    let progress = Progress { done: 51, total: 120 };
    view(
        TaskState::Running {
            attempt: 1,
            started_at: at(180),
            progress,
        },
        1,
    )
}

pub(crate) fn succeeded() -> TaskView {
    let link = |name: &str| {
        let url =
            format!("https://kinora.example/files/7530125487000584192/1/{name}?expires=1795164010&signature=ab12");
        Some(Link {
            url,
            expires_at: at(3_604_880),
        })
    };
    let links = Links {
        video: link("video.mp4"),
        cover: link("cover.jpg"),
        last_frame: link("last_frame.png"),
        clean: None,
    };
    TaskView {
        links,
        ..view(done(false), 1)
    }
}

/// Succeeded, but its files are gone: the links are there all the same.
pub(crate) fn expired() -> TaskView {
    TaskView {
        links: succeeded().links,
        ..view(done(true), 1)
    }
}

fn done(artifacts_expired: bool) -> TaskState {
    let output = Output {
        attempt: 1,
        size: Size {
            width: 1280,
            height: 720,
        },
        frames: 120,
        bytes: 1_843_200,
        artifacts: ArtifactKind::USUAL.to_vec(),
        fetch_ms: 240,
        render_ms: 3900,
        recipe: Some(recipe()),
    };
    TaskState::Succeeded {
        finished_at: at(4360),
        output,
        artifacts_expired,
    }
}

pub(crate) fn failed(failure: Failure) -> TaskView {
    view(
        TaskState::Failed {
            finished_at: at(2000),
            failure,
        },
        1,
    )
}

/// Cancelled before anybody worked on it.
pub(crate) fn cancelled() -> TaskView {
    view(TaskState::Cancelled { finished_at: at(90) }, 0)
}

/// Every state by name, in the order of a task's life.
pub(crate) fn every_state() -> [(&'static str, TaskView); 6] {
    let unreachable = Failure::new(
        Code::ImageUnreachable,
        "the picture could not be fetched: it answered 404",
    )
    .detail("GET https://pictures.example/cat.png?token=secret");
    [
        ("queued", queued()),
        ("running", running()),
        ("succeeded", succeeded()),
        ("expired", expired()),
        ("failed", failed(unreachable)),
        ("cancelled", cancelled()),
    ]
}

/// The same as our own dialect gets them: without links to files that are gone.
pub(crate) fn own_states() -> [(&'static str, TaskView); 6] {
    every_state().map(|(name, mut view)| {
        if name == "expired" {
            view.links = Links::default();
        }
        (name, view)
    })
}

pub(crate) fn failure(code: Code) -> Failure {
    Failure::new(code, "what the client may know").detail("what only the log may know")
}

pub(crate) fn resolve(draft: Draft) -> Result<Resolved, Faults> {
    draft.resolve(&Catalog::builtin().unwrap(), DRAWN)
}

pub(crate) fn modelverse(body: &Value) -> Result<Resolved, Faults> {
    resolve(wire::modelverse::submit::draft(
        body.to_string().as_bytes(),
        &References::none(),
    )?)
}

pub(crate) fn jiekou(slug: &str, body: &Value) -> Result<Resolved, Faults> {
    let route = wire::jiekou::route::find(slug).unwrap();
    resolve(wire::jiekou::submit::draft(
        body.to_string().as_bytes(),
        route,
        &References::none(),
    )?)
}

pub(crate) fn kinora(body: &Value) -> Result<Resolved, Faults> {
    resolve(wire::kinora::submit::draft(
        body.to_string().as_bytes(),
        &References::none(),
    )?)
}

/// The refusal's fields and codes.
pub(crate) fn refused(result: Result<Resolved, Faults>) -> Vec<(Field, Code)> {
    result
        .unwrap_err()
        .0
        .into_iter()
        .map(|fault| (fault.field, fault.code))
        .collect()
}

/// `base` with what `change` holds laid over it, object by object; `null` is laid over too.
pub(crate) fn changed(base: &Value, change: &Value) -> Value {
    match (base, change) {
        (Value::Object(base), Value::Object(change)) => {
            let mut merged = base.clone();
            for (name, value) in change {
                let old = base.get(name).cloned().unwrap_or(Value::Null);
                merged.insert(name.clone(), changed(&old, value));
            }
            Value::Object(merged)
        }
        (_, change) => change.clone(),
    }
}
