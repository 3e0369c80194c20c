//! Fetching pictures from URLs that strangers chose, and sending callbacks to such URLs, without becoming
//! a door into the network that this server stands in.
//!
//! Rules, for every request and every redirect hop anew: http and https alone; no user or password in the
//! URL; at most five redirects, none from https to http; the host's addresses are looked up once, checked,
//! and only those are connected ([`resolver`]); proxies of the environment are not used; nothing that the
//! caller did not ask for is sent along. Bodies are bounded in size and time and go straight to a file.

pub mod address;
mod connection;
mod inspect;
mod post;
mod redirect;
mod refusal;
pub mod resolver;
mod settings;
pub mod tls;
mod transfer;

use std::{path::Path, sync::Arc};

use domain::{draft::Field, failure::Failure};
use picture::Role;
use url::Url;

use self::{
    address::AddressPolicy,
    refusal::Refusal,
    resolver::{Lookup, SystemLookup},
    tls::{Roots, Tls},
};
pub use self::{
    inspect::Fetched,
    post::{Post, PostError},
    refusal::RefusalKind,
    settings::FetchSettings,
};

/// The TLS library did not take what it was given.
#[derive(Debug, thiserror::Error)]
#[error("https cannot be set up: {0}")]
pub struct SetupError(#[from] rustls::Error);

type Observer = Arc<dyn Fn(RefusalKind) + Send + Sync>;

/// Fetches pictures and sends callbacks. Holds no connections; cheap to clone.
#[derive(Clone)]
pub struct Fetcher {
    settings: FetchSettings,
    policy: AddressPolicy,
    lookup: Arc<dyn Lookup>,
    tls: Tls,
    observer: Option<Observer>,
}

impl Fetcher {
    /// A fetcher on this machine's names and root certificates. Without root certificates http still works.
    ///
    /// # Errors
    /// When the TLS library cannot be set up at all.
    pub fn new(settings: FetchSettings) -> Result<Self, SetupError> {
        tls::install_provider();
        Ok(Self {
            policy: settings.policy(),
            settings,
            lookup: Arc::new(SystemLookup),
            tls: Tls::new(Roots::System)?,
            observer: None,
        })
    }

    /// Connects the addresses that this policy permits, whatever the settings say.
    #[must_use]
    pub fn with_policy(mut self, policy: AddressPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// Looks names up elsewhere.
    #[must_use]
    pub fn with_lookup(mut self, lookup: Arc<dyn Lookup>) -> Self {
        self.lookup = lookup;
        self
    }

    /// Trusts other certificate authorities.
    ///
    /// # Errors
    /// When one of them is not a certificate.
    pub fn with_roots(mut self, roots: Roots) -> Result<Self, SetupError> {
        self.tls = Tls::new(roots)?;
        Ok(self)
    }

    /// Calls this for every picture that was not fetched.
    #[must_use]
    pub fn on_refusal(mut self, observer: impl Fn(RefusalKind) + Send + Sync + 'static) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// Fetches the picture of a request's `field` to the file `into`, which appears only when
    /// the whole picture lies there and its header is that of a picture we take. Timeouts, broken
    /// connections and answers of 5xx are tried again, as the settings say.
    ///
    /// # Errors
    /// Why there is no picture, said of the field, in words that name neither the URL nor an address.
    pub async fn fetch(&self, field: Field, url: &Url, into: &Path) -> Result<Fetched, Failure> {
        let mut pause = self.settings.back_off;
        let mut tries = 1;
        loop {
            let refusal = match self.fetch_once(url, into, Role::of(field)).await {
                Ok(fetched) => return Ok(fetched),
                Err(refusal) => refusal,
            };
            let host = url.host_str().unwrap_or_default();
            if !refusal.is_passing() || tries >= self.settings.tries {
                tracing::info!(?field, host, tries, reason = %refusal, "a picture was not fetched");
                self.count(&refusal);
                return Err(refusal.failure(field));
            }
            tracing::info!(?field, host, tries, reason = %refusal, "fetching a picture failed and is tried again");
            tokio::time::sleep(pause).await;
            pause = pause.saturating_mul(2);
            tries += 1;
        }
    }

    async fn fetch_once(&self, url: &Url, into: &Path, role: Role) -> Result<Fetched, Refusal> {
        let limit = self.settings.total_timeout;
        let try_once = async {
            let response = self.get(url).await?;
            let part = transfer::to_file(response, into, &self.settings).await?;
            inspect::accept(part, into, role).await
        };
        match tokio::time::timeout(limit, try_once).await {
            Ok(result) => result,
            Err(_) => Err(Refusal::TimedOut("to send it")),
        }
    }

    fn count(&self, refusal: &Refusal) {
        if let Some(observer) = &self.observer {
            observer(refusal.kind());
        }
    }
}
