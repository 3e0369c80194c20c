//! Kinora's own routes, from the client's side.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use domain::state::StateName;
use futures_util::StreamExt;
use indicatif::ProgressBar;
use reqwest::{Method, RequestBuilder, Response};
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;
use wire::kinora::{
    error,
    list::List,
    remake::{Deleted, Request},
    status::View,
    usage::Usage,
    webhook,
};

use super::failure::CliError;

/// How often a waiting client asks.
const POLL: Duration = Duration::from_millis(500);
/// How long a waiting client puts up with a server that does not answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// A connection to one server with one key.
pub(super) struct Client {
    http: reqwest::Client,
    base: String,
    key: String,
}

impl Client {
    pub(super) fn new(base: Url, key: &str) -> anyhow::Result<Self> {
        service::fetch::tls::install_provider();
        let http = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(10))
            .read_timeout(Duration::from_secs(60))
            .build()
            .context("no HTTP client could be made")?;
        Ok(Self {
            http,
            base: base.as_str().trim_end_matches('/').to_owned(),
            key: key.to_owned(),
        })
    }

    /// Hands a task over.
    pub(super) async fn submit(&self, body: &Value) -> Result<View, CliError> {
        // A key for this one submit: should the answer get lost, sending it again makes no second task.
        let idempotency = uuid::Uuid::new_v4().to_string();
        let request = self
            .request(Method::POST, "/kinora/v1/tasks")
            .header("idempotency-key", idempotency);
        answer(request.json(body)).await
    }

    /// A task as it is now.
    pub(super) async fn task(&self, id: &str) -> Result<View, CliError> {
        answer(self.request(Method::GET, &task_path(id)?)).await
    }

    pub(super) async fn cancel(&self, id: &str) -> Result<View, CliError> {
        answer(self.request(Method::POST, &format!("{}/cancel", task_path(id)?))).await
    }

    /// Makes a task's video again.
    pub(super) async fn retry(&self, id: &str, changes: &Request) -> Result<View, CliError> {
        let request = self.request(Method::POST, &format!("{}/retry", task_path(id)?));
        let idempotency = uuid::Uuid::new_v4().to_string();
        answer(request.header("idempotency-key", idempotency).json(changes)).await
    }

    pub(super) async fn delete(&self, id: &str) -> Result<Deleted, CliError> {
        answer(self.request(Method::DELETE, &task_path(id)?)).await
    }

    pub(super) async fn list(&self, query: &[(&str, String)]) -> Result<List, CliError> {
        self.ask("/kinora/v1/tasks", query).await
    }

    /// What the key used.
    pub(super) async fn usage(&self, query: &[(&str, String)]) -> Result<Usage, CliError> {
        self.ask("/kinora/v1/usage", query).await
    }

    pub(super) async fn webhooks(&self, query: &[(&str, String)]) -> Result<webhook::List, CliError> {
        self.ask("/kinora/v1/webhooks", query).await
    }

    pub(super) async fn webhook(&self, id: &str) -> Result<webhook::View, CliError> {
        answer(self.request(Method::GET, &webhook_path(id)?)).await
    }

    pub(super) async fn resend_webhook(&self, id: &str) -> Result<webhook::View, CliError> {
        answer(self.request(Method::POST, &format!("{}/resend", webhook_path(id)?))).await
    }

    /// What the key's webhooks are signed with.
    pub(super) async fn webhook_secret(&self) -> Result<webhook::Secret, CliError> {
        self.ask("/kinora/v1/webhooks/secret", &[]).await
    }

    async fn ask<Answer: DeserializeOwned>(&self, path: &str, query: &[(&str, String)]) -> Result<Answer, CliError> {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(query)
            .finish();
        answer(self.request(Method::GET, &format!("{path}?{query}"))).await
    }

    /// Asks until the task has ended, and shows every answer to `watch`. A server that is being restarted
    /// is waited for.
    pub(super) async fn wait(&self, id: &str, mut watch: impl FnMut(&View)) -> Result<View, CliError> {
        let mut silent_since: Option<Instant> = None;
        loop {
            match self.task(id).await {
                Ok(view) => {
                    silent_since = None;
                    watch(&view);
                    if view.state.is_final() {
                        return Ok(view);
                    }
                }
                Err(CliError::Failed(error)) if is_silence(&error) => {
                    let since = *silent_since.get_or_insert_with(Instant::now);
                    if since.elapsed() > PATIENCE {
                        return Err(CliError::Failed(error));
                    }
                }
                Err(error) => return Err(error),
            }
            tokio::time::sleep(POLL).await;
        }
    }

    /// Downloads a finished task's video to a file that is there whole or not at all.
    pub(super) async fn download(&self, view: &View, output: &Path, bar: &ProgressBar) -> Result<(), CliError> {
        let Some(link) = view.video.as_ref().and_then(|video| video.url.as_deref()) else {
            return Err(anyhow::anyhow!("the task has no video to download: {}", describe(view)).into());
        };
        let response = self
            .http
            .get(link)
            .send()
            .await
            .context("the video could not be asked for")?;
        if !response.status().is_success() {
            return Err(refusal(response).await);
        }
        bar.set_length(response.content_length().unwrap_or(0));
        let file = super::output::Output::new(output)?;
        let file = save(response, file, bar).await?;
        Ok(file.keep()?)
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}{path}", self.base);
        self.http
            .request(method, url)
            .header("authorization", format!("Bearer {}", self.key))
    }
}

async fn save(
    response: Response,
    mut file: super::output::Output,
    bar: &ProgressBar,
) -> anyhow::Result<super::output::Output> {
    let mut pieces = response.bytes_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece.context("the video did not arrive whole")?;
        std::io::Write::write_all(&mut file, &piece)?;
        bar.inc(piece.len() as u64);
    }
    Ok(file)
}

fn task_path(id: &str) -> Result<String, CliError> {
    Ok(format!("/kinora/v1/tasks/{}", number(id, "task")?))
}

fn webhook_path(id: &str) -> Result<String, CliError> {
    Ok(format!("/kinora/v1/webhooks/{}", number(id, "webhook")?))
}

fn number<'id>(id: &'id str, kind: &str) -> Result<&'id str, CliError> {
    if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(CliError::Usage(format!(
            "{id} is no {kind} id: an id is a decimal number"
        )));
    }
    Ok(id)
}

async fn answer<Answer: DeserializeOwned>(request: RequestBuilder) -> Result<Answer, CliError> {
    let response = request.send().await.context("the server could not be reached")?;
    if !response.status().is_success() {
        return Err(refusal(response).await);
    }
    let value = response
        .json()
        .await
        .context("the server's answer was not understood")?;
    Ok(value)
}

/// The server's own words. What it calls a bad request is wrong usage here.
async fn refusal(response: Response) -> CliError {
    let status = response.status();
    let text = response.text().await.unwrap_or_default();
    let message = match serde_json::from_str::<error::Body>(&text) {
        Ok(body) => body.error.message,
        Err(_) => format!("the server answered {status}"),
    };
    if status == reqwest::StatusCode::BAD_REQUEST {
        CliError::Usage(message)
    } else {
        CliError::Failed(anyhow::anyhow!("{message}"))
    }
}

fn is_silence(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<reqwest::Error>()
        .is_some_and(|error| error.is_connect() || error.is_timeout() || error.is_request())
}

/// A task's state in a few words, with the reason if it failed.
pub(super) fn describe(view: &View) -> String {
    match &view.failure {
        Some(failure) => format!("{}: {}", view.state.name(), failure.message),
        None => view.state.name().to_owned(),
    }
}

/// Fails unless the task succeeded.
pub(super) fn expect_success(view: &View) -> anyhow::Result<()> {
    match view.state {
        StateName::Succeeded => Ok(()),
        StateName::Queued | StateName::Running => bail!("the task has not ended yet: it is {}", describe(view)),
        StateName::Failed | StateName::Cancelled => bail!("the task {}", describe(view)),
    }
}
