//! The store on SQLite: one file, one writer, several readers.

use std::{
    path::Path,
    sync::{Arc, PoisonError, RwLock},
    thread::{self, JoinHandle},
};

use domain::{store::StoreError, time::Clock};
use tokio::sync::{Mutex, mpsc};

use self::{
    operation::{Operation, Pending, pending},
    readers::Readers,
    writer::{Open, Writer},
};
use crate::{
    StoreSettings,
    error::{Error, store_error},
};

mod attempt;
#[cfg(test)]
mod broken;
mod cancel;
mod claim;
mod connect;
mod deliveries;
mod due;
#[cfg(test)]
mod full;
mod keys;
mod migrate;
mod operation;
#[cfg(test)]
mod plans;
mod queries;
mod read;
mod readers;
mod release;
mod retention;
mod statement;
mod store;
mod submit;
mod writer;

/// Tasks in one SQLite file. Several handles and several processes may have the same file open.
///
/// A call's future is to be awaited to its end: one that is dropped may still take effect.
pub struct SqliteStore {
    readers: Arc<Readers>,
    clock: Arc<dyn Clock>,
    /// Taken away by [`SqliteStore::close`].
    queue: RwLock<Option<mpsc::Sender<Box<dyn Pending>>>>,
    writer: Mutex<Option<JoinHandle<()>>>,
}

impl SqliteStore {
    /// Opens the file, makes it when there is none, and brings it to this build's version. The thread that writes
    /// lives until the store is closed or dropped.
    ///
    /// # Errors
    /// [`StoreError::TooNew`] when a newer version made the file; [`StoreError::Busy`] when another
    /// process kept it locked; [`StoreError::Unavailable`] when it cannot be opened or is no database.
    pub async fn open(path: &Path, clock: Arc<dyn Clock>, settings: &StoreSettings) -> Result<Self, StoreError> {
        connect::create_private(path)?;
        let (writer_path, writer_settings) = (path.to_owned(), settings.clone());
        let open = Box::new(move || connect::writer(&writer_path, &writer_settings));
        Self::open_with(path, open, clock, settings).await
    }

    async fn open_with(
        path: &Path,
        open: Open,
        clock: Arc<dyn Clock>,
        settings: &StoreSettings,
    ) -> Result<Self, StoreError> {
        // Another process may have it locked for a while.
        let opening = tokio::task::spawn_blocking(move || {
            let mut connection = open().map_err(|error| store_error(&error))?;
            migrate::migrate(&mut connection)?;
            Ok((connection, open))
        });
        let (connection, open) = opening.await.unwrap_or_else(|_| Err(closed()))?;
        let (sender, receiver) = mpsc::channel(settings.waiting_writes.max(1));
        let writer = Writer::new(connection, open, Arc::clone(&clock), settings);
        let writer = thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || writer.run(receiver))
            .map_err(|error| StoreError::Unavailable(format!("a thread cannot be started: {error}")))?;
        Ok(Self {
            readers: Arc::new(Readers::new(path, settings)),
            clock,
            queue: RwLock::new(Some(sender)),
            writer: Mutex::new(Some(writer)),
        })
    }

    /// Writes what still waits, closes every connection and returns when that is done. Later calls hear
    /// [`StoreError::Unavailable`].
    pub async fn close(&self) {
        self.readers.close().await;
        drop(self.queue.write().unwrap_or_else(PoisonError::into_inner).take());
        if let Some(writer) = self.writer.lock().await.take() {
            let joined = tokio::task::spawn_blocking(move || writer.join()).await;
            if !matches!(joined, Ok(Ok(()))) {
                tracing::error!("the database's writer died");
            }
        }
    }

    /// Writes for a client, who hears at once when too much waits already.
    async fn write<O: Operation>(&self, operation: O) -> Result<O::Answer, StoreError> {
        let (pending, answer) = pending(operation);
        self.sender()?.try_send(pending).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => StoreError::Busy,
            mpsc::error::TrySendError::Closed(_) => closed(),
        })?;
        answer.await.unwrap_or_else(|_| Err(closed()))
    }

    /// Writes for a worker, who waits for room: what it has to say must not be lost because clients ask
    /// for too much.
    async fn write_patiently<O: Operation>(&self, operation: O) -> Result<O::Answer, StoreError> {
        let (pending, answer) = pending(operation);
        self.sender()?.send(pending).await.map_err(|_| closed())?;
        answer.await.unwrap_or_else(|_| Err(closed()))
    }

    fn sender(&self) -> Result<mpsc::Sender<Box<dyn Pending>>, StoreError> {
        self.queue
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
            .ok_or_else(closed)
    }
}

fn closed() -> StoreError {
    store_error(&Error::Closed)
}
