//! One request: checked, resolved, connected, answered.

use std::sync::Arc;

use reqwest::{
    Client, RequestBuilder, Response,
    header::{ACCEPT, ACCEPT_ENCODING},
};
use tokio::time::timeout;
use url::Url;

use super::{
    Fetcher,
    redirect::{self, MOST_REDIRECTS},
    refusal::{Refusal, from_client},
    resolver,
};

/// How this program names itself.
const USER_AGENT: &str = concat!("Kinora/", env!("CARGO_PKG_VERSION"));

/// Servers that choose a format by this header should not choose one that we cannot read.
const PICTURES: &str = "image/png, image/jpeg, image/webp, */*;q=0.1";

impl Fetcher {
    /// GETs a picture, following redirects. The answer's body is still to be read.
    pub(super) async fn get(&self, url: &Url) -> Result<Response, Refusal> {
        let mut url = url.clone();
        for _ in 0..=MOST_REDIRECTS {
            let client = self.client(&url).await?;
            let request = client
                .get(url.clone())
                .header(ACCEPT, PICTURES)
                .header(ACCEPT_ENCODING, "identity");
            let response = self.answer(request).await?;
            match redirect::next(&url, response.status(), response.headers())? {
                Some(next) => url = next,
                None => return Ok(response),
            }
        }
        Err(Refusal::TooManyRedirects)
    }

    /// A client for this URL's host alone, which connects the addresses that were just checked and no
    /// others. It keeps no connections and follows nothing.
    pub(super) async fn client(&self, url: &Url) -> Result<Client, Refusal> {
        let limit = self.settings.connect_timeout;
        let resolving = resolver::resolve(url, self.lookup.as_ref(), &self.policy);
        let addresses = match timeout(limit, resolving).await {
            Ok(addresses) => addresses?,
            Err(_) => return Err(Refusal::unresolved("the name server took too long")),
        };
        if url.scheme() == "https" && !self.tls.has_roots {
            return Err(Refusal::NoRoots);
        }
        Client::builder()
            .tls_backend_preconfigured(self.tls.config.clone())
            .dns_resolver(Arc::new(addresses))
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .http1_only()
            .pool_max_idle_per_host(0)
            .connect_timeout(limit)
            .user_agent(USER_AGENT)
            .build()
            .map_err(|error| from_client(error, "to be set up"))
    }

    /// Sends a request and waits for the head of its answer.
    async fn answer(&self, request: RequestBuilder) -> Result<Response, Refusal> {
        let limit = self.settings.connect_timeout + self.settings.idle_timeout;
        match timeout(limit, request.send()).await {
            Ok(answer) => answer.map_err(|error| from_client(error, "to answer")),
            Err(_) => Err(Refusal::TimedOut("to answer")),
        }
    }
}
