//! Free space under the data directory, and the floor below which nothing new is begun.

use std::path::{Path, PathBuf};

use domain::failure::{Code, Failure};

/// Watches one file system.
#[derive(Debug, Clone)]
pub(crate) struct Disk {
    folder: PathBuf,
    floor: u64,
}

impl Disk {
    /// Watches the file system that holds `folder`; `floor` is in bytes.
    pub(crate) fn new(folder: PathBuf, floor: u64) -> Self {
        Self { folder, floor }
    }

    /// Whether there is room to work.
    ///
    /// # Errors
    /// [`Code::DiskFull`] below the floor. A file system that does not answer counts as full.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        match free_bytes(&self.folder) {
            Ok(free) if free >= self.floor => Ok(()),
            Ok(free) => Err(full().detail(format_args!("{free} bytes are free, the floor is {}", self.floor))),
            Err(error) => Err(full().detail(format_args!("free space is unknown: {error}"))),
        }
    }
}

/// The failure that a full disk is.
pub(crate) fn full() -> Failure {
    Failure::new(Code::DiskFull, "the server is short of disk space; try again later")
}

/// Bytes that an ordinary user may still write to the file system that holds `folder`.
///
/// # Errors
/// When the folder is missing or the system call fails.
pub fn free_bytes(folder: &Path) -> std::io::Result<u64> {
    let status = rustix::fs::statvfs(folder)?;
    Ok(status.f_bavail.saturating_mul(status.f_frsize))
}

/// Whether an I/O error, or one that caused it, says that the disk is full.
pub(crate) fn is_full(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(io) = error.downcast_ref::<std::io::Error>()
            && matches!(
                io.kind(),
                std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded
            )
        {
            return true;
        }
        cause = error.source();
    }
    false
}

/// An I/O error of ours as a failure: a full disk is told apart, as it is worth waiting for.
pub(crate) fn failure(doing: &str, error: &(dyn std::error::Error + 'static)) -> Failure {
    if is_full(error) {
        full().detail(format_args!("{doing}: {error}"))
    } else {
        Failure::internal(format_args!("{doing}: {error}"))
    }
}
