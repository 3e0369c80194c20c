//! The one way in for depth: estimated here, or brought along.

use domain::media::Size;

use crate::{
    analysis::Map,
    error::MotionError,
    fit::{Part, covered},
};

/// Where the depth of a picture comes from.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Depth {
    /// From the picture itself, by what the analysis sees in it.
    #[default]
    Estimate,
    /// From elsewhere: a depth network's answer, say.
    Given(DepthMap),
}

/// How near everything in a picture is. Covers the whole picture, at a size of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct DepthMap(Map);

impl DepthMap {
    /// `nearness` row by row, in any unit: greater is nearer, as inverse depth or disparity is.
    ///
    /// # Errors
    /// `BrokenDepth` when there are not `size.width` times `size.height` finite numbers, or none at all.
    pub fn new(size: Size, nearness: Vec<f32>) -> Result<Self, MotionError> {
        let (width, height) = (size.width as usize, size.height as usize);
        let fits = !nearness.is_empty() && width.checked_mul(height) == Some(nearness.len());
        if !fits || nearness.iter().any(|value| !value.is_finite()) {
            return Err(MotionError::BrokenDepth);
        }
        Ok(Self(Map {
            width,
            height,
            values: nearness,
        }))
    }
}

impl Depth {
    /// What is known of that part of a picture which a frame of size `frame` shows.
    pub(crate) fn over(&self, picture: Size, frame: Size) -> Option<Map> {
        let Self::Given(DepthMap(map)) = self else {
            return None;
        };
        let part = covered(picture, frame);
        let across = map.width as f64 / f64::from(picture.width);
        let down = map.height as f64 / f64::from(picture.height);
        let Part { left, top, .. } = part;
        let width = ((part.width * across).round() as usize).max(1);
        let height = ((part.height * down).round() as usize).max(1);
        Some(Map::new(width, height, |x, y| {
            map.sample((left * across) as f32 + x as f32, (top * down) as f32 + y as f32)
        }))
    }
}
