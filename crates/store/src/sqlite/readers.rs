//! Reading, in two ways: on the caller's own thread what takes microseconds, as going to another thread and back
//! takes several times as long; and on a thread that may wait what takes longer.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use rusqlite::Connection;
use tokio::{sync::Semaphore, time::timeout};

use super::connect;
use crate::{StoreSettings, error::Error};

/// Connections that are kept; there is hardly ever one more in use than the process has threads.
const MOST_KEPT: usize = 8;

/// Connections that read.
pub(super) struct Readers {
    path: PathBuf,
    /// Taken away by [`Readers::close`].
    idle: Mutex<Option<Vec<Connection>>>,
    /// One permit for each reading that may wait.
    patient: Arc<Semaphore>,
    most_patient: u32,
    patience: Duration,
}

impl Readers {
    pub(super) fn new(path: &Path, settings: &StoreSettings) -> Self {
        let most_patient = settings.readers.max(1);
        Self {
            path: path.to_owned(),
            idle: Mutex::new(Some(Vec::new())),
            patient: Arc::new(Semaphore::new(most_patient as usize)),
            most_patient,
            patience: Duration::from_millis(settings.busy_timeout_ms.max(1)),
        }
    }

    /// Reads on the caller's thread, and never waits: what another one's lock keeps it from is an error, and is to be
    /// asked again [`Readers::patiently`].
    pub(super) fn at_once<T>(&self, read: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, Error> {
        self.with(Duration::ZERO, read)
    }

    /// Reads on a thread that may wait.
    pub(super) async fn patiently<T: Send + 'static>(
        self: &Arc<Self>,
        read: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let permit = timeout(self.patience, Arc::clone(&self.patient).acquire_owned()).await;
        let permit = permit.map_err(|_| Error::Crowded)?.map_err(|_| Error::Closed)?;
        let readers = Arc::clone(self);
        let reading = tokio::task::spawn_blocking(move || {
            let answer = readers.with(readers.patience, read);
            drop(permit);
            answer
        });
        // It ends early only where the runtime ends, or where reading panicked.
        reading.await.unwrap_or(Err(Error::Closed))
    }

    /// Waits for what is being read, then closes the connections; from now on there are no answers. To be called while
    /// another connection is open: one that only reads cannot tidy the log away.
    pub(super) async fn close(&self) {
        // An error says that it was closed before.
        let _all = self.patient.acquire_many(self.most_patient).await;
        self.patient.close();
        drop(self.idle().take());
    }

    fn with<T>(&self, patience: Duration, read: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, Error> {
        let connection = self.take()?;
        connection.busy_timeout(patience)?;
        let answer = read(&connection);
        if let Some(idle) = &mut *self.idle()
            && idle.len() < MOST_KEPT
        {
            idle.push(connection);
        }
        answer
    }

    fn take(&self) -> Result<Connection, Error> {
        let kept = match &mut *self.idle() {
            Some(idle) => idle.pop(),
            None => return Err(Error::Closed),
        };
        kept.map_or_else(|| connect::reader(&self.path), Ok)
    }

    fn idle(&self) -> MutexGuard<'_, Option<Vec<Connection>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
