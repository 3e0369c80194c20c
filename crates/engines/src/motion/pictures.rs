//! The request's picture files, as far as the clip has room for them.

use std::{
    fs::{self, File},
    io::Read,
    path::PathBuf,
};

use domain::{
    failure::Failure,
    media::{FRAME_RATE, Picture, Size},
    request::GenerationRequest,
};
use motion::{Detail, Study};
use picture::{MOST_BYTES, PictureError, fit};

use super::failures;

/// The pictures, the clip's size, and which pictures of the request were taken.
pub(super) struct Keyframes {
    pub(super) studies: Vec<Study>,
    /// Of the clip: the first picture's shape in the request's tier.
    pub(super) size: Size,
    /// Positions in the request, ascending.
    pub(super) taken: Vec<usize>,
}

pub(super) fn frames(request: &GenerationRequest) -> u32 {
    request.duration.saturating_mul(FRAME_RATE)
}

/// Reads and decodes one file after the other, so that at most one large picture is held.
pub(super) fn read(request: &GenerationRequest, files: &[PathBuf]) -> Result<Keyframes, Failure> {
    let taken = motion::keyframes_that_fit(files.len(), frames(request));
    let detail = Detail::of(request.profile, taken.len());
    let mut studies = Vec::with_capacity(taken.len());
    let mut size = None;
    for index in &taken {
        let Some(file) = files.get(*index) else {
            continue;
        };
        let picture = read_one(file).map_err(|failure| numbered(failure, *index, files.len()))?;
        let size = *size.get_or_insert_with(|| fit::output_size(picture.size, request.resolution));
        studies.push(Study::new(&picture, size, detail).map_err(failures::drawing)?);
    }
    let size = size.ok_or_else(|| Failure::internal("no picture file came with the job"))?;
    Ok(Keyframes { studies, size, taken })
}

fn read_one(file: &PathBuf) -> Result<Picture, Failure> {
    let failed = |error: std::io::Error| Failure::internal(format!("a picture file cannot be read: {error}"));
    let length = fs::metadata(file).map_err(failed)?.len();
    let mut bytes = Vec::with_capacity(length.min(MOST_BYTES) as usize + 1);
    // One byte more than is allowed is enough for the decoder to refuse the file by its length.
    let read = File::open(file).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes));
    read.map_err(failed)?;
    picture::decode(&bytes).map_err(|error: PictureError| error.into())
}

/// Says which picture it was, counted from 1, when there are several.
fn numbered(failure: Failure, index: usize, count: usize) -> Failure {
    if count < 2 {
        return failure;
    }
    Failure {
        public: format!("picture {}: {}", index + 1, failure.public),
        ..failure
    }
}
