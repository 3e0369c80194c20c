//! A file that appears under its name only when it is complete.

use std::{
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use anyhow::Context;
use tempfile::{NamedTempFile, TempDir};

/// Written beside its final place; gone if it is not kept.
#[derive(Debug)]
pub(super) struct Output {
    file: BufWriter<NamedTempFile>,
    path: PathBuf,
}

impl Output {
    /// Begins a file, so that a folder that cannot be written is noticed before the work.
    ///
    /// # Errors
    /// When the folder is missing or cannot be written.
    pub(super) fn new(path: &Path) -> anyhow::Result<Self> {
        let named = tempfile::Builder::new()
            .prefix(".kinora-")
            .suffix(".part")
            .permissions_like_new_file()
            .tempfile_in(folder_of(path));
        let file = named.with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Self {
            file: BufWriter::new(file),
            path: path.to_path_buf(),
        })
    }

    /// Puts the file in its place, over whatever was there.
    ///
    /// # Errors
    /// When the disk is full, or the place cannot be written.
    pub(super) fn keep(self) -> anyhow::Result<()> {
        let name = self.path.display().to_string();
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error);
        let file = file.with_context(|| format!("cannot write {name}"))?;
        file.persist(&self.path)
            .with_context(|| format!("cannot write {name}"))?;
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A folder for work in progress beside a file's final place, gone when it is dropped.
///
/// # Errors
/// When the folder is missing or cannot be written.
pub(super) fn scratch_beside(path: &Path) -> anyhow::Result<TempDir> {
    let scratch = tempfile::Builder::new().prefix(".kinora-").tempdir_in(folder_of(path));
    scratch.with_context(|| format!("cannot write {}", path.display()))
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Temporary files are private; results should be as readable as any new file.
trait NewFilePermissions {
    fn permissions_like_new_file(&mut self) -> &mut Self;
}

impl NewFilePermissions for tempfile::Builder<'_, '_> {
    #[cfg(unix)]
    fn permissions_like_new_file(&mut self) -> &mut Self {
        // The process' umask is taken off by the system.
        self.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666))
    }

    #[cfg(not(unix))]
    fn permissions_like_new_file(&mut self) -> &mut Self {
        self
    }
}
