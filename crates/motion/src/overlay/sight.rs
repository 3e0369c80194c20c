//! What overlays see of the picture under them: how the camera moves things at each depth, and where the
//! subject is.

use super::paint::PITCH;
use crate::{camera::ease::smooth, light::Light, raster::CELL, view::View};

/// Above the second weight of the subject nothing behind it is seen, below the first everything.
const HIDING: (f32, f32) = (0.18, 0.62);
/// Where a subject's brim is: below its top, in its heights, and its half width, in the subject's.
const BRIM: (f32, f32) = (0.38, 0.36);

/// The views of one frame: those of the pictures in it with their shares, which add up to 1.
pub(super) struct Sight<'v> {
    views: &'v [(View<'v>, f32)],
    far: Camera,
    near: Camera,
    centre: (f32, f32),
}

/// How the camera moves what stands at one depth: the frame's centre shows what was `offset` from it, and round
/// it `matrix` (row by row) turns and scales.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Camera {
    offset: (f32, f32),
    matrix: [f32; 4],
}

impl<'v> Sight<'v> {
    /// There is at least one view.
    pub(super) fn new(views: &'v [(View<'v>, f32)]) -> Self {
        let size = views
            .first()
            .map_or((0, 0), |(view, _)| (view.size().width, view.size().height));
        let centre = (size.0 as f32 / 2.0, size.1 as f32 / 2.0);
        let camera = |depth: f32| {
            let mut mean = Camera {
                offset: (0.0, 0.0),
                matrix: [0.0; 4],
            };
            for (view, share) in views {
                mean.add(&Camera::of(view, centre, depth), *share);
            }
            mean
        };
        Self {
            views,
            far: camera(0.0),
            near: camera(1.0),
            centre,
        }
    }

    /// How far the camera went over what stands at `depth`, in pixels of the frame.
    pub(super) fn offset(&self, depth: f32) -> (f32, f32) {
        let (far, near) = (self.far.offset, self.near.offset);
        (far.0 + (near.0 - far.0) * depth, far.1 + (near.1 - far.1) * depth)
    }

    /// Turned and scaled about the frame's centre as the camera does it at `depth`, but not moved.
    pub(super) fn turned(&self, at: (f32, f32), depth: f32) -> (f32, f32) {
        let [a, b, c, d] = self.matrix(depth);
        let (x, y) = (at.0 - self.centre.0, at.1 - self.centre.1);
        (self.centre.0 + a * x + b * y, self.centre.1 + c * x + d * y)
    }

    /// Where the frame shows what stands at `at` in the picture, at `depth`.
    pub(super) fn shown(&self, at: (f32, f32), depth: f32) -> (f32, f32) {
        let offset = self.offset(depth);
        self.turned((at.0 - offset.0, at.1 - offset.1), depth)
    }

    /// Where the light stands, in pixels of the frame; it may be outside. It is as far away as can be.
    pub(super) fn light(&self) -> (f32, f32) {
        self.far_away(|light| light.at)
    }

    /// Where a lens would flare, in pixels of the frame.
    pub(super) fn glare(&self) -> (f32, f32) {
        self.far_away(|light| light.glare)
    }

    /// Where what rises from the subject begins, and half the width there, in pixels of the frame, if it is at `depth`.
    pub(super) fn brim(&self, depth: f32) -> ((f32, f32), f32) {
        let (mut at, mut half_width) = ((0.0, 0.0), 0.0);
        for (view, share) in self.views {
            let place = &view.place;
            at.0 += place.centre.0 * 2.0 * self.centre.0 * share;
            at.1 += (place.top + BRIM.0 * (place.base - place.top)) * 2.0 * self.centre.1 * share;
            half_width += BRIM.1 * place.half_width * 2.0 * self.centre.0 * share;
        }
        (self.shown(at, depth), half_width * self.scale(depth))
    }

    fn far_away(&self, place: impl Fn(&Light) -> (f32, f32)) -> (f32, f32) {
        let mut at = (0.0, 0.0);
        for (view, share) in self.views {
            let (x, y) = place(&view.light);
            at.0 += x * 2.0 * self.centre.0 * share;
            at.1 += y * 2.0 * self.centre.1 * share;
        }
        self.shown(at, 0.0)
    }

    /// How much larger the camera shows what stands at `depth`.
    pub(super) fn scale(&self, depth: f32) -> f32 {
        let [a, b, c, d] = self.matrix(depth);
        (a * d - b * c).abs().sqrt().clamp(0.5, 3.0)
    }

    /// How much is seen at `at` of something behind the subject: 0 to 1.
    pub(super) fn behind(&self, at: (f32, f32)) -> f32 {
        let weight: f32 = self.views.iter().map(|(view, share)| view.subject(at) * share).sum();
        1.0 - hides(weight)
    }

    /// How much is seen at `at` of a particle at `depth`: those nearer than the subject are not hidden.
    pub(super) fn seen(&self, at: (f32, f32), depth: f32) -> f32 {
        let before = smooth((depth - 0.5) / 0.14);
        if before >= 1.0 {
            return 1.0;
        }
        // Nor is the far seen before near ground.
        let ground: f32 = self.views.iter().map(|(view, share)| view.depth(at) * share).sum();
        let free = 1.0 - 0.8 * smooth((ground - depth - 0.35) / 0.3);
        before.max(self.behind(at) * free)
    }

    /// What stands where, for veils.
    pub(super) fn ground(&self) -> Ground {
        let mut ground = Ground {
            columns: 1,
            nodes: Vec::new(),
        };
        for (view, share) in self.views {
            ground.columns = view.grid.columns;
            ground.nodes.resize(view.grid.nodes.len(), (0.0, 0.0));
            for (node, source) in ground.nodes.iter_mut().zip(&view.grid.nodes) {
                node.0 += view.depth.at(*source) * share;
                node.1 += view.weight.at(*source) * share;
            }
        }
        for node in &mut ground.nodes {
            node.1 = 1.0 - hides(node.1);
        }
        ground
    }

    fn matrix(&self, depth: f32) -> [f32; 4] {
        let (far, near) = (self.far.matrix, self.near.matrix);
        std::array::from_fn(|index| far[index] + (near[index] - far[index]) * depth)
    }
}

/// Depth, and how much is seen of something behind the subject, all over a frame.
pub(super) struct Ground {
    columns: usize,
    nodes: Vec<(f32, f32)>,
}

impl Ground {
    /// At a node of a veil.
    pub(super) fn at(&self, column: usize, row: usize) -> (f32, f32) {
        const STEP: usize = CELL / PITCH;
        let node = |column: usize, row: usize| {
            let at = row / STEP * self.columns + column / STEP;
            self.nodes.get(at).copied().unwrap_or((0.5, 1.0))
        };
        if column.is_multiple_of(STEP) && row.is_multiple_of(STEP) {
            return node(column, row);
        }
        // A veil's nodes lie on those of the grid or halfway between.
        let around = [
            node(column, row),
            node(column + 1, row),
            node(column, row + 1),
            node(column + 1, row + 1),
        ];
        let sum = around
            .into_iter()
            .fold((0.0, 0.0), |sum, node| (sum.0 + node.0, sum.1 + node.1));
        (sum.0 / 4.0, sum.1 / 4.0)
    }
}

fn hides(weight: f32) -> f32 {
    smooth((weight - HIDING.0) / (HIDING.1 - HIDING.0))
}

impl Camera {
    fn of(view: &View<'_>, centre: (f32, f32), depth: f32) -> Self {
        const REACH: f32 = 64.0;
        let source = |x: f32, y: f32| view.pose.source((centre.0 + x, centre.1 + y), |_| depth);
        let middle = source(0.0, 0.0);
        let (right, below) = (source(REACH, 0.0), source(0.0, REACH));
        let column = |at: (f32, f32)| ((at.0 - middle.0) / REACH, (at.1 - middle.1) / REACH);
        let ((a, c), (b, d)) = (column(right), column(below));
        let determinant = a * d - b * c;
        let matrix = if determinant.abs() > 0.01 {
            [d, -b, -c, a].map(|value| value / determinant)
        } else {
            [1.0, 0.0, 0.0, 1.0]
        };
        Self {
            offset: (middle.0 - centre.0, middle.1 - centre.1),
            matrix,
        }
    }

    fn add(&mut self, other: &Self, share: f32) {
        self.offset.0 += other.offset.0 * share;
        self.offset.1 += other.offset.1 * share;
        for (sum, value) in self.matrix.iter_mut().zip(other.matrix) {
            *sum += value * share;
        }
    }
}
