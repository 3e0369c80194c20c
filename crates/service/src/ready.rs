//! Whether this process can do its work.

use std::time::Duration;

use domain::failure::{Code, Failure};
use tokio::time::timeout;

use crate::service::{Service, store_failure};

/// How long the database may take for the smallest question.
const PATIENCE: Duration = Duration::from_secs(2);

impl Service {
    /// Asks whether the database can be read and written, the disk has room and nobody is shutting down.
    ///
    /// # Errors
    /// The first of these that is not so.
    pub async fn ready(&self) -> Result<(), Failure> {
        if self.stopping.is_cancelled() {
            return Err(Failure::new(Code::ShuttingDown, "the server is shutting down"));
        }
        self.disk.check()?;
        let asked = async {
            self.store.key_by_hash([0; 32]).await?;
            // Nothing is deleted, but that goes the way of every write.
            self.store.delete_rows(&[]).await
        };
        match timeout(PATIENCE, asked).await {
            Ok(answer) => answer.map(drop).map_err(store_failure),
            Err(_) => Err(Failure::internal("the database does not answer")),
        }
    }
}
