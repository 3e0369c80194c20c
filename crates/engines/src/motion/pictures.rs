//! The request's picture files, as far as the clip has room for them.

use std::{
    fs::{self, File},
    io::Read,
    path::Path,
};

use domain::{
    draft::Field,
    failure::{Code, Failure},
    media::{Overlay, Size},
    request::{GenerationRequest, Shape},
};
use motion::{Detail, Study};
use picture::{MOST_BYTES, fit};

use super::{MotionSettings, failures, make::Order};

/// The pictures, the clip's size, and which pictures of the request were taken.
pub(super) struct Keyframes {
    pub(super) studies: Vec<Study>,
    /// Of the clip: what the recipe says, else the first picture's shape in the request's tier.
    pub(super) size: Size,
    /// Positions in the request, ascending.
    pub(super) taken: Vec<usize>,
}

/// Reads and decodes one file after the other, so that at most one large picture is held. A recipe that was given is
/// checked before.
pub(super) fn read(order: &Order<'_>, settings: &MotionSettings) -> Result<Keyframes, Failure> {
    let (request, files) = (order.request, order.pictures);
    if let Some(recipe) = order.recipe {
        motion::check(recipe, files.len()).map_err(failures::recipe)?;
    }
    let taken = motion::keyframes_that_fit(files.len(), order.frames());
    let detail = Detail::of(request.profile, taken.len());
    let mut studies = Vec::with_capacity(taken.len());
    let mut size = order.recipe.map(|recipe| recipe.size);
    for index in &taken {
        let Some(file) = files.get(*index) else {
            continue;
        };
        let field = request.picture_field(*index);
        let picture = picture::decode(&bytes(file)?).map_err(|error| error.of(field))?;
        let size = match size {
            Some(size) => size,
            None => *size.insert(clip_size(request, picture.size)?),
        };
        let study = Study::with_depth(&picture, size, detail, &settings.depth.of(&picture));
        studies.push(study.map_err(failures::drawing)?);
    }
    let size = size.filter(|_| !studies.is_empty());
    let size = size.ok_or_else(|| Failure::internal("no picture file came with the job"))?;
    Ok(Keyframes { studies, size, taken })
}

/// As the request says it, or as the first picture's shape has it.
fn clip_size(request: &GenerationRequest, first: Size) -> Result<Size, Failure> {
    match request.extras.shape {
        Shape::Picture => Ok(fit::output_size(first, request.resolution)),
        Shape::Ratio(width, height) => Ok(fit::output_size(Size { width, height }, request.resolution)),
        Shape::Pixels(size) => Ok(size),
        Shape::Exactly(size) if size == first => Ok(size),
        Shape::Exactly(size) => {
            let problem = format!("must be {}x{} pixels, as size says", size.width, size.height);
            Err(Failure::new(Code::ImageSize, problem).of(request.picture_field(0)))
        }
    }
}

/// Reads the picture that is drawn as the watermark.
pub(super) fn read_mark(file: &Path) -> Result<Overlay, Failure> {
    picture::decode_mark(&bytes(file)?).map_err(|error| error.of(Field::Mark))
}

fn bytes(file: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error: std::io::Error| Failure::internal(format!("a picture file cannot be read: {error}"));
    let length = fs::metadata(file).map_err(failed)?.len();
    let mut bytes = Vec::with_capacity(length.min(MOST_BYTES) as usize + 1);
    // One byte more than is allowed is enough for the decoder to refuse the file by its length.
    let read = File::open(file).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes));
    read.map_err(failed)?;
    Ok(bytes)
}
