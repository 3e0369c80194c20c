//! Smooth numbers over a frame, known at points some pixels apart.

/// Values at columns and rows that lie `step` pixels apart; the last ones lie on or beyond the edge.
#[derive(Debug)]
pub(super) struct Lattice {
    step: usize,
    columns: usize,
    values: Vec<f32>,
}

impl Lattice {
    /// `value` is asked for positions in pixels. Width and height are those of the frame.
    pub(super) fn new(step: usize, (width, height): (usize, usize), value: impl Fn((f32, f32)) -> f32) -> Self {
        let (columns, rows) = (width.div_ceil(step) + 1, height.div_ceil(step) + 1);
        let mut values = Vec::with_capacity(columns * rows);
        for row in 0..rows {
            for column in 0..columns {
                values.push(value(((column * step) as f32, (row * step) as f32)));
            }
        }
        Self { step, columns, values }
    }

    /// Fills `output`, `every` pixels apart, with the values of the row at `y`, both in pixels.
    pub(super) fn line(&self, y: f32, first: f32, every: f32, output: &mut [f32]) {
        let rows = self.values.len() / self.columns;
        let at = (y / self.step as f32).clamp(0.0, (rows - 1) as f32);
        let row = (at as usize).min(rows.saturating_sub(2));
        let lower = at - row as f32;
        let upper = &self.values[row * self.columns..][..self.columns];
        let under = &self.values[(row + 1).min(rows - 1) * self.columns..][..self.columns];
        let mut across = first / self.step as f32;
        let step = every / self.step as f32;
        for value in output {
            let column = (across as usize).min(self.columns - 2);
            let right = across - column as f32;
            let mix = |row: &[f32]| row[column] + (row[column + 1] - row[column]) * right;
            let (upper, under) = (mix(upper), mix(under));
            *value = upper + (under - upper) * lower;
            across += step;
        }
    }
}
