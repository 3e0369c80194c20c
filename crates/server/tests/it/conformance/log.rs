//! The exchanges of one snapshot, each under a heading.

use reqwest::Method;
use serde_json::Value;

use super::Tongue;
use crate::{
    exchange::{Body, exchange_with},
    server::{Answer, Kinora},
};

#[derive(Default)]
pub(super) struct Log(pub(super) String);

impl Log {
    pub(super) async fn get(&mut self, kinora: &Kinora, title: &str, path: &str) -> Answer {
        self.add(kinora, title, Method::GET, path, &[], None).await
    }

    pub(super) async fn post(&mut self, kinora: &Kinora, title: &str, path: &str, body: &Value) -> Answer {
        self.add(kinora, title, Method::POST, path, &[], Some(Body::Json(body)))
            .await
    }

    pub(super) async fn add(
        &mut self,
        kinora: &Kinora,
        title: &str,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Body<'_>>,
    ) -> Answer {
        let (answer, text) = exchange_with(kinora, method, path, headers, body).await;
        self.0.push_str(&format!("### {title}\n\n{text}\n"));
        answer
    }

    /// Hands a task over, and gives its id; nothing when it was refused.
    pub(super) async fn submit(&mut self, kinora: &Kinora, tongue: &Tongue, title: &str, body: &Value) -> String {
        let answer = self.post(kinora, title, tongue.submit, body).await;
        tongue.id_of(&answer.json())
    }

    pub(super) async fn status(&mut self, kinora: &Kinora, tongue: &Tongue, title: &str, id: &str) -> Answer {
        self.get(kinora, title, &tongue.status(id)).await
    }
}
