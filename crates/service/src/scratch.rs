//! An attempt's own folder.

use std::path::{Path, PathBuf};

use domain::{failure::Failure, id::TaskId};

use crate::disk;

/// A folder that is deleted with this value, whatever happened in between.
#[derive(Debug)]
pub(crate) struct Scratch {
    folder: PathBuf,
}

impl Scratch {
    /// Makes `{below}/{task}-{attempt}`, with an empty `work` folder for the engine in it.
    pub(crate) fn make(below: &Path, task: TaskId, attempt: u32) -> Result<Self, Failure> {
        let scratch = Self {
            folder: below.join(format!("{task}-{attempt}")),
        };
        let made = std::fs::create_dir_all(scratch.work());
        made.map_err(|error| disk::failure("making a scratch folder", &error))?;
        Ok(scratch)
    }

    /// The engine's part of it.
    pub(crate) fn work(&self) -> PathBuf {
        self.folder.join("work")
    }

    /// Where the n-th picture is put.
    pub(crate) fn picture(&self, number: usize) -> PathBuf {
        self.folder.join(format!("picture-{number}"))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            tracing::warn!(%error, "a scratch folder was left behind until the next start");
        }
    }
}
