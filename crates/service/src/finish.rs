//! The end of an attempt: what becomes of the task, and of what was made.

use std::time::Duration;

use domain::{
    failure::{Code, Failure},
    store::{Claim, Fenced, Outcome, StoreError},
    task::Task,
};

use crate::{
    failpoint, objects,
    run::Made,
    running::Stop,
    service::{Service, store_failure},
};

/// Waits between tries to write down how an attempt ended.
const PATIENCE: [Duration; 4] = [
    Duration::from_millis(100),
    Duration::from_millis(500),
    Duration::from_secs(2),
    Duration::from_secs(4),
];

/// Ends the attempt. What it stored is dropped unless it won.
pub(crate) async fn finish(
    service: &Service,
    claim: Claim,
    task: &Task,
    result: Result<Made, Failure>,
    stop: Option<Stop>,
) {
    let attempt = claim.attempt();
    let Some(outcome) = decide(service, task, result, stop) else {
        drop_results(service, task, attempt).await;
        return;
    };
    log(task, attempt, &outcome);
    service.metrics.attempt_ended(name(&outcome));
    let won = matches!(outcome, Outcome::Succeeded { .. });
    let is_final = !matches!(outcome, Outcome::Retry { .. } | Outcome::Returned { .. });
    let written = write_down(service, claim, outcome).await;
    failpoint::reach("finish: written");
    match written {
        Ok(Fenced::Done) => {
            if !won {
                drop_results(service, task, attempt).await;
            }
            if is_final {
                service.callbacks_due.notify_one();
            }
            drop_deleted(service, task).await;
        }
        Ok(Fenced::LeaseLost) => {
            tracing::warn!(task = %task.id, attempt, "the attempt ended after its lease was lost; its results are dropped");
            drop_results(service, task, attempt).await;
        }
        // Nobody knows whether it was written: the results stay until the task's files expire.
        Err(error) => tracing::error!(task = %task.id, attempt, %error, "the end of an attempt could not be stored"),
    }
}

/// What becomes of the task. `None`: that is no longer for this attempt to say.
fn decide(service: &Service, task: &Task, result: Result<Made, Failure>, stop: Option<Stop>) -> Option<Outcome> {
    let settings = &service.settings.worker;
    let now = service.now();
    let outcome = match (stop, result) {
        (Some(Stop::LeaseLost), _) => return None,
        (Some(Stop::Cancelled), _) => Outcome::Cancelled,
        (_, Ok(Made { output, warnings })) => Outcome::Succeeded { output, warnings },
        (Some(Stop::TimedOut), Err(_)) => {
            let seconds = settings.render_limit.as_secs();
            let public = format!("rendering took longer than {seconds} seconds");
            Outcome::Failed(Failure::new(Code::TimedOut, public))
        }
        (Some(Stop::Draining), Err(_)) => Outcome::Returned { not_before: now },
        (Some(Stop::DiskFull), Err(_)) => Outcome::Returned {
            not_before: now + settings.disk_wait,
        },
        (None, Err(failure)) => failed(service, task, failure),
    };
    Some(outcome)
}

fn failed(service: &Service, task: &Task, failure: Failure) -> Outcome {
    let settings = &service.settings.worker;
    let now = service.now();
    tracing::warn!(
        task = %task.id, attempts = task.attempts, code = ?failure.code, detail = failure.detail, "attempt failed"
    );
    // An engine may only have seen a write fail.
    let disk_full = failure.code == Code::DiskFull || (failure.is_retryable() && service.disk.check().is_err());
    if disk_full {
        let not_before = now + settings.disk_wait;
        return Outcome::Returned { not_before };
    }
    if !failure.is_retryable() {
        return Outcome::Failed(failure);
    }
    if task.attempts >= settings.most_attempts {
        let public = format!("gave up after {} attempts: {}", task.attempts, failure);
        return Outcome::Failed(Failure::new(Code::AttemptsExhausted, public).detail(failure.detail));
    }
    let doublings = task.attempts.saturating_sub(1).min(16);
    Outcome::Retry {
        not_before: now + settings.back_off.saturating_mul(1 << doublings),
    }
}

/// Writes the end down, more than once if need be: rendering again would cost far more.
async fn write_down(service: &Service, claim: Claim, outcome: Outcome) -> Result<Fenced, StoreError> {
    let (task, attempt) = (claim.task(), claim.attempt());
    let mut claim = claim;
    for wait in PATIENCE {
        match service.store.finish(claim, outcome.clone()).await {
            Ok(fenced) => return Ok(fenced),
            Err(error) => tracing::warn!(%task, attempt, %error, "the end of an attempt is not stored yet"),
        }
        // The store failed and changed nothing, so the right to finish was not used up.
        claim = Claim::new(task, attempt);
        tokio::time::sleep(wait).await;
    }
    service.store.finish(claim, outcome).await
}

/// A task that was deleted while it ran goes with this attempt, and does not wait for the next round of retention.
async fn drop_deleted(service: &Service, task: &Task) {
    let gone = match service.store.get(task.key, task.id).await {
        Ok(Some(_)) => return,
        Ok(None) => service.delete_for_good(&[task.id]).await,
        Err(error) => Err(store_failure(error)),
    };
    if let Err(failure) = gone {
        tracing::warn!(task = %task.id, detail = failure.detail, "whether the task was deleted is seen to later");
    }
}

async fn drop_results(service: &Service, task: &Task, attempt: u32) {
    if let Err(failure) = service.objects.delete_below(&objects::attempt(task.id, attempt)).await {
        tracing::warn!(task = %task.id, attempt, detail = failure.detail, "an attempt's results were left behind");
    }
}

fn log(task: &Task, attempt: u32, outcome: &Outcome) {
    let outcome_name = name(outcome);
    match outcome {
        Outcome::Succeeded { output, .. } => tracing::info!(
            task = %task.id, attempt, frames = output.frames, bytes = output.bytes, fetch_ms = output.fetch_ms,
            render_ms = output.render_ms, "task succeeded"
        ),
        Outcome::Failed(failure) => tracing::warn!(
            task = %task.id, attempt, code = ?failure.code, public = %failure, detail = failure.detail,
            "task failed"
        ),
        _ => tracing::info!(task = %task.id, attempt, outcome = outcome_name, "attempt ended"),
    }
}

fn name(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Succeeded { .. } => "succeeded",
        Outcome::Failed(_) => "failed",
        Outcome::Retry { .. } => "retry",
        Outcome::Cancelled => "cancelled",
        Outcome::Returned { .. } => "returned",
    }
}
