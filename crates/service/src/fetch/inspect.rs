//! Whether what was received is a picture that we take: its first bytes say so, not its name or its type.

use std::{fs::File, io::BufReader, path::Path};

use domain::media::Size;
use picture::Role;

use super::{refusal::Refusal, transfer::Part};

/// A picture that was fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fetched {
    pub bytes: u64,
    /// As it is to be looked at.
    pub size: Size,
}

/// Reads the header and, when it is one of ours, gives the file its name.
pub(super) async fn accept(part: Part, into: &Path, role: Role) -> Result<Fetched, Refusal> {
    let into = into.to_owned();
    let accepting = tokio::task::spawn_blocking(move || {
        let file = File::open(&part.path).map_err(Refusal::Disk)?;
        let probe = picture::probe(BufReader::new(file), role).map_err(Refusal::Picture)?;
        part.path.persist(&into).map_err(|error| Refusal::Disk(error.error))?;
        Ok(Fetched {
            bytes: part.bytes,
            size: probe.size,
        })
    });
    match accepting.await {
        Ok(result) => result,
        Err(error) => Err(Refusal::Disk(error.into())),
    }
}
