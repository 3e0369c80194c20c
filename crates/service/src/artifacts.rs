//! Handing out results.

use std::{io, ops::Range};

use bytes::Bytes;
use domain::{
    artifact::{ArtifactKind, ArtifactRef},
    failure::Failure,
    id::TaskId,
    time::Timestamp,
};
use futures_util::stream::BoxStream;
use object_store::path::Path;

use crate::{
    links::{LinkError, SignedLink},
    objects::{self, Objects},
    service::Service,
};

/// A result that can be read. Its bytes never change.
#[derive(Debug, Clone)]
pub struct OpenArtifact {
    /// Bytes.
    pub size: u64,
    /// A strong entity tag, with its quotes.
    pub etag: String,
    pub modified: Timestamp,
    pub content_type: &'static str,
    pub file_name: &'static str,
    objects: Objects,
    key: Path,
}

/// Why a link opens nothing.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum LinkRefused {
    /// Nobody here signed it.
    #[error("the link's signature is not valid")]
    Forged,
    /// It was good: it has expired, or the file has.
    #[error("the file is no longer there")]
    Gone,
    /// It may be good.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl Service {
    /// Opens the result that a signed link names.
    ///
    /// # Errors
    /// When the link was not made here, or what it names is gone.
    pub async fn open(&self, link: &SignedLink) -> Result<OpenArtifact, LinkRefused> {
        let artifact = self.links.verify(link, self.now()).map_err(|error| match error {
            LinkError::Forged => LinkRefused::Forged,
            LinkError::Expired => LinkRefused::Gone,
        })?;
        self.open_artifact(artifact).await?.ok_or(LinkRefused::Gone)
    }

    /// Opens a result of a task that the caller was found to own. `None`: it has expired, or was never made.
    ///
    /// # Errors
    /// When the object store fails.
    pub async fn open_result(
        &self,
        task: TaskId,
        attempt: u32,
        kind: ArtifactKind,
    ) -> Result<Option<OpenArtifact>, Failure> {
        self.open_artifact(ArtifactRef { task, attempt, kind }).await
    }

    async fn open_artifact(&self, artifact: ArtifactRef) -> Result<Option<OpenArtifact>, Failure> {
        let key = objects::artifact(artifact);
        let Some(meta) = self.objects.head(&key).await? else {
            return Ok(None);
        };
        Ok(Some(OpenArtifact {
            size: meta.size,
            etag: etag(artifact, meta.size),
            modified: Timestamp::from_milliseconds(meta.last_modified.timestamp_millis()),
            content_type: artifact.kind.content_type(),
            file_name: artifact.kind.file_name(),
            objects: self.objects.clone(),
            key,
        }))
    }
}

impl OpenArtifact {
    /// The bytes of a range that lies within the size, piece by piece.
    ///
    /// # Errors
    /// When the file has gone in the meantime or cannot be read.
    pub async fn read(&self, range: Range<u64>) -> Result<BoxStream<'static, io::Result<Bytes>>, Failure> {
        if range.is_empty() {
            return Ok(Box::pin(futures_util::stream::empty()));
        }
        self.objects.read(&self.key, range).await.map_err(Failure::internal)
    }
}

/// What is stored under a name is never written again, so the name is as good as a hash of the bytes.
fn etag(artifact: ArtifactRef, size: u64) -> String {
    let ArtifactRef { task, attempt, kind } = artifact;
    format!("\"{task}-{attempt}-{}-{size}\"", kind.file_name())
}
