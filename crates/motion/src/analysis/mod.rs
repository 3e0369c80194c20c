//! What a picture shows, found once at a small size: where its subject is, how far away things are, how
//! sharp they are. Deterministic; each step is a file.

mod cut;
mod depth;
mod guided;
mod horizon;
mod light;
mod map;
mod palette;
mod regions;
mod rigidity;
mod saliency;
mod sharpness;
mod slope;
mod subject;
mod texture;
mod tint;
mod upright;
mod working;

use domain::media::Picture;
use rayon::join;

pub(crate) use cut::{Cut, cut};
pub(crate) use map::{Field, Map};
pub(crate) use palette::Tone;
pub(crate) use regions::{Region, Regions};
pub(crate) use slope::limited;
pub(crate) use subject::Subject;

use crate::{
    error::MotionError,
    stages::{Stages, during},
};

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
    /// 0 to 1: whether the subject is a thing that does not bend.
    pub(crate) rigidity: f32,
    /// What stands out, 0 to 1.
    pub(crate) saliency: Map,
    /// Where there is scenery that can move.
    pub(crate) regions: Regions,
    /// Where the ground ends, as a share of the height, if it is seen.
    pub(crate) horizon: Option<f32>,
    /// Where the main light is or from where it comes, in shares of the width and height.
    pub(crate) light: (f32, f32),
    /// A few dominant colours, the most frequent first.
    pub(crate) palette: Vec<Tone>,
    /// Mean of R'G'B' luma, 0 to 1.
    pub(crate) brightness: f32,
}

/// Looks at `picture`, which has the frame's size. `nearness`, if somebody knows it, covers the same.
///
/// # Errors
/// When the picture's bytes do not match its size.
pub(crate) fn analyse(picture: &Picture, nearness: Option<&Map>, stages: &dyn Stages) -> Result<Analysis, MotionError> {
    let working = during(stages, "small copy", || working::Working::new(picture))?;
    // Little else can be done before this is, so it makes use of the cores itself.
    let ((sharpness, upright), (texture, sky)) = join(
        || {
            let sharpness = during(stages, "sharpness", || sharpness::sharpness(&working));
            let upright = during(stages, "upright things", || upright::uprightness(&working));
            (sharpness, upright)
        },
        || {
            let texture = during(stages, "texture", || texture::Texture::of(&working));
            let sky = during(stages, "sky", || regions::sky(&working, &texture));
            (texture, sky)
        },
    );
    let sure_sky = sky.weight.map(|value| value * sky.confidence.sqrt());
    let saliency = during(stages, "saliency", || {
        saliency::saliency(&working, &sharpness, &sure_sky)
    });
    let (subject, weight) = during(stages, "subject", || subject::subject(&saliency));
    let horizon = during(stages, "horizon", || horizon::horizon(&working, &sky));
    let ((depth, palette), regions) = join(
        || {
            let depth = during(stages, "depth", || match nearness {
                Some(nearness) => depth::given(&working, nearness),
                None => depth::estimated(&working, &weight, &sharpness, &sure_sky, &upright),
            });
            (depth, during(stages, "palette", || palette::palette(&working)))
        },
        || {
            let known = regions::Known {
                working: &working,
                texture: &texture,
                sharpness: &sharpness,
                sky,
                horizon,
                subject: &subject,
                weight: &weight,
            };
            during(stages, "other regions", || regions::regions(known))
        },
    );
    Ok(Analysis {
        depth,
        upright,
        light: during(stages, "light", || light::light(&working, &weight)),
        rigidity: during(stages, "rigidity", || rigidity::rigidity(&working, &saliency)),
        weight,
        subject,
        saliency,
        regions,
        horizon,
        palette,
        brightness: working.luma.mean(),
    })
}

#[cfg(test)]
mod tests;
