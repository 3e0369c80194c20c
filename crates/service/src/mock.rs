//! Trying a webhook: the event of a task that never was. Its end is announced as a real one's would be, and nothing is
//! rendered or stored.

use std::time::Duration;

use domain::{
    artifact::ArtifactKind,
    draft::MockEnd,
    failure::{Code, Failure},
    media::{FRAME_RATE, Size},
    state::{Output, TaskState},
    store::{Delivery, DeliveryResult, Event},
    task::Task,
};

use crate::{
    notify::Notifier,
    service::Service,
    submit::{Accepted, Rejected},
};

const SIZE: Size = Size {
    width: 1280,
    height: 720,
};

impl Service {
    /// Announces `end` as that of `task`, which is not kept: asking for it finds nothing.
    pub(crate) fn mock(&self, task: Task, end: MockEnd) -> Result<Accepted, Rejected> {
        let ended = Task {
            state: state(&task, end),
            started_at: Some(task.created_at),
            attempts: 1,
            ..task.clone()
        };
        tracing::info!(task = %task.id, "a webhook is tried with a mock event");
        tokio::spawn(self.notifier.clone().announce_mock(ended));
        Ok(Accepted { task, replayed: false })
    }
}

fn state(task: &Task, end: MockEnd) -> TaskState {
    let finished_at = task.created_at;
    match end {
        MockEnd::Succeeded => TaskState::Succeeded {
            finished_at,
            output: Output {
                attempt: 1,
                size: SIZE,
                frames: task.request.duration * FRAME_RATE,
                bytes: 0,
                artifacts: ArtifactKind::USUAL.to_vec(),
                fetch_ms: 0,
                render_ms: 0,
                recipe: None,
            },
            artifacts_expired: false,
        },
        MockEnd::Failed => TaskState::Failed {
            finished_at,
            failure: Failure::new(Code::Internal, "this is a mock event of a task that failed"),
        },
    }
}

impl Notifier {
    /// Sends the event, again and again as a real one, but forgets it when the server stops.
    async fn announce_mock(self, task: Task) {
        for tries in 0.. {
            let delivery = Delivery {
                id: 0,
                task: task.clone(),
                event: Event::Ended,
                tries,
            };
            let (_, DeliveryResult::Again { not_before }) = self.send(delivery).await else {
                return;
            };
            let wait = not_before
                .milliseconds()
                .saturating_sub(self.clock.now().milliseconds());
            tokio::time::sleep(Duration::from_millis(u64::try_from(wait).unwrap_or(0))).await;
        }
    }
}
