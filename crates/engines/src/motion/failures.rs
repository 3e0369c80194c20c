//! Which failure each part's error becomes.

use std::io::{Error, ErrorKind};

use domain::failure::{Code, Failure};
use encode::EncodeError;
use motion::MotionError;

pub(super) fn cancelled() -> Failure {
    Failure::new(Code::Cancelled, "the task was cancelled")
}

/// A failure of a scratch file.
pub(super) fn disk(error: &Error) -> Failure {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            Failure::new(Code::DiskFull, "there is no room left to write the video").detail(error)
        }
        _ => Failure::internal(error),
    }
}

/// Pictures and requests were checked before: what the drawing still finds is ours.
pub(super) fn drawing(error: MotionError) -> Failure {
    Failure::internal(error)
}

/// What is wrong with a recipe that was given, with its place in it.
pub(super) fn recipe(error: MotionError) -> Failure {
    Failure::new(Code::FieldInvalid, format!("the recipe cannot be drawn: {error}"))
}

pub(super) fn encoding(error: EncodeError) -> Failure {
    match error {
        EncodeError::Cancelled => cancelled(),
        EncodeError::Write(error) => disk(&error),
        // Planned sizes can be encoded; one that cannot comes from a given recipe.
        EncodeError::Size(size) => Failure::new(
            Code::FieldInvalid,
            format!(
                "the recipe cannot be drawn: size: no video can have {} x {} pixels",
                size.width, size.height
            ),
        ),
        other => Failure::internal(other),
    }
}
