//! The subject as a layer of its own over what was behind it: for pictures in which it can be cut out with confidence.
//! Made once for a clip; nothing of it changes from frame to frame but where it is drawn.

mod fill;
mod matte;
mod shadow;

use domain::media::Frame;

pub(crate) use self::shadow::Shadow;

use crate::{
    analysis::{Cut, Map},
    raster::{Detail, Pyramid},
};

/// A cell of the small map of opacity covers so many pixels each way.
const CELL: usize = 8;
/// Pixels beyond the subject that enlarging and shrinking look at.
const RINGS: usize = 8;

/// What is drawn apart.
#[derive(Debug)]
pub(crate) struct Layer {
    /// The picture without its subject.
    pub(crate) background: Pyramid,
    /// The subject's colours, where it is and a little beyond.
    pub(crate) subject: Pyramid,
    /// How opaque it is, 0 to 255: in luma's place for luma, in the colour differences' for these.
    pub(crate) opacity: Pyramid,
    /// How opaque it is, 0 to 1, small.
    pub(crate) shape: Map,
}

impl Layer {
    /// From the fitted picture and a cut of it.
    pub(crate) fn new(picture: &Frame, cut: &Cut, detail: Detail) -> Self {
        let width = picture.size.width as usize;
        let long = picture.size.width.max(picture.size.height) as usize;
        let mut alpha = matte::rimmed(&cut.alpha, width, (long / 500).max(1));
        let hole: Vec<bool> = alpha.iter().map(|alpha| *alpha > 0).collect();
        let behind = fill::filled(picture, &hole);
        matte::raise(&mut alpha, &picture.y, &behind.y);
        let mut half = matte::halved(&alpha, width);
        matte::raise(&mut half, &picture.u, &behind.u);
        matte::raise(&mut half, &picture.v, &behind.v);
        let mut subject = picture.clone();
        matte::part(&mut subject.y, &behind.y, &alpha, width, RINGS);
        matte::part(&mut subject.u, &behind.u, &half, width / 2, RINGS / 2);
        matte::part(&mut subject.v, &behind.v, &half, width / 2, RINGS / 2);
        let shape = shape(&alpha, width);
        let opacity = Frame {
            size: picture.size,
            u: half.clone(),
            v: half,
            y: alpha,
        };
        Self {
            background: Pyramid::new(&behind, detail),
            subject: Pyramid::new(&subject, detail),
            opacity: Pyramid::new(&opacity, Detail::COARSE),
            shape,
        }
    }

    /// Whether anything of the subject may lie within these corners, places in the picture.
    pub(crate) fn shows(&self, corners: &[(f32, f32); 4]) -> bool {
        let cells = |value: &dyn Fn(&(f32, f32)) -> f32, count: usize| {
            let least = corners.iter().map(value).fold(f32::INFINITY, f32::min);
            let most = corners.iter().map(value).fold(f32::NEG_INFINITY, f32::max);
            // Sampling looks a pixel or two beyond.
            let cell = |place: f32| (place / CELL as f32).clamp(0.0, (count - 1) as f32) as usize;
            cell(least - 3.0)..=cell(most + 3.0)
        };
        let across = cells(&|corner| corner.0, self.shape.width);
        cells(&|corner| corner.1, self.shape.height).any(|y| {
            let line = self.shape.values.get(y * self.shape.width..).unwrap_or_default();
            line.get(across.clone())
                .is_some_and(|cells| cells.iter().any(|cell| *cell > 0.0))
        })
    }
}

/// Means of opacity over squares of [`CELL`] pixels.
fn shape(alpha: &[u8], width: usize) -> Map {
    let height = alpha.len() / width;
    Map::new(width.div_ceil(CELL), height.div_ceil(CELL), |x, y| {
        let across = x * CELL..(x * CELL + CELL).min(width);
        let (mut sum, mut count) = (0_u32, 0_u32);
        for line in alpha.chunks_exact(width).skip(y * CELL).take(CELL) {
            let cells = line.get(across.clone()).unwrap_or_default();
            sum += cells.iter().map(|value| u32::from(*value)).sum::<u32>();
            count += cells.len() as u32;
        }
        sum as f32 / (255 * count.max(1)) as f32
    })
}

#[cfg(test)]
mod tests;
