//! The data directory, and the lock that keeps a second process out of it.

use std::{
    fs::{DirBuilder, File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};

/// Paths in the data directory that more than one command needs.
#[derive(Debug, Clone)]
pub struct DataDir {
    root: PathBuf,
}

/// Held as long as the server runs; the system frees it when the process ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl DataDir {
    pub fn new(root: &Path) -> Self {
        Self {
            root: root.to_path_buf(),
        }
    }

    /// Makes the directory, readable by its owner alone, unless it is there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn create(&self) -> anyhow::Result<()> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder
            .create(&self.root)
            .with_context(|| format!("cannot make the data directory {}", self.root.display()))
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn database(&self) -> PathBuf {
        self.root.join("kinora.db")
    }

    pub fn secret(&self) -> PathBuf {
        self.root.join("secret")
    }

    /// Where the first start writes the first key.
    pub fn first_key(&self) -> PathBuf {
        self.root.join("first-key")
    }

    /// Takes the lock.
    ///
    /// # Errors
    /// When another process has it.
    pub fn lock(&self) -> anyhow::Result<Lock> {
        let path = self.root.join("lock");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .with_context(|| format!("cannot open {}", path.display()))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock { _file: file }),
            Err(TryLockError::WouldBlock) => bail!(
                "another kinora already uses the data directory {}: stop it first, or choose another with --data-dir",
                self.root.display()
            ),
            Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("cannot lock {}", path.display())),
        }
    }
}
