//! A fitted picture, ready to be sampled anywhere: planes converted once, enlarged twice so that bilinear
//! sampling stays sharp, and coarser levels for places where the picture shrinks.

use domain::{media::Frame, request::Profile};
use rayon::join;

use super::{
    enlarge::{Plane, half},
    sheet::Sheet,
};

/// How finely a picture is kept for sampling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Detail {
    fine_luma: bool,
    fine_chroma: bool,
}

/// Forty pictures enlarged twice would not fit into the memory that a clip may take.
const MOST_FINE: usize = 6;

impl Detail {
    /// Nothing enlarged: for what is smooth.
    pub(crate) const COARSE: Self = Self {
        fine_luma: false,
        fine_chroma: false,
    };

    /// What a profile is worth, for a clip of so many pictures.
    pub fn of(profile: Profile, pictures: usize) -> Self {
        let profile = if pictures > MOST_FINE { Profile::Fast } else { profile };
        Self {
            fine_luma: profile != Profile::Fast,
            fine_chroma: profile == Profile::Pro,
        }
    }
}

/// One octave: `luma` has one channel, `chroma` two (U, V), both with the mapping from picture
/// coordinates to their own samples.
#[derive(Debug)]
pub(super) struct Level {
    pub(super) luma: Sheet,
    pub(super) chroma: Sheet,
}

/// The octaves of one picture. Level 0 holds all that the fitted picture holds, level 1 what is left of
/// it at half the size, and so on.
#[derive(Debug)]
pub(crate) struct Pyramid {
    pub(super) levels: Vec<Level>,
}

const LEVELS: usize = 3;

/// `steps` halvings lie between the picture's luma pixels and these planes'.
fn sheet(planes: &[Plane], fine: bool, steps: i32) -> Sheet {
    // Averaging two by two moves the first sample's centre by half a sample each time.
    let scale = 0.5_f32.powi(steps);
    let offset = (scale - 1.0) / 2.0;
    if fine {
        Sheet::enlarged(planes, scale, offset)
    } else {
        Sheet::new(planes, scale, offset)
    }
}

impl Pyramid {
    /// A luma sample of the fitted picture itself.
    pub(super) fn fitted_luma(&self, x: usize, y: usize) -> f32 {
        self.levels
            .first()
            .map_or(0.0, |level| level.luma.nearest(x as f32, y as f32))
    }

    /// `frame` is the fitted picture.
    pub(crate) fn new(frame: &Frame, detail: Detail) -> Self {
        let (width, height) = (frame.size.width as usize, frame.size.height as usize);
        let chroma = |samples: &[u8]| Plane {
            width: width / 2,
            height: height / 2,
            samples: samples.to_vec(),
        };
        let mut chroma = [chroma(&frame.u), chroma(&frame.v)];
        let mut luma = [Plane {
            width,
            height,
            samples: frame.y.clone(),
        }];
        let mut levels = Vec::with_capacity(LEVELS);
        for steps in 0..LEVELS as i32 {
            let (fine_luma, fine_chroma) = join(
                || sheet(&luma, detail.fine_luma, steps),
                || sheet(&chroma, detail.fine_chroma, steps + 1),
            );
            levels.push(Level {
                luma: fine_luma,
                chroma: fine_chroma,
            });
            (luma, chroma) = (luma.each_ref().map(half), chroma.each_ref().map(half));
        }
        Self { levels }
    }
}
