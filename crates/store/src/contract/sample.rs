//! Requests, tasks and outcomes to try a store with.

use std::{fmt, time::Duration};

use domain::{
    artifact::ArtifactKind,
    failure::{Code, Failure},
    id::{KeyId, TaskId},
    media::Size,
    request::{Amplitude, Dialect, Extras, GenerationRequest, ImageSource, Profile, Resolution, Warning, Webhook},
    state::{Output, TaskState},
    store::{Claim, ClaimTerms, Claimed, DeliveryTerms, NewTask, Outcome, StoreError, Submission, TaskStore, Try},
    task::Task,
    time::Timestamp,
};

/// A lease long enough for every promise that is not about leases.
pub const LEASE: Duration = Duration::from_secs(60);

/// Usual terms: off-peak tasks last.
pub const TERMS: ClaimTerms = ClaimTerms {
    lease: LEASE,
    off_peak_now: false,
    per_key: u32::MAX,
};

/// Takes up to `limit` callbacks, whosever and wherever to.
pub fn any_due(limit: u32) -> DeliveryTerms {
    DeliveryTerms {
        limit,
        lease: LEASE,
        per_key: u32::MAX,
        per_receiver: u32::MAX,
        under_way: Vec::new(),
    }
}

/// Ends the promise that does not hold.
#[expect(
    clippy::panic,
    reason = "a broken promise is a failed test, and tests fail by panicking"
)]
pub fn broken(promise: impl fmt::Display) -> ! {
    panic!("{promise}")
}

/// A task with this number: different numbers have different ids, and greater numbers greater ids.
pub fn task(key: KeyId, number: u32) -> NewTask {
    NewTask {
        id: TaskId::new(
            Timestamp::from_milliseconds(1_600_000_000_000 + i64::from(number)),
            number,
        ),
        key,
        dialect: Dialect::Modelverse,
        request_id: format!("request-{number}"),
        request: request(),
        warnings: vec![Warning::new("voice", "this build has no voices")],
        pictures: Vec::new(),
        made_from: None,
        announce_beginning: false,
        idempotency: None,
        queue_limit: 10_000,
        daily_seconds: None,
    }
}

/// The same, to be announced at its end.
pub fn task_with_webhook(key: KeyId, number: u32) -> NewTask {
    let mut task = task(key, number);
    task.request.webhook = Some(Webhook {
        url: "https://example.com/done?token=abc"
            .parse()
            .unwrap_or_else(|error| broken(format!("the sample address is wrong: {error}"))),
    });
    task
}

/// The same, to run only when nothing else waits.
pub fn off_peak_task(key: KeyId, number: u32) -> NewTask {
    let mut task = task_with_webhook(key, number);
    task.request.off_peak = true;
    task
}

/// A request with letters of several alphabets and a quote.
pub fn request() -> GenerationRequest {
    GenerationRequest {
        model: "viduq2-pro".to_owned(),
        engine: "motion".to_owned(),
        profile: Profile::Pro,
        images: vec![ImageSource::Inline(0)],
        prompt: "Кошка танцует, 猫在跳舞, \"it's\" a dance\u{1F408}\n".to_owned(),
        duration: 5,
        resolution: Resolution::P720,
        amplitude: Amplitude::Auto,
        seed: 2_147_483_647,
        bgm: true,
        audio: false,
        voice: None,
        watermark: false,
        off_peak: false,
        webhook: None,
        payload: None,
        extras: Extras::default(),
    }
}

/// A good end of this claim's attempt.
pub fn succeeded(claim: &Claim) -> Outcome {
    Outcome::Succeeded {
        output: Box::new(output(claim.attempt())),
        warnings: Vec::new(),
    }
}

/// What this attempt made.
pub fn output(attempt: u32) -> Output {
    Output {
        attempt,
        size: Size {
            width: 1280,
            height: 720,
        },
        frames: 120,
        bytes: 5_000_000_000,
        artifacts: ArtifactKind::USUAL.to_vec(),
        fetch_ms: 12,
        render_ms: 3456,
        recipe: None,
    }
}

/// A failure with both of its voices.
pub fn failure() -> Failure {
    Failure::new(Code::ImageFormat, "the picture is no picture").detail("byte 3 of /pictures/1")
}

/// A try of a callback, with or without a problem.
pub fn tried(problem: Option<&str>) -> Try {
    Try {
        at: Timestamp::from_milliseconds(1_700_000_000_000),
        took: 17,
        status: None,
        problem: problem.map(str::to_owned),
    }
}

/// Makes an API key of this name.
///
/// # Errors
/// The store's.
pub async fn key(store: &dyn TaskStore, name: &str) -> Result<KeyId, StoreError> {
    match store.create_key(name, hash(name), b"sealed").await? {
        Some(key) => Ok(key.id),
        None => broken(format!("no unrevoked key had the name {name}, yet it was refused")),
    }
}

/// A different hash for each of a few names.
pub fn hash(name: &str) -> [u8; 32] {
    let mut hash = [7; 32];
    hash.iter_mut().zip(name.bytes()).for_each(|(slot, byte)| *slot = byte);
    hash
}

/// Submits a task that must be taken.
///
/// # Errors
/// The store's.
pub async fn submit(store: &dyn TaskStore, task: NewTask) -> Result<Task, StoreError> {
    match store.submit(task).await? {
        Submission::Created(task) => Ok(task),
        other => broken(format!("a plain submit was answered with {other:?}")),
    }
}

/// Submits a task and claims it; nothing else may wait.
///
/// # Errors
/// The store's.
pub async fn submit_and_claim(store: &dyn TaskStore, task: NewTask) -> Result<Claim, StoreError> {
    let id = submit(store, task).await?.id;
    let claimed = claim(store).await?;
    assert_eq!(claimed.task.id, id, "the only waiting task was not the one claimed");
    Ok(claimed.claim)
}

/// Claims on the usual terms; there must be a ready task.
///
/// # Errors
/// The store's.
pub async fn claim(store: &dyn TaskStore) -> Result<Claimed, StoreError> {
    match store.claim(&TERMS).await? {
        Some(claimed) => Ok(claimed),
        None => broken("a task was ready, yet nothing was claimed"),
    }
}

/// A task that must exist.
///
/// # Errors
/// The store's.
pub async fn get(store: &dyn TaskStore, key: KeyId, id: TaskId) -> Result<Task, StoreError> {
    match store.get(key, id).await? {
        Some(task) => Ok(task),
        None => broken(format!("task {id} is gone")),
    }
}

/// When a task, that must have one, has its back-off's end.
pub fn not_before(task: &Task) -> Timestamp {
    match &task.state {
        TaskState::Queued { not_before } => *not_before,
        other => broken(format!("the task should wait, but is {other:?}")),
    }
}

/// When a task, that must have ended, did.
pub fn finished_at(task: &Task) -> Timestamp {
    match task.state.finished_at() {
        Some(finished_at) => finished_at,
        None => broken(format!("the task should have ended, but is {:?}", task.state)),
    }
}
