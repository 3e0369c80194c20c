//! Request bodies. A submit may hold tens of megabytes of pictures: they go to disk while they arrive, and
//! only the small text around them is kept.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use axum::{
    body::{Body, BodyDataStream},
    http::{HeaderMap, HeaderValue, header},
};
use bytes::Bytes;
use domain::{
    draft::{Fault, Field},
    failure::{Code, Failure},
};
use futures_util::StreamExt;
use ring::digest;
use service::{LARGEST_SMALL, PictureBytes};
use tempfile::TempPath;
use tokio::time::{Instant, timeout};
use wire::{
    form::Form,
    inline::{ExtractError, Extractor, InlineSink, Limits, References},
};

use super::{patience::Patience, refused::Refused};
use crate::config::ServerSettings;

/// Work is handed to a blocking thread in pieces of this size, so that a slow client holds no thread.
const BATCH: usize = 256 * 1024;
/// What is taken in without another thread: going there and back takes longer. It holds no picture that goes to disk.
const SMALL_BATCH: usize = LARGEST_SMALL;
/// However steadily it arrives.
const LONGEST_BODY: Duration = Duration::from_secs(600);

/// A submit body: the text without its pictures, and the pictures as files that go when this does.
#[derive(Debug)]
pub(crate) struct Spooled {
    pub(crate) text: Vec<u8>,
    pub(crate) references: References,
    pictures: Vec<Spilled>,
    /// Of the body as it came.
    pub(crate) digest: [u8; 32],
}

impl Spooled {
    /// The n-th inline picture's decoded bytes.
    pub(crate) fn pictures(&self) -> Vec<PictureBytes> {
        let bytes = self.pictures.iter().map(|picture| match picture {
            Spilled::Small(bytes) => PictureBytes::Small(bytes.clone()),
            Spilled::File(path) => PictureBytes::File(path.to_path_buf()),
        });
        bytes.collect()
    }
}

/// Takes a body in, with its pictures going to `folder`. `context` goes into the digest before the body.
///
/// # Errors
/// A body that is too long, too slow, or not JSON as far as that was looked at.
pub(crate) async fn spool(
    headers: &HeaderMap,
    body: Body,
    settings: &ServerSettings,
    folder: &Path,
    context: &str,
    limits: Limits,
) -> Result<Spooled, Refused> {
    let mut incoming = Incoming::new(headers, body, settings)?;
    let mut spooler = Spooler::new(headers, folder, context, limits)?;
    loop {
        let batch = incoming.batch().await?;
        if batch.is_empty() {
            return finish(spooler).await;
        }
        let length: usize = batch.iter().map(Bytes::len).sum();
        let taken = if length <= SMALL_BATCH && !spooler.extractor.sink().has_files() {
            spooler.take(&batch)
        } else {
            let (returned, taken) = blocking(move || {
                let taken = spooler.take(&batch);
                (spooler, taken)
            })
            .await?;
            spooler = returned;
            taken
        };
        taken.map_err(refused)?;
    }
}

/// Takes a body that must be small.
///
/// # Errors
/// A body of more than `most` bytes, or a slow one.
pub(crate) async fn small(body: Body, settings: &ServerSettings, most: u64) -> Result<Vec<u8>, Refused> {
    let settings = ServerSettings {
        body_limit: most,
        ..settings.clone()
    };
    let mut incoming = Incoming::new(&HeaderMap::new(), body, &settings)?;
    let mut whole = Vec::new();
    loop {
        let batch = incoming.batch().await?;
        if batch.is_empty() {
            return Ok(whole);
        }
        whole.extend(batch.iter().flat_map(|piece| piece.iter().copied()));
    }
}

/// A body that is one file, on disk, and the hexadecimal SHA-256 of its bytes. The file goes when it is dropped.
///
/// # Errors
/// A body of more than `most` bytes, or a slow one; or no room.
pub(crate) async fn file(
    headers: &HeaderMap,
    body: Body,
    settings: &ServerSettings,
    folder: &Path,
    most: u64,
) -> Result<(TempPath, String), Refused> {
    let settings = ServerSettings {
        body_limit: most,
        ..settings.clone()
    };
    let mut incoming = Incoming::new(headers, body, &settings)?;
    let made = tempfile::NamedTempFile::new_in(folder).map_err(|error| refused(error.into()))?;
    let (mut file, path) = made.into_parts();
    let mut digest = digest::Context::new(&digest::SHA256);
    loop {
        let batch = incoming.batch().await?;
        if batch.is_empty() {
            let etag = digest
                .finish()
                .as_ref()
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            return Ok((path, etag));
        }
        batch.iter().for_each(|piece| digest.update(piece));
        let written = blocking(move || {
            let written = batch.iter().try_for_each(|piece| file.write_all(piece));
            written.map(|()| file)
        });
        file = written.await?.map_err(|error| refused(error.into()))?;
    }
}

/// The digest of a body that was taken in whole; `context` goes before it.
pub(crate) fn digest_of(context: &str, body: &[u8]) -> [u8; 32] {
    let mut digest = begun_digest(context);
    digest.update(body);
    sum(digest)
}

fn begun_digest(context: &str) -> digest::Context {
    let mut digest = digest::Context::new(&digest::SHA256);
    digest.update(context.as_bytes());
    digest.update(&[0]);
    digest
}

fn sum(digest: digest::Context) -> [u8; 32] {
    let mut sum = [0; 32];
    sum.copy_from_slice(digest.finish().as_ref());
    sum
}

/// A body on its way in.
struct Incoming {
    stream: BodyDataStream,
    left: u64,
    limit: u64,
    patience: Patience,
    deadline: Instant,
}

impl Incoming {
    fn new(headers: &HeaderMap, body: Body, settings: &ServerSettings) -> Result<Self, Refused> {
        let incoming = Self {
            stream: body.into_data_stream(),
            left: settings.body_limit,
            limit: settings.body_limit,
            patience: Patience::new(settings.body_timeout, settings.min_rate),
            deadline: Instant::now() + LONGEST_BODY,
        };
        if is_encoded(headers) {
            return Err(Refused::new(
                Code::BodyMalformed,
                "a compressed request body is not taken",
            ));
        }
        let announced = headers
            .get(header::CONTENT_LENGTH)
            .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
        if announced.is_some_and(|length| length > settings.body_limit) {
            return Err(incoming.too_large());
        }
        Ok(incoming)
    }

    /// The next pieces, together at least [`BATCH`] bytes unless the body ends; none at its end.
    async fn batch(&mut self) -> Result<Vec<Bytes>, Refused> {
        let mut batch = Vec::new();
        let mut length = 0;
        while length < BATCH {
            let asked = Instant::now();
            let patience = self.patience.left().min(self.deadline.saturating_duration_since(asked));
            let piece = match timeout(patience, self.stream.next()).await {
                Err(_) => {
                    let problem = "the request body stopped arriving, or arrived too slowly";
                    return Err(Refused::new(Code::BodyMalformed, problem));
                }
                Ok(None) => break,
                Ok(Some(Err(_))) => return Err(Refused::new(Code::BodyMalformed, "the request body was cut off")),
                Ok(Some(Ok(piece))) => piece,
            };
            self.patience.moved(piece.len(), asked.elapsed());
            self.left = self
                .left
                .checked_sub(piece.len() as u64)
                .ok_or_else(|| self.too_large())?;
            length += piece.len();
            batch.push(piece);
        }
        // Empty pieces must not be taken for the end.
        batch.retain(|piece| !piece.is_empty());
        Ok(batch)
    }

    fn too_large(&self) -> Refused {
        let most = self.limit;
        Refused::new(
            Code::BodyTooLarge,
            format!("the request body must have at most {most} bytes"),
        )
    }
}

/// A compressed body could be a thousand times as long as it looks.
fn is_encoded(headers: &HeaderMap) -> bool {
    let values = headers.get_all(header::CONTENT_ENCODING).iter();
    values
        .map(HeaderValue::as_bytes)
        .any(|name| !name.trim_ascii().is_empty() && !name.trim_ascii().eq_ignore_ascii_case(b"identity"))
}

/// What turns pieces of a body into its text and files.
struct Spooler {
    extractor: Extractor<FolderSink>,
    /// Of a body that is a form.
    form: Option<Form>,
    digest: digest::Context,
}

impl Spooler {
    fn new(headers: &HeaderMap, folder: &Path, context: &str, limits: Limits) -> Result<Self, Refused> {
        let sink = FolderSink {
            folder: folder.to_path_buf(),
            finished: Vec::new(),
            current: None,
        };
        Ok(Self {
            form: form(headers)?,
            extractor: Extractor::new(uuid::Uuid::new_v4().as_u128(), limits, sink),
            digest: begun_digest(context),
        })
    }

    fn take(&mut self, batch: &[Bytes]) -> Result<(), ExtractError> {
        batch.iter().try_for_each(|piece| match &mut self.form {
            None => self.json(piece),
            Some(form) => {
                let mut json = Vec::new();
                form.push(piece, &mut json).map_err(malformed)?;
                self.json(&json)
            }
        })
    }

    /// The digest is of what was said, not of the boundaries that a form draws anew each time.
    fn json(&mut self, text: &[u8]) -> Result<(), ExtractError> {
        self.digest.update(text);
        self.extractor.push(text)
    }

    fn end(&mut self) -> Result<(), ExtractError> {
        let Some(form) = self.form.take() else {
            return Ok(());
        };
        let mut json = Vec::new();
        form.finish(&mut json).map_err(malformed)?;
        self.json(&json)
    }
}

fn form(headers: &HeaderMap) -> Result<Option<Form>, Refused> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    match kind.and_then(wire::form::boundary) {
        None => Ok(None),
        Some(Some(boundary)) => Ok(Some(Form::new(&boundary))),
        Some(None) => Err(Refused::new(
            Code::BodyMalformed,
            "the form's content type has no fit boundary",
        )),
    }
}

fn malformed(error: wire::form::Malformed) -> ExtractError {
    ExtractError::Refused(Fault::new(Field::Body, Code::BodyMalformed, error.to_string()))
}

async fn finish(mut spooler: Spooler) -> Result<Spooled, Refused> {
    spooler.end().map_err(refused)?;
    let digest = sum(spooler.digest);
    let extracted = spooler.extractor.finish().map_err(refused)?;
    Ok(Spooled {
        text: extracted.body,
        references: extracted.references,
        pictures: extracted.sink.finished,
        digest,
    })
}

async fn blocking<Value: Send + 'static>(work: impl FnOnce() -> Value + Send + 'static) -> Result<Value, Refused> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Failure::internal(error).into())
}

fn refused(error: ExtractError) -> Refused {
    match error.into_faults() {
        Ok(faults) => faults.into(),
        Err(error) if error.kind() == io::ErrorKind::StorageFull => {
            Failure::new(Code::DiskFull, "there is no room for the picture")
                .detail(error)
                .into()
        }
        Err(error) => Failure::internal(error).into(),
    }
}

/// A picture that was taken in.
#[derive(Debug)]
enum Spilled {
    Small(Bytes),
    File(TempPath),
}

/// A picture on its way in.
enum Current {
    Small(Vec<u8>),
    File(BufWriter<File>, TempPath),
}

/// Writes each picture to a file of its own, if it is not small.
struct FolderSink {
    folder: PathBuf,
    finished: Vec<Spilled>,
    current: Option<Current>,
}

impl FolderSink {
    fn has_files(&self) -> bool {
        matches!(self.current, Some(Current::File(..)))
    }
}

impl InlineSink for FolderSink {
    fn begin(&mut self, _number: u32) -> io::Result<()> {
        self.current = Some(Current::Small(Vec::new()));
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match &mut self.current {
            Some(Current::Small(small)) if small.len() + bytes.len() <= LARGEST_SMALL => small.extend_from_slice(bytes),
            Some(Current::Small(small)) => {
                let (file, path) = tempfile::NamedTempFile::new_in(&self.folder)?.into_parts();
                let mut file = BufWriter::new(file);
                file.write_all(small)?;
                file.write_all(bytes)?;
                self.current = Some(Current::File(file, path));
            }
            Some(Current::File(file, _)) => file.write_all(bytes)?,
            None => {}
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        match self.current.take() {
            Some(Current::Small(small)) => self.finished.push(Spilled::Small(small.into())),
            Some(Current::File(mut file, path)) => {
                file.flush()?;
                self.finished.push(Spilled::File(path));
            }
            None => {}
        }
        Ok(())
    }
}
