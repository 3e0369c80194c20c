//! Looking at pictures before any work is done for them.

use std::{
    fs::File,
    io::{BufReader, Cursor},
    path::PathBuf,
};

use bytes::Bytes;
use domain::{
    draft::{Fault, Faults, Field},
    failure::{Code, Failure},
    id::TaskId,
    request::Shape,
    store::SmallPicture,
};
use picture::Probe;

use crate::{
    disk,
    service::{Service, store_failure},
    submit::Rejected,
};

/// Pictures of at most so many bytes are kept in memory until they are stored, and then by the store itself: one
/// commit for many tasks costs less than a file for each.
pub const LARGEST_SMALL: usize = 32 << 10;

/// The bytes of a picture that is to be stored.
#[derive(Debug, Clone)]
pub enum PictureBytes {
    /// At most [`LARGEST_SMALL`].
    Small(Bytes),
    File(PathBuf),
}

impl PictureBytes {
    pub(crate) fn is_file(&self) -> bool {
        matches!(self, Self::File(_))
    }
}

/// Checks the form, shape and size of the request's inline pictures, given with their places.
///
/// # Errors
/// A fault for each picture that will not do.
pub(crate) async fn check(pictures: &[(usize, PictureBytes)]) -> Result<(), Rejected> {
    let mut faults = Vec::new();
    for (index, picture) in pictures {
        if let Err(failure) = probe(picture).await {
            if failure.blame != domain::failure::Blame::SourceImage {
                return Err(failure.into());
            }
            // The field's name comes in its place.
            let problem = failure.public.trim_start_matches("the picture ");
            faults.push(Fault::new(Field::Image(*index), failure.code, problem));
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Faults(faults).into())
    }
}

/// Checks that the request's inline pictures have the size that it demands, if it demands one.
///
/// # Errors
/// A fault for each picture that has another.
pub(crate) async fn check_size(pictures: &[(usize, PictureBytes)], shape: Shape) -> Result<(), Rejected> {
    let Shape::Exactly(size) = shape else {
        return Ok(());
    };
    let mut faults = Vec::new();
    for (index, picture) in pictures {
        if probe(picture).await?.size != size {
            let problem = format!("must be {}x{} pixels, as size says", size.width, size.height);
            faults.push(Fault::new(Field::Image(*index), Code::ImageSize, problem));
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Faults(faults).into())
    }
}

/// Looks at one picture's header. That of a small one is read at once: it takes less time than going to another
/// thread.
///
/// # Errors
/// Why it will not do, or that it could not be read.
async fn probe(picture: &PictureBytes) -> Result<Probe, Failure> {
    let file = match picture {
        PictureBytes::Small(bytes) => return picture::probe(Cursor::new(bytes)).map_err(Failure::from),
        PictureBytes::File(file) => file.clone(),
    };
    let probing = tokio::task::spawn_blocking(move || {
        let opened = File::open(file).map_err(|error| disk::failure("reading a picture", &error))?;
        picture::probe(BufReader::new(opened)).map_err(Failure::from)
    });
    probing.await.map_err(Failure::internal)?
}

impl Service {
    /// A picture of a task that the store keeps itself.
    pub(crate) async fn small_picture(&self, task: TaskId, number: usize) -> Result<Option<SmallPicture>, Failure> {
        let number = u32::try_from(number).map_err(Failure::internal)?;
        let bytes = self.store.picture(task, number).await.map_err(store_failure)?;
        Ok(bytes.map(|bytes| SmallPicture { number, bytes }))
    }
}
