//! Signs of life of an attempt, and what is heard in return.

use std::{convert::Infallible, time::Duration};

use domain::{
    id::TaskId,
    state::Progress,
    store::{Beat, Claim},
};
use tokio::time::Instant;

use crate::{
    running::{Control, Stop},
    service::Service,
};

/// How often progress is stored while it changes.
const PROGRESS_INTERVAL: Duration = Duration::from_secs(1);

/// Renews the claim's lease in time and stores the progress, until it is dropped. Stops the attempt when
/// the client cancelled it, the lease is lost, or the disk runs full.
pub(crate) async fn beat(service: &Service, claim: &Claim, control: &Control) -> Infallible {
    let lease = service.settings.worker.lease;
    let renewal = lease / 3;
    let mut stored = Progress::default();
    let mut last = Instant::now();
    loop {
        tokio::time::sleep(PROGRESS_INTERVAL.min(renewal)).await;
        if control.stop_reason().is_none()
            && let Err(failure) = service.disk.check()
        {
            tracing::warn!(task = %claim.task(), detail = failure.detail, "the disk ran full during an attempt");
            control.stop(Stop::DiskFull);
        }
        let progress = control.watch().progress();
        if progress == stored && last.elapsed() < renewal {
            continue;
        }
        match service.store.beat(claim, progress, lease).await {
            Ok(answer) => {
                heed(answer, claim.task(), control);
                stored = progress;
                last = Instant::now();
            }
            // The lease outlives two beats; the next one may get through.
            Err(error) => tracing::warn!(task = %claim.task(), %error, "a sign of life got lost"),
        }
    }
}

fn heed(answer: Beat, task: TaskId, control: &Control) {
    match answer {
        Beat::GoOn => {}
        Beat::Cancel => control.stop(Stop::Cancelled),
        Beat::LeaseLost => {
            tracing::warn!(%task, "the lease is lost");
            control.stop(Stop::LeaseLost);
        }
    }
}
