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

use domain::media::{Picture, Size};

pub(crate) use map::Map;
pub(crate) use subject::Subject;

use crate::error::MotionError;

/// Everything known about one picture. Maps cover exactly what the fitted frame covers.
#[derive(Debug, Clone)]
pub(crate) struct Analysis {
    /// 0 far to 1 near, smooth.
    pub(crate) depth: Map,
    /// How much of the subject's motion each place takes, 0 to 1, smooth.
    pub(crate) weight: Map,
    pub(crate) subject: Subject,
    /// Mean of R'G'B' luma, 0 to 1.
    pub(crate) brightness: f32,
    /// Mean colourfulness, 0 grey to about 1.
    pub(crate) colourfulness: f32,
}

/// Looks at the part of `picture` that a frame of size `frame` shows.
///
/// # Errors
/// When the picture's bytes do not match its size.
pub(crate) fn analyse(picture: &Picture, frame: Size) -> Result<Analysis, MotionError> {
    let working = working::Working::new(picture, frame)?;
    let sharpness = sharpness::sharpness(&working);
    let sky = sky::sky(&working, &sharpness);
    let saliency = saliency::saliency(&working, &sharpness, &sky);
    let (subject, weight) = subject::subject(&saliency);
    let depth = depth::depth(&working, &weight, &sharpness, &sky);
    Ok(Analysis {
        depth,
        weight,
        subject,
        brightness: working.luma.mean(),
        colourfulness: working.colourfulness(),
    })
}

impl Map {
    /// Where frame position `at`, in pixels of `frame`, lies among the cells.
    pub(crate) fn at_frame(&self, at: (f32, f32), frame: (f32, f32)) -> f32 {
        self.sample(
            (at.0 + 0.5) * self.width as f32 / frame.0 - 0.5,
            (at.1 + 0.5) * self.height as f32 / frame.1 - 0.5,
        )
    }
}

pub(crate) use slope::limited;
