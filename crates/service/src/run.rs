//! One attempt: fetch, generate, store, finish.

use std::{sync::Arc, time::Duration};

use domain::{
    artifact::{ArtifactKind, ArtifactRef},
    engine::{Generated, Job},
    failure::{Code, Failure},
    media::FRAME_RATE,
    request::Warning,
    state::Output,
    store::Claimed,
    task::Task,
};
use tokio::{
    task::{JoinError, JoinHandle},
    time::{Instant, sleep, timeout},
};

use crate::{
    disk, failpoint, fetch_pictures, finish, heartbeat, objects,
    running::{Control, Stop},
    scratch::Scratch,
    service::Service,
};

/// How long an engine may take to heed a stop before it is left behind. It should need one frame.
const GRACE: Duration = Duration::from_secs(10);

/// What an attempt made and stored.
pub(crate) struct Made {
    pub(crate) output: Box<Output>,
    pub(crate) warnings: Vec<Warning>,
}

/// Runs a claimed task to the end of this attempt.
pub(crate) async fn run(service: Arc<Service>, claimed: Claimed) {
    let Claimed { claim, task } = claimed;
    let control = service.running.enter(task.id, claim.attempt());
    tracing::info!(task = %task.id, attempt = claim.attempt(), request_id = task.request_id, "attempt begins");
    if claim.attempt() == 1 {
        service.metrics.waited(service.now().since(task.created_at));
    }
    let result = tokio::select! {
        result = attempt(&service, &task, claim.attempt(), &control) => result,
        never = heartbeat::beat(&service, &claim, &control) => match never {},
    };
    finish::finish(&service, claim, &task, result, control.stop_reason()).await;
}

/// The steps. Whatever stopped the attempt early, the error then is [`Code::Cancelled`].
async fn attempt(service: &Service, task: &Task, attempt: u32, control: &Control) -> Result<Made, Failure> {
    control.watch().set_total(task.request.duration * FRAME_RATE);
    let scratch = Scratch::make(&service.scratch, task.id, attempt)?;

    let begun = Instant::now();
    let mut pictures = until_stopped(control, fetch_pictures::fetch(service, task, &scratch)).await?;
    let mark = task.request.extras.mark.as_ref().and_then(|_| pictures.pop());
    let fetch_time = begun.elapsed();
    failpoint::reach("run: pictures there");

    let begun = Instant::now();
    let job = Job {
        pictures,
        mark,
        scratch: scratch.work(),
        watch: Arc::clone(control.watch()),
    };
    let generated = generate(service, task, job, control).await?;
    let render_time = begun.elapsed();
    failpoint::reach("run: rendered");
    service.metrics.rendered(generated.frames, render_time);

    let stored = store(service, task, attempt, &generated);
    let bytes = until_stopped(control, stored).await?;
    failpoint::reach("run: results stored");
    let artifacts = generated.files.iter().map(|(kind, _)| *kind).collect();
    let output = Box::new(Output {
        attempt,
        size: generated.size,
        frames: generated.frames,
        bytes,
        artifacts,
        fetch_ms: milliseconds(fetch_time),
        render_ms: milliseconds(render_time),
        recipe: generated.recipe,
    });
    Ok(Made {
        output,
        warnings: generated.warnings,
    })
}

/// Lets the engine work, within its time; a panic of it is a failure like others.
async fn generate(service: &Service, task: &Task, job: Job, control: &Control) -> Result<Generated, Failure> {
    let Some(engine) = service.engines.get(task.request.engine.as_str()).cloned() else {
        let public = format!("the model {} is not available on this server", task.request.model);
        return Err(Failure::new(Code::EngineUnavailable, public));
    };
    let request = task.request.clone();
    let mut working = tokio::spawn(async move { engine.generate(&request, &job).await });
    tokio::select! {
        joined = &mut working => return generated(joined),
        () = sleep(service.settings.worker.render_limit) => control.stop(Stop::TimedOut),
        () = control.stopped() => {}
    }
    wind_down(task, working).await;
    Err(stopped())
}

async fn wind_down(task: &Task, mut working: JoinHandle<Result<Generated, Failure>>) {
    if timeout(GRACE, &mut working).await.is_err() {
        tracing::error!(task = %task.id, "the engine did not heed a stop and is left behind");
        working.abort();
    }
}

fn generated(joined: Result<Result<Generated, Failure>, JoinError>) -> Result<Generated, Failure> {
    match joined {
        Ok(result) => result,
        Err(error) => Err(Failure::internal(format_args!("the engine broke down: {error}"))),
    }
}

/// Stores what was made; the length of the video in bytes.
async fn store(service: &Service, task: &Task, attempt: u32, generated: &Generated) -> Result<u64, Failure> {
    let mut video_bytes = None;
    for (kind, file) in &generated.files {
        let artifact = ArtifactRef {
            task: task.id,
            attempt,
            kind: *kind,
        };
        service.objects.put(&objects::artifact(artifact), file).await?;
        failpoint::reach("run: first result stored");
        if *kind == ArtifactKind::Video {
            let meta = tokio::fs::metadata(file).await;
            let meta = meta.map_err(|error| disk::failure("measuring a video", &error))?;
            video_bytes = Some(meta.len());
        }
    }
    video_bytes.ok_or_else(|| Failure::internal("the engine made no video"))
}

async fn until_stopped<T>(control: &Control, step: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::select! {
        result = step => result,
        () = control.stopped() => Err(stopped()),
    }
}

fn stopped() -> Failure {
    Failure::new(Code::Cancelled, "the attempt was stopped")
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
