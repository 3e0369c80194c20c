//! A smooth warp from few numbers: displacements at the nodes of a coarse lattice over the frame, joined by
//! uniform cubic B-splines (free-form deformation: Sederberg and Parry 1986; with splines: Lee, Wolberg and Shin
//! 1996). Its slopes can be known, not guessed.

/// Cells along the frame's longer side.
const CELLS: f32 = 36.0;
/// Cells along the shorter side, at least.
const FEWEST: usize = 4;

/// How far content moves, in pixels of the frame to the right and down.
#[derive(Debug, Clone)]
pub(super) struct Lattice {
    columns: usize,
    rows: usize,
    /// Pixels from node to node.
    step: (f32, f32),
    /// Row by row, with one node beyond each edge of the frame.
    nodes: Vec<(f32, f32)>,
}

/// The smallest and the largest singular value of a warp's Jacobian: 1 keeps a length.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Strain {
    pub(super) least: f32,
    pub(super) most: f32,
}

impl Strain {
    pub(super) const NONE: Self = Self { least: 1.0, most: 1.0 };

    fn of([[a, b], [c, d]]: [[f32; 2]; 2]) -> Self {
        let turned = (a + d).hypot(c - b) / 2.0;
        let bent = (a - d).hypot(b + c) / 2.0;
        Self {
            least: turned - bent,
            most: turned + bent,
        }
    }

    pub(super) fn joined(self, other: Self) -> Self {
        Self {
            least: self.least.min(other.least),
            most: self.most.max(other.most),
        }
    }
}

impl Lattice {
    /// For a frame of this size; `moved` gives the displacement at a position. If it is `bound`, what would carry content
    /// over an edge is 0 there, so that the warp never looks outside the frame; along an edge content may slide.
    pub(super) fn new((width, height): (f32, f32), bound: bool, moved: impl Fn((f32, f32)) -> (f32, f32)) -> Self {
        let (right, bottom) = ((width - 1.0).max(1.0), (height - 1.0).max(1.0));
        let cell = right.max(bottom) / CELLS;
        let columns = ((right / cell).round() as usize).max(FEWEST);
        let rows = ((bottom / cell).round() as usize).max(FEWEST);
        let step = (right / columns as f32, bottom / rows as f32);
        let mut lattice = Self {
            columns,
            rows,
            step,
            nodes: vec![(0.0, 0.0); (columns + 3) * (rows + 3)],
        };
        for (at, node) in lattice.nodes.iter_mut().enumerate() {
            let (column, row) = ((at % (columns + 3)) as f32 - 1.0, (at / (columns + 3)) as f32 - 1.0);
            *node = moved((column * step.0, row * step.1));
        }
        if bound {
            lattice.bind();
        }
        lattice
    }

    /// The place of a node of the frame; the one to its left and the one above it exist as well.
    fn index(&self, column: usize, row: usize) -> usize {
        (row + 1) * (self.columns + 3) + column + 1
    }

    /// Sets the nodes beyond the edges: odd across an edge, so that the spline is 0 on it, and even along it.
    fn bind(&mut self) {
        let stride = self.columns + 3;
        for row in 0..=self.rows {
            let (left, right) = (self.index(0, row), self.index(self.columns, row));
            self.nodes[left].0 = 0.0;
            self.nodes[right].0 = 0.0;
            let (second, last) = (self.nodes[left + 1], self.nodes[right - 1]);
            self.nodes[left - 1] = (-second.0, second.1);
            self.nodes[right + 1] = (-last.0, last.1);
        }
        for column in 0..stride {
            let (top, bottom) = (stride + column, (self.rows + 1) * stride + column);
            self.nodes[top].1 = 0.0;
            self.nodes[bottom].1 = 0.0;
            let (second, last) = (self.nodes[top + stride], self.nodes[bottom - stride]);
            self.nodes[top - stride] = (second.0, -second.1);
            self.nodes[bottom + stride] = (last.0, -last.1);
        }
    }

    /// The displacement at a position; outside the frame that of its edge.
    pub(super) fn at(&self, (x, y): (f32, f32)) -> (f32, f32) {
        let (column, across) = place(x / self.step.0, self.columns);
        let (row, down) = place(y / self.step.1, self.rows);
        self.sum(column, row, &spline(across), &spline(down))
    }

    fn sum(&self, column: usize, row: usize, across: &[f32; 4], down: &[f32; 4]) -> (f32, f32) {
        let stride = self.columns + 3;
        let start = row * stride + column;
        let mut sum = (0.0, 0.0);
        for (line, share) in down.iter().enumerate() {
            let from = start + line * stride;
            let mut along = (0.0, 0.0);
            for (node, share) in self.nodes[from..from + 4].iter().zip(across) {
                along = (along.0 + share * node.0, along.1 + share * node.1);
            }
            sum = (sum.0 + share * along.0, sum.1 + share * along.1);
        }
        sum
    }

    /// The extremes of the Jacobian of `p - displacement(p)`, looked for at the nodes and the middles of the
    /// cells: between two of these the derivative of a cubic spline is a parabola.
    /// Cells in which nothing `counts` are left out.
    pub(super) fn strain(&self, counts: impl Fn((f32, f32)) -> bool) -> Strain {
        let mut strain = Strain::NONE;
        for row in 0..self.rows {
            for column in 0..self.columns {
                let corner = (column as f32 * self.step.0, row as f32 * self.step.1);
                if !counts(corner) {
                    continue;
                }
                for share in [0.0, 0.5] {
                    let (values, slopes) = (spline(share), slope(share));
                    let x = self.sum(column, row, &slopes, &values);
                    let y = self.sum(column, row, &values, &slopes);
                    strain = strain.joined(Strain::of([
                        [1.0 - x.0 / self.step.0, -y.0 / self.step.1],
                        [-x.1 / self.step.0, 1.0 - y.1 / self.step.1],
                    ]));
                }
            }
        }
        strain
    }
}

/// The cell that `value` lies in, of `count`, and the share of it that lies before `value`.
fn place(value: f32, count: usize) -> (usize, f32) {
    let value = value.clamp(0.0, count as f32);
    let cell = (value as usize).min(count - 1);
    (cell, value - cell as f32)
}

/// How much the four nodes round a cell count, at the share `t` of the cell.
fn spline(t: f32) -> [f32; 4] {
    let rest = 1.0 - t;
    let (square, cube) = (t * t, t * t * t);
    [
        rest * rest * rest / 6.0,
        (3.0 * cube - 6.0 * square + 4.0) / 6.0,
        (3.0 * square - 3.0 * cube + 3.0 * t + 1.0) / 6.0,
        cube / 6.0,
    ]
}

/// The derivative of [`spline`].
fn slope(t: f32) -> [f32; 4] {
    let rest = 1.0 - t;
    [
        -rest * rest / 2.0,
        (3.0 * t * t - 4.0 * t) / 2.0,
        (2.0 * t - 3.0 * t * t + 1.0) / 2.0,
        t * t / 2.0,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_slides_along_the_edges_and_never_over_them() {
        let lattice = Lattice::new((321.0, 181.0), true, |_| (5.0, 3.0));
        for at in [(0.0, 40.0), (320.0, 77.3), (0.0, 0.0)] {
            assert!(lattice.at(at).0.abs() < 1e-5);
        }
        for at in [(30.0, 0.0), (211.7, 180.0), (320.0, 180.0)] {
            assert!(lattice.at(at).1.abs() < 1e-5);
        }
        let (x, y) = lattice.at((150.0, 0.0));
        assert!((x - 5.0).abs() < 1e-4 && y.abs() < 1e-5);
        let (x, y) = lattice.at((160.0, 90.0));
        assert!((x - 5.0).abs() < 1e-4 && (y - 3.0).abs() < 1e-4);
    }

    #[test]
    fn strain_is_that_of_the_warp() {
        let bump = |(x, y): (f32, f32)| {
            let far = ((x - 160.0) / 90.0).powi(2) + ((y - 90.0) / 50.0).powi(2);
            (14.0 * (-far).exp(), -9.0 * (-far).exp())
        };
        let lattice = Lattice::new((321.0, 181.0), true, bump);
        let found = lattice.strain(|_| true);
        let mut seen = Strain::NONE;
        for y in 0..179 {
            for x in 0..319 {
                let at = |x: u16, y: u16| {
                    let (x, y) = (f32::from(x), f32::from(y));
                    let moved = lattice.at((x, y));
                    (x - moved.0, y - moved.1)
                };
                let (here, right, below) = (at(x, y), at(x + 1, y), at(x, y + 1));
                seen = seen.joined(Strain::of([
                    [right.0 - here.0, below.0 - here.0],
                    [right.1 - here.1, below.1 - here.1],
                ]));
            }
        }
        assert!(found.least < 0.9 && found.most > 1.1, "{found:?}");
        assert!(
            seen.least > found.least - 0.01 && seen.most < found.most + 0.01,
            "{seen:?} {found:?}"
        );
    }
}
