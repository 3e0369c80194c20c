//! A fetcher for tests: it may connect exactly the sites that it is told, everything else stays forbidden.

use std::{
    collections::HashMap,
    io,
    net::{IpAddr, SocketAddr},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use domain::{draft::Field, failure::Failure};
use service::fetch::{FetchSettings, Fetched, Fetcher, RefusalKind, address::AddressPolicy, resolver::Lookup};
use tempfile::TempDir;
use url::Url;

/// Limits that make a test short.
pub(crate) fn quick_settings() -> FetchSettings {
    FetchSettings {
        back_off: Duration::from_millis(1),
        ..FetchSettings::default()
    }
}

/// A fetcher, the folder it fetches to, and what it refused.
pub(crate) struct World {
    pub(crate) fetcher: Fetcher,
    folder: TempDir,
    refused: Arc<Mutex<Vec<RefusalKind>>>,
}

impl World {
    pub(crate) fn new(settings: FetchSettings, permitted: &[SocketAddr]) -> Self {
        let policy = permitted
            .iter()
            .fold(settings.policy(), |policy: AddressPolicy, address| policy.and(*address));
        Self::with(Fetcher::new(settings).unwrap().with_policy(policy))
    }

    pub(crate) fn with(fetcher: Fetcher) -> Self {
        let refused = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&refused);
        Self {
            fetcher: fetcher.on_refusal(move |kind| log.lock().unwrap().push(kind)),
            folder: TempDir::new().unwrap(),
            refused,
        }
    }

    /// May connect these sites only.
    pub(crate) fn permitting(permitted: &[SocketAddr]) -> Self {
        Self::new(quick_settings(), permitted)
    }

    /// Fetches the third picture of a task.
    pub(crate) async fn fetch(&self, url: &Url) -> Result<Fetched, Failure> {
        let into = self.folder.path().join("picture");
        self.fetcher.fetch(Field::Image(2), url, &into).await
    }

    /// Fetches what cannot be fetched, and checks that nothing is left of it and that it was counted.
    pub(crate) async fn refusal(&self, url: &Url) -> (Failure, RefusalKind) {
        let before = self.files();
        let failure = self.fetch(url).await.expect_err(url.as_str());
        assert_eq!(self.files(), before, "{url} left a file");
        assert_eq!(failure.field, Some(Field::Image(2)));
        let kind = self.refused.lock().unwrap().pop().expect("a refusal is counted");
        (failure, kind)
    }

    /// How many files lie in the folder.
    pub(crate) fn files(&self) -> usize {
        self.folder.path().read_dir().unwrap().count()
    }

    pub(crate) fn stored(&self) -> Vec<u8> {
        std::fs::read(self.folder.path().join("picture")).unwrap()
    }
}

/// Names with the addresses of each successive look-up; the last ones stay.
#[derive(Default)]
pub(crate) struct Names {
    names: HashMap<&'static str, Vec<Vec<IpAddr>>>,
    pub(crate) asked: AtomicUsize,
}

impl Names {
    pub(crate) fn and(mut self, name: &'static str, answers: &[&[&str]]) -> Self {
        let read = |answer: &&[&str]| answer.iter().map(|address| address.parse().unwrap()).collect();
        self.names.insert(name, answers.iter().map(read).collect());
        self
    }
}

#[async_trait]
impl Lookup for Names {
    async fn lookup(&self, name: &str) -> io::Result<Vec<IpAddr>> {
        let turn = self.asked.fetch_add(1, Ordering::SeqCst);
        let answers = self.names.get(name).ok_or(io::ErrorKind::NotFound)?;
        Ok(answers.get(turn).or(answers.last()).cloned().unwrap_or_default())
    }
}
