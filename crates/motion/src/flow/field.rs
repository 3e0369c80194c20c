//! Where each cell of one picture is in another.

use crate::analysis::Map;

/// How far each cell moves, in cells.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Flow {
    pub(crate) x: Map,
    pub(crate) y: Map,
}

impl Flow {
    pub(crate) fn new(width: usize, height: usize, moved: impl Fn(usize, usize) -> (f32, f32)) -> Self {
        let mut flow = Self {
            x: Map::new(width, height, |_, _| 0.0),
            y: Map::new(width, height, |_, _| 0.0),
        };
        for y in 0..height {
            for x in 0..width {
                (flow.x.values[y * width + x], flow.y.values[y * width + x]) = moved(x, y);
            }
        }
        flow
    }

    pub(crate) fn width(&self) -> usize {
        self.x.width
    }

    pub(crate) fn height(&self) -> usize {
        self.x.height
    }

    /// At a position in cells, centres at whole numbers.
    pub(crate) fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x.sample(x, y), self.y.sample(x, y))
    }

    /// The same flow over a picture with other numbers of cells.
    pub(super) fn scaled(&self, width: usize, height: usize) -> Self {
        let scale = (width as f32 / self.width() as f32, height as f32 / self.height() as f32);
        Self::new(width, height, |x, y| {
            let (x, y) = ((x as f32 + 0.5) / scale.0 - 0.5, (y as f32 + 0.5) / scale.1 - 0.5);
            let moved = self.at(x, y);
            (moved.0 * scale.0, moved.1 * scale.1)
        })
    }
}
