//! What a service is built from.

use std::{path::PathBuf, sync::Arc};

use domain::{
    callback::CallbackBody,
    catalog::Catalog,
    engine::Engine,
    request::Dialect,
    store::{StoreError, TaskStore},
    time::Clock,
};
use serde::{Deserialize, Serialize};

use crate::{
    expire::RetentionSettings,
    fetch::{FetchSettings, SetupError},
    links::LinkSettings,
    metrics::Metrics,
    notify::NotifySettings,
    secret::Secret,
    submit::LimitSettings,
    worker::WorkerSettings,
};

/// Everything that a [`crate::Service`] needs and does not make itself.
pub struct Parts {
    pub store: Arc<dyn TaskStore>,
    pub engines: Vec<Arc<dyn Engine>>,
    pub catalog: Catalog,
    pub clock: Arc<dyn Clock>,
    pub secret: Secret,
    /// Exists, and no other process works in it: the caller holds its lock.
    pub data_dir: PathBuf,
    pub settings: Settings,
    pub callbacks: Vec<(Dialect, Arc<dyn CallbackBody>)>,
    pub metrics: Arc<Metrics>,
}

/// The settings of all parts, each defined beside its code.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    pub worker: WorkerSettings,
    pub retention: RetentionSettings,
    pub limits: LimitSettings,
    pub links: LinkSettings,
    pub fetch: FetchSettings,
    pub notify: NotifySettings,
}

impl Settings {
    /// Checks what the types leave open.
    ///
    /// # Errors
    /// [`StartError::Settings`] with the first setting that nobody can work with.
    pub fn check(&self) -> Result<(), StartError> {
        let problem = self.worker.problem().or_else(|| self.retention.problem());
        let problem = problem.or_else(|| self.notify.problem());
        problem.map_or(Ok(()), |problem| Err(StartError::Settings(problem)))
    }
}

/// Why a service could not start, or go on.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("{0}")]
    Settings(&'static str),
    #[error("the folder {path} cannot be made or emptied: {source}")]
    Folder { path: String, source: std::io::Error },
    #[error("the object folder cannot be opened: {0}")]
    Objects(#[from] object_store::Error),
    #[error(transparent)]
    Fetcher(#[from] SetupError),
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A bug of ours; the log says where.
    #[error("a part of the service broke down")]
    Broken,
}
