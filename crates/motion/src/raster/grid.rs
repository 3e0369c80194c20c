//! Where each pixel of a frame comes from, on a grid every 16 pixels. Between its nodes the warp is taken as
//! bilinear.

use domain::media::Size;

/// Pixels between two nodes.
pub(crate) const CELL: usize = 16;

/// A backward warp.
pub(crate) trait Warp {
    /// The position in the picture that the frame shows at `at`. Both in pixels of the frame's size,
    /// centres at whole numbers.
    fn source(&self, at: (f32, f32)) -> (f32, f32);
}

/// The warp at the nodes; the last column and row lie on or beyond the frame's edge.
#[derive(Debug)]
pub(crate) struct Grid {
    pub(crate) size: Size,
    pub(crate) columns: usize,
    pub(crate) rows: usize,
    pub(crate) nodes: Vec<(f32, f32)>,
}

impl Grid {
    pub(crate) fn new(size: Size, mut source: impl FnMut((f32, f32)) -> (f32, f32)) -> Self {
        let columns = (size.width as usize).div_ceil(CELL) + 1;
        let rows = (size.height as usize).div_ceil(CELL) + 1;
        let mut nodes = Vec::with_capacity(columns * rows);
        for row in 0..rows {
            for column in 0..columns {
                nodes.push(source(((column * CELL) as f32, (row * CELL) as f32)));
            }
        }
        Self {
            size,
            columns,
            rows,
            nodes,
        }
    }

    /// The four nodes round a cell: upper left, upper right, lower left, lower right.
    pub(crate) fn corners(&self, column: usize, row: usize) -> [(f32, f32); 4] {
        let at = row * self.columns + column;
        [
            self.nodes[at],
            self.nodes[at + 1],
            self.nodes[at + self.columns],
            self.nodes[at + self.columns + 1],
        ]
    }
}

/// How many picture pixels one frame pixel covers in this cell, at most: 1 keeps the size, above 1 the
/// picture shrinks.
pub(super) fn footprint(corners: &[(f32, f32); 4]) -> f32 {
    let square = |from: (f32, f32), to: (f32, f32)| {
        let (x, y) = (to.0 - from.0, to.1 - from.1);
        x * x + y * y
    };
    let [a, b, c, d] = *corners;
    let most = square(a, b).max(square(a, c)).max(square(b, d)).max(square(c, d));
    most.sqrt() / CELL as f32
}
