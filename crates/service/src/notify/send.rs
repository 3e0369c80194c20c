//! One try of one callback.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use domain::{
    callback::{CallbackBody, Posting},
    failure::Failure,
    state::TaskState,
    store::{Delivery, DeliveryResult, Event, Try, event_id},
    task::{Task, TaskView},
    time::Timestamp,
};

use super::{Notifier, Wait, signature};
use crate::{
    fetch::{Post, RefusalKind},
    keys, secret,
};

/// What came of a try.
struct Tried {
    status: Option<u16>,
    /// In words that its owner may read; `None`: it was taken.
    problem: Option<String>,
    /// Another try would end the same way.
    hopeless: bool,
}

impl Tried {
    fn hopeless(problem: &str) -> Self {
        Self {
            status: None,
            problem: Some(problem.to_owned()),
            hopeless: true,
        }
    }
}

impl Notifier {
    /// Sends a callback once, and decides what becomes of it.
    pub(crate) async fn send(&self, delivery: Delivery) -> (Try, DeliveryResult) {
        let at = self.clock.now();
        let begun = tokio::time::Instant::now();
        let Delivery {
            id, task, event, tries, ..
        } = delivery;
        let (task_id, dialect) = (task.id, task.dialect);
        let writer = self.writer(dialect);
        let tried = match writer {
            Some(writer) => self.try_once(id, task, event, writer).await,
            None => Tried::hopeless("the task's dialect has no callbacks"),
        };
        let took = u32::try_from(begun.elapsed().as_millis()).unwrap_or(u32::MAX);
        let most = match event {
            Event::Began => Some(1),
            Event::Ended => writer.and_then(|writer| writer.most_tries()),
        };
        let result = self.decide(&tried, tries, most);
        let reason = tried.problem.as_deref().unwrap_or_default();
        match result {
            DeliveryResult::Delivered => {
                tracing::info!(task = %task_id, delivery = id, tries, "a callback was delivered");
            }
            DeliveryResult::Again { .. } => {
                tracing::info!(task = %task_id, delivery = id, tries, reason, "a callback is tried again later");
            }
            DeliveryResult::Dead => {
                tracing::warn!(task = %task_id, delivery = id, tries, reason, "a callback was given up");
            }
        }
        let tried = Try {
            at,
            took,
            status: tried.status,
            problem: tried.problem,
        };
        (tried, result)
    }

    async fn try_once(&self, id: i64, task: Task, event: Event, writer: &Arc<dyn CallbackBody>) -> Tried {
        let Some(webhook) = task.request.webhook.clone() else {
            return Tried::hopeless("the task has no webhook");
        };
        if event == Event::Began && !matches!(task.state, TaskState::Running { .. }) {
            return Tried::hopeless("the task no longer ran");
        }
        let now = self.clock.now();
        let event_id = event_id(task.id, id);
        let key = task.key;
        let view = TaskView {
            links: self.links.links(&task, task.dialect, now),
            queue_position: None,
            task,
        };
        let body = writer.body(&view);
        let mut headers = vec![
            (signature::ID_HEADER, event_id.clone()),
            (signature::TIMESTAMP_HEADER, now.seconds().to_string()),
            (
                signature::SIGNATURE_HEADER,
                signature::standard(&self.secret, key, &event_id, now, &body),
            ),
        ];
        match self.own_signature(&view.task, &webhook.url, writer).await {
            Ok(own) => headers.extend(own),
            Err(failure) => {
                tracing::error!(task = %view.task.id, detail = failure.detail, "a callback cannot be signed");
                return Tried {
                    status: None,
                    problem: Some("it could not be signed".to_owned()),
                    hopeless: false,
                };
            }
        }
        let post = Post {
            url: &webhook.url,
            headers: &headers,
            body,
            timeout: self.settings.timeout,
        };
        match self.fetcher.post(post).await {
            Ok(status) => Tried {
                status: Some(status),
                problem: None,
                hopeless: false,
            },
            Err(error) => {
                tracing::debug!(delivery = id, reason = %error, "a callback was not taken");
                Tried {
                    status: error.status(),
                    problem: Some(error.public()),
                    // What is wrong with the URL itself does not mend, and 410 says that nobody listens any more.
                    hopeless: matches!(error.kind(), RefusalKind::Scheme | RefusalKind::Credentials)
                        || error.status() == Some(410),
                }
            }
        }
    }

    /// The headers of a dialect that signs in its own way, under the token that made the task.
    async fn own_signature(
        &self,
        task: &Task,
        url: &url::Url,
        writer: &Arc<dyn CallbackBody>,
    ) -> Result<Vec<(&'static str, String)>, Failure> {
        let date = http_date(self.clock.now());
        let nonce = hexadecimal(&secret::random_bytes::<16>()?);
        let posting = Posting {
            url,
            date: &date,
            nonce: &nonce,
        };
        let Some(signing) = writer.signing(&posting) else {
            return Ok(Vec::new());
        };
        let found = self.store.key_by_id(task.key).await.map_err(Failure::internal)?;
        let record = found.ok_or_else(|| Failure::internal("the task's key is gone"))?;
        let token = keys::reveal(&self.secret, &record)?;
        let mut headers = signing.headers;
        let signed = signature::hmac_sha256(token.reveal().as_bytes(), &signing.text);
        headers.push((signing.signature_header, signed));
        Ok(headers)
    }

    fn decide(&self, tried: &Tried, tries: u32, most: Option<u32>) -> DeliveryResult {
        if tried.problem.is_none() {
            return DeliveryResult::Delivered;
        }
        let exhausted = tried.hopeless || most.is_some_and(|most| tries.saturating_add(1) >= most);
        let wait = self.settings.retry_after.get(tries as usize).filter(|_| !exhausted);
        wait.map_or(DeliveryResult::Dead, |Wait(wait)| DeliveryResult::Again {
            not_before: self.clock.now() + *wait,
        })
    }
}

fn http_date(time: Timestamp) -> String {
    let seconds = u64::try_from(time.seconds()).unwrap_or(0);
    httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
