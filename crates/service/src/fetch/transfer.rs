//! An answer's body to a file: bounded in size and time, never whole in memory, never decompressed.

use std::path::Path;

use reqwest::{
    Response, StatusCode,
    header::{CONTENT_ENCODING, HeaderMap},
};
use tempfile::TempPath;
use tokio::{fs::File, io::AsyncWriteExt, time::timeout};

use super::{
    refusal::{Refusal, from_client},
    settings::FetchSettings,
};

/// What was received; deleted unless it is kept.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) path: TempPath,
    pub(super) bytes: u64,
}

/// Stores the body in a file of its own beside `into`.
pub(super) async fn to_file(mut response: Response, into: &Path, settings: &FetchSettings) -> Result<Part, Refusal> {
    check_head(&response, settings.largest)?;
    let folder = into.parent().unwrap_or(Path::new("."));
    let (file, path) = tempfile::NamedTempFile::new_in(folder)
        .map_err(Refusal::Disk)?
        .into_parts();
    let mut file = File::from_std(file);
    let mut bytes = 0_u64;
    loop {
        let chunk = match timeout(settings.idle_timeout, response.chunk()).await {
            Ok(chunk) => chunk.map_err(|error| from_client(error, "to send it"))?,
            Err(_) => return Err(Refusal::TimedOut("to send it")),
        };
        let Some(chunk) = chunk else { break };
        bytes = bytes.saturating_add(chunk.len() as u64);
        if bytes > settings.largest {
            return Err(Refusal::TooLarge {
                limit: settings.largest,
            });
        }
        file.write_all(&chunk).await.map_err(Refusal::Disk)?;
    }
    file.flush().await.map_err(Refusal::Disk)?;
    Ok(Part { path, bytes })
}

/// What can be said before the first byte of the body.
fn check_head(response: &Response, largest: u64) -> Result<(), Refusal> {
    // A 206 would be a piece that nobody asked for, a 204 nothing at all.
    if !matches!(
        response.status(),
        StatusCode::OK | StatusCode::NON_AUTHORITATIVE_INFORMATION
    ) {
        return Err(Refusal::Status(response.status()));
    }
    if is_encoded(response.headers()) {
        return Err(Refusal::Encoded);
    }
    if response.content_length().is_some_and(|length| length > largest) {
        return Err(Refusal::TooLarge { limit: largest });
    }
    Ok(())
}

fn is_encoded(headers: &HeaderMap) -> bool {
    headers.get_all(CONTENT_ENCODING).iter().any(|value| {
        let names = value.to_str().unwrap_or("unreadable").split(',');
        names
            .map(str::trim)
            .any(|name| !name.is_empty() && !name.eq_ignore_ascii_case("identity"))
    })
}
