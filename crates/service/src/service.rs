//! The service: one value that the HTTP handlers, the workers and the loops share.

use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use domain::{
    catalog::Catalog,
    engine::Engine,
    failure::{Code, Failure},
    store::{RetryPolicy, StoreError, TaskStore},
    time::{Clock, Timestamp},
};
use tokio::sync::{Notify, Semaphore};
use tokio_util::sync::CancellationToken;

use crate::{
    disk::{self, Disk},
    fetch::Fetcher,
    ids::Ids,
    links::LinkMaker,
    metrics::Metrics,
    notify::Notifier,
    objects::Objects,
    parts::{Parts, Settings, StartError},
    running::Running,
};

/// What the product does; each verb has its file.
pub struct Service {
    pub(crate) store: Arc<dyn TaskStore>,
    pub(crate) engines: HashMap<&'static str, Arc<dyn Engine>>,
    pub(crate) catalog: Catalog,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) settings: Settings,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) links: LinkMaker,
    pub(crate) fetcher: Fetcher,
    pub(crate) notifier: Notifier,
    /// A place for each event of a task that never was, while it is sent.
    pub(crate) mocks: Arc<Semaphore>,
    pub(crate) objects: Objects,
    pub(crate) disk: Disk,
    pub(crate) running: Running,
    pub(crate) ids: Ids,
    /// Something may be ready to be claimed.
    pub(crate) work: Notify,
    /// A callback may be due.
    pub(crate) callbacks_due: Notify,
    /// From now on nothing new is begun.
    pub(crate) stopping: CancellationToken,
    uploads: PathBuf,
    pub(crate) scratch: PathBuf,
}

impl Service {
    /// Builds a service: makes its folders in the data directory and empties those that only hold what a
    /// process leaves behind when it is killed.
    ///
    /// # Errors
    /// When a setting is unfit, a folder cannot be made, or the fetcher cannot be built.
    pub fn new(parts: Parts) -> Result<Arc<Self>, StartError> {
        parts.settings.check()?;
        let data_dir = &parts.data_dir;
        let uploads = emptied(data_dir.join("uploads"))?;
        let scratch = emptied(data_dir.join("scratch"))?;
        let objects = Objects::local(&data_dir.join("objects"))?;
        let disk = Disk::new(data_dir.clone(), parts.settings.limits.min_free_disk);
        let links = LinkMaker::new(parts.secret.clone(), &parts.settings.links);
        let metrics = Arc::clone(&parts.metrics);
        let fetcher = Fetcher::new(parts.settings.fetch.clone())?.on_refusal(move |kind| metrics.fetch_refused(kind));
        let notifier = Notifier {
            store: Arc::clone(&parts.store),
            fetcher: fetcher.clone(),
            callbacks: parts.callbacks,
            links: links.clone(),
            secret: parts.secret,
            clock: Arc::clone(&parts.clock),
            settings: parts.settings.notify.clone(),
        };
        let mocks = usize::try_from(parts.settings.notify.at_once).unwrap_or(usize::MAX);
        let engines = parts.engines.into_iter().map(|engine| (engine.name(), engine));
        Ok(Arc::new(Self {
            store: parts.store,
            engines: engines.collect(),
            catalog: parts.catalog,
            clock: parts.clock,
            settings: parts.settings,
            metrics: parts.metrics,
            links,
            fetcher,
            notifier,
            mocks: Arc::new(Semaphore::new(mocks.min(Semaphore::MAX_PERMITS))),
            objects,
            disk,
            running: Running::default(),
            ids: Ids::default(),
            work: Notify::new(),
            callbacks_due: Notify::new(),
            stopping: CancellationToken::new(),
            uploads,
            scratch,
        }))
    }

    /// Where the inline pictures of a submit in progress are put by whoever reads its body, and deleted
    /// again. It is emptied at every start.
    pub fn uploads_dir(&self) -> &Path {
        &self.uploads
    }

    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    pub fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    pub fn metrics(&self) -> &Arc<Metrics> {
        &self.metrics
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Whether the service shuts down: whoever waits for something should stop.
    pub fn is_stopping(&self) -> bool {
        self.stopping.is_cancelled()
    }

    /// The metrics in OpenMetrics text, the tasks counted afresh.
    pub async fn metrics_text(&self) -> String {
        match self.store.counts().await {
            Ok(counts) => self.metrics.set_counts(&counts, self.now()),
            Err(error) => tracing::warn!(%error, "tasks could not be counted"),
        }
        self.metrics.encode()
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn retry_policy(&self) -> RetryPolicy {
        RetryPolicy {
            most_attempts: self.settings.worker.most_attempts,
            back_off: self.settings.worker.back_off,
        }
    }
}

/// A store's error as a failure: too much at once is told apart from broken.
pub(crate) fn store_failure(error: StoreError) -> Failure {
    match error {
        StoreError::Busy => Failure::new(Code::RateLimited, "too many requests at once; try again in a moment"),
        StoreError::Full => disk::full().detail(error),
        error => Failure::internal(error),
    }
}

fn emptied(folder: PathBuf) -> Result<PathBuf, StartError> {
    let removed = match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    };
    match removed.and_then(|()| fs::create_dir_all(&folder)) {
        Ok(()) => Ok(folder),
        Err(source) => Err(StartError::Folder {
            path: folder.display().to_string(),
            source,
        }),
    }
}
