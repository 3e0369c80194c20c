//! Where pictures and results lie: `inputs/{task}/{n}` and `artifacts/{task}/{attempt}/{file}`; and
//! [uploads](crate::uploads).

use std::{
    io,
    ops::Range,
    path::{Path as FilePath, PathBuf},
    sync::Arc,
};

use bytes::Bytes;
use domain::{artifact::ArtifactRef, failure::Failure, id::TaskId};
use futures_util::{StreamExt, TryStreamExt, stream::BoxStream};
use object_store::{
    GetOptions, GetResultPayload, ObjectMeta, ObjectStore, ObjectStoreExt, WriteMultipart, local::LocalFileSystem,
    path::Path,
};
use tokio::io::AsyncReadExt;

use crate::disk;

/// Bytes of one part of an upload; at most two are in memory.
const PART: usize = 8 << 20;

/// Bytes that are read at once.
const READ: usize = 256 << 10;

/// The folder of all pictures.
const INPUTS: &str = "inputs";

/// The object store with the names that this service gives.
#[derive(Debug, Clone)]
pub(crate) struct Objects {
    store: Arc<dyn ObjectStore>,
    root: PathBuf,
}

impl Objects {
    /// Objects as files under `folder`, which is made when it is missing. What is written is on disk when
    /// the call returns.
    pub(crate) fn local(folder: &FilePath) -> Result<Self, object_store::Error> {
        let made = std::fs::create_dir_all(folder.join(INPUTS)).and_then(|()| sync_folder(folder));
        made.map_err(|source| object_store::Error::Generic {
            store: "local",
            source: Box::new(source),
        })?;
        let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Self {
            store: Arc::new(store),
            root: folder.to_owned(),
        })
    }

    /// Makes a task's folder for pictures, which is the caller's alone from then on. False: it is another's.
    pub(crate) async fn claim_inputs(&self, task: TaskId) -> Result<bool, Failure> {
        let (parent, folder) = (self.root.join(INPUTS), self.root.join(inputs(task).as_ref()));
        let making = tokio::task::spawn_blocking(move || {
            // Somebody may have tidied up.
            std::fs::create_dir_all(&parent)?;
            match std::fs::create_dir(folder) {
                Ok(()) => sync_folder(&parent).map(|()| true),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
                Err(error) => Err(error),
            }
        });
        let made = making.await.map_err(Failure::internal)?;
        made.map_err(|error| disk::failure("making a folder for pictures", &error))
    }

    /// Copies a file into the store, whole or not at all.
    pub(crate) async fn put(&self, key: &Path, file: &FilePath) -> Result<(), Failure> {
        let read_failed = |error: io::Error| disk::failure("reading a file to store", &error);
        let write_failed = |error: object_store::Error| disk::failure("storing an object", &error);
        let mut reader = tokio::fs::File::open(file).await.map_err(read_failed)?;
        let upload = self.store.put_multipart(key).await.map_err(write_failed)?;
        let mut writer = WriteMultipart::new_with_chunk_size(upload, PART);
        let copied = copy(&mut reader, &mut writer).await;
        match copied {
            Ok(()) => writer.finish().await.map(drop).map_err(write_failed),
            Err(failure) => {
                if let Err(error) = writer.abort().await {
                    tracing::warn!(%error, "a broken upload could not be withdrawn");
                }
                Err(failure)
            }
        }
    }

    /// Copies an object into a new file. False: there is no such object.
    pub(crate) async fn take(&self, key: &Path, file: &FilePath) -> Result<bool, Failure> {
        let write_failed = |error: io::Error| disk::failure("copying an object", &error);
        let found = match self.store.get(key).await {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => return Ok(false),
            Err(error) => return Err(disk::failure("reading an object", &error)),
        };
        if let GetResultPayload::File(mut source, _) = found.payload {
            let file = file.to_owned();
            let copying = tokio::task::spawn_blocking(move || {
                let mut target = std::fs::File::create(file)?;
                io::copy(&mut source, &mut target).map(drop)
            });
            copying.await.map_err(Failure::internal)?.map_err(write_failed)?;
            return Ok(true);
        }
        let mut target = tokio::fs::File::create(file).await.map_err(write_failed)?;
        let mut chunks = found.into_stream();
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(|error| disk::failure("reading an object", &error))?;
            let written = tokio::io::AsyncWriteExt::write_all(&mut target, &chunk).await;
            written.map_err(write_failed)?;
        }
        let flushed = tokio::io::AsyncWriteExt::flush(&mut target).await;
        flushed.map_err(write_failed).map(|()| true)
    }

    /// Makes an object that has the same bytes as another one. False: there is no such object.
    pub(crate) async fn copy(&self, from: &Path, to: &Path) -> Result<bool, Failure> {
        match self.store.copy(from, to).await {
            Ok(()) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(disk::failure("copying an object", &error)),
        }
    }

    /// Size and time of an object. `None`: there is none.
    pub(crate) async fn head(&self, key: &Path) -> Result<Option<ObjectMeta>, Failure> {
        match self.store.head(key).await {
            Ok(meta) => Ok(Some(meta)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(Failure::internal(error)),
        }
    }

    /// Some bytes of an object, piece by piece.
    pub(crate) async fn read(
        &self,
        key: &Path,
        range: Range<u64>,
    ) -> object_store::Result<BoxStream<'static, io::Result<Bytes>>> {
        let options = GetOptions::new().with_range(Some(range));
        let found = self.store.get_opts(key, options).await?;
        Ok(found.into_stream().map_err(io::Error::other).boxed())
    }

    /// The first object below a folder.
    pub(crate) async fn first_below(&self, folder: &Path) -> Result<Option<Path>, Failure> {
        let first = self.store.list(Some(folder)).next().await;
        let first = first.transpose().map_err(Failure::internal)?;
        Ok(first.map(|meta| meta.location))
    }

    /// Deletes the objects below a folder that were written before that; milliseconds since 1970.
    pub(crate) async fn delete_older(&self, folder: &Path, before: i64) -> Result<(), Failure> {
        let listed: Vec<ObjectMeta> = self
            .store
            .list(Some(folder))
            .try_collect()
            .await
            .map_err(Failure::internal)?;
        for meta in listed
            .iter()
            .filter(|meta| meta.last_modified.timestamp_millis() < before)
        {
            match self.store.delete(&meta.location).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(Failure::internal(error)),
            }
        }
        Ok(())
    }

    /// Deletes all objects below a folder; none there is fine.
    pub(crate) async fn delete_below(&self, folder: &Path) -> Result<(), Failure> {
        let keys = self.store.list(Some(folder)).map_ok(|meta| meta.location).boxed();
        let mut deleted = self.store.delete_stream(keys);
        while let Some(result) = deleted.next().await {
            match result {
                Ok(_) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(Failure::internal(error)),
            }
        }
        // What a killed process had half written is no object yet, and folders are none either.
        match tokio::fs::remove_dir_all(self.root.join(folder.as_ref())).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Failure::internal(error)),
            _ => Ok(()),
        }
    }

    /// Everything that is stored for a task.
    pub(crate) async fn delete_task(&self, task: TaskId) -> Result<(), Failure> {
        self.delete_below(&inputs(task)).await?;
        self.delete_below(&artifacts(task)).await
    }

    /// The tasks that something is stored for.
    pub(crate) async fn tasks(&self) -> Result<Vec<TaskId>, Failure> {
        let mut tasks = Vec::new();
        for folder in [INPUTS, "artifacts"] {
            let listed = self.store.list_with_delimiter(Some(&Path::from(folder))).await;
            let listed = listed.map_err(Failure::internal)?;
            let names = listed.common_prefixes.iter().filter_map(|prefix| prefix.filename());
            tasks.extend(names.filter_map(|name| name.parse::<TaskId>().ok()));
        }
        tasks.sort_unstable();
        tasks.dedup();
        Ok(tasks)
    }
}

/// A new name in a folder is on disk when this returns.
fn sync_folder(folder: &FilePath) -> io::Result<()> {
    // Elsewhere folders cannot be opened.
    if cfg!(unix) {
        std::fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

async fn copy(reader: &mut tokio::fs::File, writer: &mut WriteMultipart) -> Result<(), Failure> {
    let mut buffer = vec![0; READ];
    loop {
        let read = reader.read(&mut buffer).await;
        let read = read.map_err(|error| disk::failure("reading a file to store", &error))?;
        if read == 0 {
            return Ok(());
        }
        let room = writer.wait_for_capacity(2).await;
        room.map_err(|error| disk::failure("storing an object", &error))?;
        writer.write(buffer.get(..read).unwrap_or_default());
    }
}

/// The n-th picture of a task.
pub(crate) fn input(task: TaskId, number: usize) -> Path {
    Path::from(format!("{INPUTS}/{task}/{number}"))
}

/// All pictures of a task.
pub(crate) fn inputs(task: TaskId) -> Path {
    Path::from(format!("{INPUTS}/{task}"))
}

/// One result.
pub(crate) fn artifact(artifact: ArtifactRef) -> Path {
    Path::from(format!("artifacts/{artifact}"))
}

/// All results of a task.
pub(crate) fn artifacts(task: TaskId) -> Path {
    Path::from(format!("artifacts/{task}"))
}

/// All results of one attempt.
pub(crate) fn attempt(task: TaskId, attempt: u32) -> Path {
    Path::from(format!("artifacts/{task}/{attempt}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_folder_for_pictures_is_given_once() {
        let folder = tempfile::tempdir().unwrap();
        // As two processes on the same files.
        let (one, other) = (
            Objects::local(folder.path()).unwrap(),
            Objects::local(folder.path()).unwrap(),
        );
        let task = "7530125487000584192".parse().unwrap();
        assert!(one.claim_inputs(task).await.unwrap());
        assert!(!other.claim_inputs(task).await.unwrap());
        let picture = folder.path().join("picture");
        std::fs::write(&picture, b"one's").unwrap();
        one.put(&input(task, 0), &picture).await.unwrap();
        assert!(!other.claim_inputs(task).await.unwrap());
        assert_eq!(one.tasks().await.unwrap(), [task]);
        one.delete_task(task).await.unwrap();
        assert!(other.claim_inputs(task).await.unwrap());
        assert_eq!(
            other.tasks().await.unwrap(),
            [task],
            "an empty one is found by whoever tidies up"
        );
    }
}
