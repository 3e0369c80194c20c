//! The store on SQLite: one file, one writer, several readers.

use std::{
    path::Path,
    sync::{Arc, PoisonError, RwLock},
};

use domain::{store::StoreError, time::Clock};
use sqlx::{ConnectOptions, SqlitePool, sqlite::SqliteConnectOptions};
use tokio::{
    sync::{Mutex, mpsc},
    task::JoinHandle,
};

use self::{
    nearby::Nearby,
    operation::{Operation, Pending, pending},
    writer::Writer,
};
use crate::{StoreSettings, error::store_error};

mod attempt;
mod cancel;
mod claim;
mod connect;
mod deliveries;
#[cfg(test)]
mod full;
mod keys;
mod migrate;
mod nearby;
mod operation;
#[cfg(test)]
mod plans;
mod queries;
mod read;
mod release;
mod retention;
mod store;
mod submit;
mod writer;

/// Tasks in one SQLite file. Several handles and several processes may have the same file open.
///
/// A call's future is to be awaited to its end: one that is dropped may still take effect.
pub struct SqliteStore {
    readers: SqlitePool,
    nearby: Nearby,
    clock: Arc<dyn Clock>,
    /// Taken away by [`SqliteStore::close`].
    queue: RwLock<Option<mpsc::Sender<Box<dyn Pending>>>>,
    writer: Mutex<Option<JoinHandle<()>>>,
}

impl SqliteStore {
    /// Opens the file, makes it when there is none, and brings it to this build's version. Must be called
    /// within a tokio runtime; the writer lives on it until the store is closed or dropped.
    ///
    /// # Errors
    /// [`StoreError::TooNew`] when a newer version made the file; [`StoreError::Busy`] when another
    /// process kept it locked; [`StoreError::Unavailable`] when it cannot be opened or is no database.
    pub async fn open(path: &Path, clock: Arc<dyn Clock>, settings: &StoreSettings) -> Result<Self, StoreError> {
        connect::create_private(path)?;
        Self::open_with(connect::options(path, settings), clock, settings).await
    }

    async fn open_with(
        options: SqliteConnectOptions,
        clock: Arc<dyn Clock>,
        settings: &StoreSettings,
    ) -> Result<Self, StoreError> {
        let mut connection = options.connect().await.map_err(|error| store_error(&error))?;
        migrate::migrate(&mut connection).await?;
        let readers = connect::readers(options.clone(), settings);
        let nearby = Nearby::new(options.get_filename());
        let (sender, receiver) = mpsc::channel(settings.waiting_writes.max(1));
        let writer = Writer::new(
            connection,
            options,
            Arc::clone(&clock),
            settings.largest_commit,
            settings.commit_observer.clone(),
        );
        Ok(Self {
            readers,
            nearby,
            clock,
            queue: RwLock::new(Some(sender)),
            writer: Mutex::new(Some(tokio::spawn(writer.run(receiver)))),
        })
    }

    /// Writes what still waits, closes every connection and returns when that is done. Later calls hear
    /// [`StoreError::Unavailable`].
    pub async fn close(&self) {
        self.nearby.close();
        drop(self.queue.write().unwrap_or_else(PoisonError::into_inner).take());
        if let Some(writer) = self.writer.lock().await.take()
            && let Err(error) = writer.await
        {
            tracing::error!(%error, "the database's writer died");
        }
        self.readers.close().await;
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
    StoreError::Unavailable("the store is closed".to_owned())
}
