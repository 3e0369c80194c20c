//! Looking at pictures before any work is done for them.

use std::{
    fs::File,
    io::{BufReader, Cursor},
    path::PathBuf,
};

use bytes::Bytes;
use domain::{
    draft::{Fault, Faults, Field},
    failure::{Blame, Code, Failure},
    id::TaskId,
    media::Size,
    request::{GenerationRequest, Shape},
    store::SmallPicture,
};
use picture::{Probe, Role, fit};

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

/// Checks the form, shape and size of the pictures that came with a request, given with their numbers. Gives the size
/// of the first, if that is among them.
///
/// # Errors
/// A fault for each picture that will not do.
pub(crate) async fn check(
    request: &GenerationRequest,
    pictures: &[(usize, PictureBytes)],
) -> Result<Option<Size>, Rejected> {
    let mut faults = Vec::new();
    let mut first = None;
    for (number, picture) in pictures {
        let field = request.picture_field(*number);
        match probe(picture, field).await {
            Ok(probe) => {
                faults.extend(wrong_size(probe, field, request.extras.shape));
                first = first.or((*number == 0).then_some(probe.size));
            }
            Err(failure) => faults.push(fault(failure, field)?),
        }
    }
    if faults.is_empty() {
        Ok(first)
    } else {
        Err(Faults(faults).into())
    }
}

/// The size of the video's frame; `None` when the shape says it already, or when that of the first picture decides and
/// is not known yet.
pub(crate) fn frame_size(request: &GenerationRequest, first: Option<Size>) -> Option<Size> {
    let shape = match request.extras.shape {
        Shape::Picture => first?,
        Shape::Ratio(width, height) => Size { width, height },
        Shape::Pixels(_) | Shape::Exactly(_) => return None,
    };
    Some(fit::output_size(shape, request.resolution))
}

/// Checks the form and shape of one picture that will be used in `field`.
///
/// # Errors
/// The picture's fault.
pub(crate) async fn check_one(picture: &PictureBytes, field: Field) -> Result<(), Rejected> {
    match probe(picture, field).await {
        Ok(_) => Ok(()),
        Err(failure) => Err(Faults(vec![fault(failure, field)?]).into()),
    }
}

/// The picture's own fault; anything else that went wrong stays a failure.
fn fault(failure: Failure, field: Field) -> Result<Fault, Failure> {
    match failure.blame {
        Blame::SourceImage => Ok(Fault::new(field, failure.code, failure.public)),
        _ => Err(failure),
    }
}

/// The request may demand that its images have a size.
fn wrong_size(probe: Probe, field: Field, shape: Shape) -> Option<Fault> {
    match shape {
        Shape::Exactly(size) if field != Field::Mark && probe.size != size => {
            let problem = format!("must be {}x{} pixels, as size says", size.width, size.height);
            Some(Fault::new(field, Code::ImageSize, problem))
        }
        _ => None,
    }
}

/// Looks at one picture's header. That of a small one is read at once: it takes less time than going to another
/// thread.
///
/// # Errors
/// Why it will not do, or that it could not be read.
async fn probe(picture: &PictureBytes, field: Field) -> Result<Probe, Failure> {
    let role = Role::of(field);
    let file = match picture {
        PictureBytes::Small(bytes) => {
            return picture::probe(Cursor::new(bytes), role).map_err(|error| error.of(field));
        }
        PictureBytes::File(file) => file.clone(),
    };
    let probing = tokio::task::spawn_blocking(move || {
        let opened = File::open(file).map_err(|error| disk::failure("reading a picture", &error))?;
        picture::probe(BufReader::new(opened), role).map_err(|error| error.of(field))
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
