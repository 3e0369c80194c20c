//! The small copy of a picture that the analysis looks at: 320 cells on its long side, in an opponent colour
//! space in which distances are roughly as large as they look.

use domain::media::{Picture, Size};

use super::{map::Map, tint::Tint};
use crate::{error::MotionError, fit::fitted};

const LONG_SIDE: f32 = 320.0;

/// Luma and two colour differences, each about 0 to 1 or -1 to 1, of R'G'B' as it is stored.
#[derive(Debug)]
pub(super) struct Working {
    pub(super) luma: Map,
    /// Red against green.
    pub(super) red_green: Map,
    /// Blue against yellow.
    pub(super) blue_yellow: Map,
    /// R'G'B' as it is stored, 0 to 1.
    pub(super) rgb: Vec<[f32; 3]>,
}

impl Working {
    pub(super) fn new(picture: &Picture) -> Result<Self, MotionError> {
        let frame = picture.size;
        let scale = LONG_SIDE / frame.width.max(frame.height) as f32;
        let side = |length: u32| ((length as f32 * scale).round() as u32).max(4);
        let size = Size {
            width: side(frame.width),
            height: side(frame.height),
        };
        let small = fitted(picture, frame, size)?;
        let (width, height) = (size.width as usize, size.height as usize);
        let pixels = small.rgb.chunks_exact(3);
        let rgb: Vec<[f32; 3]> = pixels
            .map(|pixel| [0, 1, 2].map(|at| f32::from(pixel[at]) / 255.0))
            .collect();
        let channel = |weigh: fn(f32, f32, f32) -> f32| Map {
            width,
            height,
            values: rgb
                .iter()
                .map(|[red, green, blue]| weigh(*red, *green, *blue))
                .collect(),
        };
        Ok(Self {
            luma: channel(|red, green, blue| 0.299 * red + 0.587 * green + 0.114 * blue),
            red_green: channel(|red, green, _| red - green),
            blue_yellow: channel(|red, green, blue| blue - (red + green) / 2.0),
            rgb,
        })
    }

    pub(super) fn channels(&self) -> [&Map; 3] {
        [&self.luma, &self.red_green, &self.blue_yellow]
    }

    pub(super) fn tints(&self) -> Vec<Tint> {
        self.rgb.iter().map(|rgb| Tint::of(*rgb)).collect()
    }
}
