//! What a picture shows, found once at a small size: where its subject is, how far away things are, how
//! sharp they are. Deterministic; each step is a file.

mod depth;
mod guided;
mod map;
mod saliency;
mod sharpness;
mod sky;
mod slope;
mod subject;
mod upright;
mod working;

use domain::media::Picture;

pub(crate) use map::{Field, Map};
pub(crate) use slope::limited;
pub(crate) use subject::Subject;

use crate::error::MotionError;

/// Everything known about one picture. Maps cover exactly what the fitted frame covers.
#[derive(Debug, Clone)]
pub(crate) struct Analysis {
    /// 0 far to 1 near, smooth.
    pub(crate) depth: Map,
    /// 0 to 1: what stands upright and must not lean.
    pub(crate) upright: Map,
    /// How much of the subject's motion each place takes, 0 to 1, smooth.
    pub(crate) weight: Map,
    pub(crate) subject: Subject,
    /// Mean of R'G'B' luma, 0 to 1.
    pub(crate) brightness: f32,
    /// Mean colourfulness, 0 grey to about 1.
    pub(crate) colourfulness: f32,
}

/// Looks at `picture`, which has the frame's size.
///
/// # Errors
/// When the picture's bytes do not match its size.
pub(crate) fn analyse(picture: &Picture) -> Result<Analysis, MotionError> {
    let working = working::Working::new(picture)?;
    let sharpness = sharpness::sharpness(&working);
    let sky = sky::sky(&working, &sharpness);
    let saliency = saliency::saliency(&working, &sharpness, &sky);
    let (subject, weight) = subject::subject(&saliency);
    let upright = upright::uprightness(&working);
    let depth = depth::depth(&working, &weight, &sharpness, &sky, &upright);
    Ok(Analysis {
        depth,
        upright,
        weight,
        subject,
        brightness: working.luma.mean(),
        colourfulness: working.colourfulness(),
    })
}
