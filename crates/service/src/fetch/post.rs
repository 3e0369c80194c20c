//! Sending a callback under the same rules as fetching.

use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use url::Url;

use super::{
    Fetcher, RefusalKind,
    refusal::{Refusal, from_client},
};

/// One callback.
#[derive(Debug)]
pub struct Post<'a> {
    pub url: &'a Url,
    /// Header names and values beside the content type.
    pub headers: &'a [(&'static str, String)],
    /// JSON.
    pub body: String,
    /// For everything, from the look-up of the name to the head of the answer.
    pub timeout: Duration,
}

/// Why a callback was not taken. Its text is for the log: it may name addresses, never the URL.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct PostError(Refusal);

impl PostError {
    /// The kind of trouble.
    pub fn kind(&self) -> RefusalKind {
        self.0.kind()
    }

    /// HTTP's status, where there was an answer.
    pub fn status(&self) -> Option<u16> {
        match self.0 {
            Refusal::Status(status) => Some(status.as_u16()),
            _ => None,
        }
    }

    /// In words for whoever named the URL: no address, no path.
    pub fn public(&self) -> String {
        match &self.0 {
            Refusal::Status(status) => format!("the receiver answered {}", status.as_u16()),
            Refusal::TimedOut(_) => "the receiver took too long".to_owned(),
            Refusal::Address { .. } => "the receiver's address is not on the public internet".to_owned(),
            Refusal::Scheme => "only http and https are spoken".to_owned(),
            Refusal::Credentials => "a URL with a user or a password is not used".to_owned(),
            Refusal::NoRoots => "this service has no root certificates and cannot use https".to_owned(),
            _ => "the receiver was not reached, or broke the connection".to_owned(),
        }
    }
}

impl Fetcher {
    /// POSTs JSON; the answer's status. Only 2xx counts; redirects are not followed, and the answer's body is
    /// not read.
    ///
    /// # Errors
    /// When the URL or its address is refused, nobody answers in time, or the answer is not 2xx.
    pub async fn post(&self, post: Post<'_>) -> Result<u16, PostError> {
        let sending = async {
            let client = self.client(post.url).await?;
            let mut request = client.post(post.url.clone()).header(CONTENT_TYPE, "application/json");
            for (name, value) in post.headers {
                request = request.header(*name, value);
            }
            let answer = request.body(post.body).send().await;
            let status = answer.map_err(|error| from_client(error, "to answer"))?.status();
            if status.is_success() {
                Ok(status.as_u16())
            } else {
                Err(Refusal::Status(status))
            }
        };
        let result = match tokio::time::timeout(post.timeout, sending).await {
            Ok(result) => result,
            Err(_) => Err(Refusal::TimedOut("to answer")),
        };
        result.map_err(PostError)
    }
}
