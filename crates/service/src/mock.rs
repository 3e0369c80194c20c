//! Trying a webhook: the event of a task that never was. Its end is announced as a real one's would be, and nothing is
//! rendered or stored.

use std::sync::Arc;

use domain::{
    artifact::ArtifactKind,
    draft::MockEnd,
    failure::{Code, Failure},
    media::{FRAME_RATE, Size},
    state::{Output, TaskState},
    store::{Delivery, Event},
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
    ///
    /// # Errors
    /// [`Code::RateLimited`] while as many are being sent as there are places for callbacks.
    pub(crate) fn mock(&self, task: Task, end: MockEnd) -> Result<Accepted, Rejected> {
        let Ok(place) = Arc::clone(&self.mocks).try_acquire_owned() else {
            let public = "too many webhooks are being tried at once; try again in a moment";
            return Err(Failure::new(Code::RateLimited, public).into());
        };
        let ended = Task {
            state: state(&task, end),
            started_at: Some(task.created_at),
            attempts: 1,
            ..task.clone()
        };
        tracing::info!(task = %task.id, "a webhook is tried with a mock event");
        let notifier = self.notifier.clone();
        tokio::spawn(async move {
            notifier.announce_mock(ended).await;
            drop(place);
        });
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
    /// Sends the event once: whoever tries a receiver out looks at what it says.
    async fn announce_mock(self, task: Task) {
        let delivery = Delivery {
            id: 0,
            task,
            event: Event::Ended,
            tries: 0,
            receiver: String::new(),
        };
        self.send(delivery).await;
    }
}
