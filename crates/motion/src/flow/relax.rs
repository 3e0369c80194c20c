//! Successive over-relaxation of a flow's equations, in the order of a checkerboard: the cells of one colour have
//! neighbours of the other colour alone, so that many are done at once.

use super::field::Flow;

const RELAXATION: f32 = 1.6;

/// The equations of one row of cells: `xx * u + xy * v = x` and `xy * u + yy * v = y`, where the flow is (u, v).
#[derive(Debug)]
pub(super) struct Row {
    pub(super) xx: Vec<f32>,
    pub(super) xy: Vec<f32>,
    pub(super) yy: Vec<f32>,
    pub(super) x: Vec<f32>,
    pub(super) y: Vec<f32>,
    /// How strongly the cells hold on to those to the right and below.
    right: Vec<f32>,
    down: Vec<f32>,
}

impl Row {
    pub(super) fn new(width: usize) -> Self {
        let row = || vec![0.0; width];
        Self {
            xx: row(),
            xy: row(),
            yy: row(),
            x: row(),
            y: row(),
            right: row(),
            down: row(),
        }
    }

    /// Ties row `y` to its neighbours, and solves each cell's equations for its own unknown: `x` and `y` become what it
    /// would be by itself, `xx` and `yy` its part in what the others say.
    fn solve(&mut self, y: usize, smoothness: &[f32]) {
        let width = self.xx.len();
        let line = |y: usize| smoothness.get(y * width..(y + 1) * width);
        let own = line(y).unwrap_or_default();
        let above = y.checked_sub(1).and_then(line);
        tie(own, line(y + 1), &mut self.down);
        for (right, pair) in self.right.iter_mut().zip(own.windows(2)) {
            *right = (pair[0] + pair[1]) / 2.0;
        }
        let mut all = vec![0.0; width];
        tie(own, above, &mut all);
        let mut left = 0.0;
        for ((all, right), down) in all.iter_mut().zip(&self.right).zip(&self.down) {
            *all += left + right + down;
            left = *right;
        }
        for (part, goal) in [(&mut self.xx, &mut self.x), (&mut self.yy, &mut self.y)] {
            for ((part, goal), all) in part.iter_mut().zip(goal.iter_mut()).zip(&all) {
                *part = 1.0 / (*part + all);
                *goal *= *part;
            }
        }
    }
}

/// Half the sum of two rows, where there is another one.
fn tie(own: &[f32], other: Option<&[f32]>, output: &mut [f32]) {
    let Some(other) = other else {
        return output.fill(0.0);
    };
    for ((output, own), other) in output.iter_mut().zip(own).zip(other) {
        *output = (own + other) / 2.0;
    }
}

/// Every second cell of each row, with a cell more on all four sides that holds on to nothing.
#[derive(Debug)]
struct Colour {
    x: Vec<f32>,
    y: Vec<f32>,
    right: Vec<f32>,
    down: Vec<f32>,
    goal_x: Vec<f32>,
    goal_y: Vec<f32>,
    part_x: Vec<f32>,
    part_y: Vec<f32>,
    cross: Vec<f32>,
}

impl Colour {
    fn new(cells: usize) -> Self {
        let cells = || vec![0.0; cells];
        Self {
            x: cells(),
            y: cells(),
            right: cells(),
            down: cells(),
            goal_x: cells(),
            goal_y: cells(),
            part_x: cells(),
            part_y: cells(),
            cross: cells(),
        }
    }

    /// Some cells of a row: those from `at` on, whose left neighbours are from `left` on in `other`, and whose upper and
    /// lower ones lie `stride` before and behind.
    fn relax(&mut self, other: &Self, (at, left, stride): (usize, usize, usize), count: usize) {
        let own_x = &mut self.x[at..][..count];
        let own_y = &mut self.y[at..][..count];
        let [right, down] = [&self.right, &self.down].map(|values| &values[at..][..count]);
        let [goal_x, goal_y] = [&self.goal_x, &self.goal_y].map(|values| &values[at..][..count]);
        let [part_x, part_y] = [&self.part_x, &self.part_y].map(|values| &values[at..][..count]);
        let cross = &self.cross[at..][..count];
        let places = [left, left + 1, at - stride, at + stride];
        let x = places.map(|from| &other.x[from..][..count]);
        let y = places.map(|from| &other.y[from..][..count]);
        let (before, above) = (&other.right[left..][..count], &other.down[at - stride..][..count]);
        for i in 0..count {
            let hold = [before[i], right[i], above[i], down[i]];
            let pull = |values: &[&[f32]; 4]| {
                (hold[0] * values[0][i] + hold[1] * values[1][i]) + (hold[2] * values[2][i] + hold[3] * values[3][i])
            };
            let goal = goal_x[i] + part_x[i] * (pull(&x) - cross[i] * own_y[i]);
            own_x[i] += RELAXATION * (goal - own_x[i]);
            let goal = goal_y[i] + part_y[i] * (pull(&y) - cross[i] * own_x[i]);
            own_y[i] += RELAXATION * (goal - own_y[i]);
        }
    }
}

/// A flow and its equations. Cell (x, y) is of colour `(x + y) % 2`, in which it is number `x / 2` of its row.
#[derive(Debug)]
pub(super) struct Board {
    width: usize,
    height: usize,
    colours: [Colour; 2],
}

impl Board {
    /// With `flow` to start from.
    pub(super) fn new(flow: &Flow) -> Self {
        let (width, height) = (flow.width(), flow.height());
        let cells = (width.div_ceil(2) + 2) * (height + 2);
        let mut board = Self {
            width,
            height,
            colours: [Colour::new(cells), Colour::new(cells)],
        };
        for y in 0..height {
            let cells = y * width..(y + 1) * width;
            board.deal(y, &flow.x.values[cells.clone()], |colour| &mut colour.x);
            board.deal(y, &flow.y.values[cells], |colour| &mut colour.y);
        }
        board
    }

    fn stride(&self) -> usize {
        self.width.div_ceil(2) + 2
    }

    /// Where row `y` begins in a colour.
    fn start(&self, y: usize) -> usize {
        (y + 1) * self.stride() + 1
    }

    /// Deals a row out to the two colours.
    fn deal(&mut self, y: usize, row: &[f32], place: fn(&mut Colour) -> &mut Vec<f32>) {
        let start = self.start(y);
        for first in 0..2 {
            let colour = &mut self.colours[(y + first) % 2];
            let cells = &mut place(colour)[start..];
            for (cell, value) in cells.iter_mut().zip(row.iter().skip(first).step_by(2)) {
                *cell = *value;
            }
        }
    }

    /// Sets row `y` up, after whose equations nothing else is left of `row`. `smoothness` is that of all cells.
    pub(super) fn set(&mut self, y: usize, smoothness: &[f32], row: &mut Row) {
        row.solve(y, smoothness);
        self.deal(y, &row.right, |colour| &mut colour.right);
        self.deal(y, &row.down, |colour| &mut colour.down);
        self.deal(y, &row.x, |colour| &mut colour.goal_x);
        self.deal(y, &row.y, |colour| &mut colour.goal_y);
        self.deal(y, &row.xx, |colour| &mut colour.part_x);
        self.deal(y, &row.yy, |colour| &mut colour.part_y);
        self.deal(y, &row.xy, |colour| &mut colour.cross);
    }

    /// Brings every cell nearer to what its equations and its neighbours say.
    pub(super) fn sweep(&mut self) {
        let (stride, half) = (self.stride(), self.width.div_ceil(2));
        for number in 0..2 {
            for y in 0..self.height {
                let at = self.start(y);
                // The first cell of this colour stands in column 0 or 1.
                let left = if (y + number) % 2 == 0 { at - 1 } else { at };
                let [one, other] = &mut self.colours;
                let (own, other) = if number == 0 { (one, other) } else { (other, one) };
                own.relax(other, (at, left, stride), half);
            }
        }
    }

    /// The flow as it is now.
    pub(super) fn read(&self, flow: &mut Flow) {
        for y in 0..self.height {
            let start = self.start(y);
            for first in 0..2 {
                let colour = &self.colours[(y + first) % 2];
                let cells = y * self.width..(y + 1) * self.width;
                for (values, from) in [(&mut flow.x.values, &colour.x), (&mut flow.y.values, &colour.y)] {
                    let row = values[cells.clone()].iter_mut().skip(first).step_by(2);
                    row.zip(&from[start..]).for_each(|(value, cell)| *value = *cell);
                }
            }
        }
    }
}
