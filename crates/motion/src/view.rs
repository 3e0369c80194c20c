//! What a drawn frame shows where: for everything that is drawn over it.

use domain::media::Size;

use crate::{
    analysis::{Field, Subject},
    camera::Pose,
    light::Light,
    raster::{CELL, Grid},
};

/// One frame of one picture. Between the nodes of its grid everything is taken as bilinear.
#[derive(Debug)]
pub(crate) struct View<'s> {
    pub(crate) grid: Grid,
    /// The subject's own, where it is a layer.
    pub(crate) subject: Option<Grid>,
    /// Where the camera is, without anything else that moves.
    pub(crate) pose: Pose,
    pub(crate) light: Light,
    /// Where the subject is in the picture, at rest.
    pub(crate) place: Subject,
    pub(crate) depth: &'s Field,
    pub(crate) weight: &'s Field,
    /// How much of each place of the picture is sky.
    pub(crate) sky: &'s Field,
}

impl View<'_> {
    /// The picture position, in pixels of the frame's size, that the frame shows at `at`.
    pub(crate) fn source(&self, at: (f32, f32)) -> (f32, f32) {
        source(&self.grid, at)
    }

    /// How near is what stands at `at`: 0 far to 1 near.
    pub(crate) fn depth(&self, at: (f32, f32)) -> f32 {
        self.depth.at(self.source(at))
    }

    /// How much of what stands at `at` is subject: 0 to 1.
    pub(crate) fn subject(&self, at: (f32, f32)) -> f32 {
        self.weight.at(source(self.subject.as_ref().unwrap_or(&self.grid), at))
    }

    pub(crate) fn size(&self) -> Size {
        self.grid.size
    }
}

/// The picture position that a grid has at `at`.
fn source(grid: &Grid, at: (f32, f32)) -> (f32, f32) {
    let place = |value: f32, count: usize| {
        let cells = (value / CELL as f32).clamp(0.0, (count - 1) as f32);
        let cell = (cells as usize).min(count - 2);
        (cell, cells - cell as f32)
    };
    let (column, across) = place(at.0, grid.columns);
    let (row, down) = place(at.1, grid.rows);
    let [a, b, c, d] = grid.corners(column, row);
    let mix = |left: (f32, f32), right: (f32, f32), share: f32| {
        (left.0 + (right.0 - left.0) * share, left.1 + (right.1 - left.1) * share)
    };
    mix(mix(a, b, across), mix(c, d, across), down)
}
