//! Small planes for what is smooth: blurs, glows and slow changes over a frame, and how they are laid over its pixels.

/// Values on a coarse grid over a plane. Between them everything is bilinear.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Coarse {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// Each cell is `1 << shift` pixels wide and high.
    pub(crate) shift: u32,
    /// Whether the first value stands in the middle of the first cell, or at the first pixel.
    centred: bool,
    pub(crate) values: Vec<f32>,
}

/// Fixed point of the rows that are laid over pixels: bits below one.
pub(crate) const FRACTION: u32 = 6;

impl Coarse {
    /// One value for each node of a grid with so many columns and rows, `1 << shift` pixels apart.
    pub(crate) fn nodes(columns: usize, rows: usize, shift: u32, values: Vec<f32>) -> Self {
        Self {
            width: columns,
            height: rows,
            shift,
            centred: false,
            values,
        }
    }

    /// One value for each cell of a plane of `width` by `height` pixels.
    pub(crate) fn cells(width: usize, height: usize, shift: u32, value: impl Fn(usize, usize) -> f32) -> Self {
        let (width, height) = (width.div_ceil(1 << shift), height.div_ceil(1 << shift));
        let mut values = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                values.push(value(x, y));
            }
        }
        Self {
            width,
            height,
            shift,
            centred: true,
            values,
        }
    }

    /// The means of a plane's cells; `shift` is at most 4.
    pub(crate) fn shrunk(plane: &[u8], width: usize, shift: u32) -> Self {
        let side = 1 << shift;
        let rows = plane.len() / width.max(1);
        let (columns, lines) = (width.div_ceil(side), rows.div_ceil(side));
        let mut values = Vec::with_capacity(columns * lines);
        let mut sums = vec![0_u16; width];
        for cells in plane.chunks(side * width) {
            sums.fill(0);
            for line in cells.chunks_exact(width) {
                for (sum, value) in sums.iter_mut().zip(line) {
                    *sum += u16::from(*value);
                }
            }
            let lines = cells.len() / width;
            for cell in sums.chunks(side) {
                let sum: u32 = cell.iter().map(|sum| u32::from(*sum)).sum();
                values.push(sum as f32 / (cell.len() * lines) as f32);
            }
        }
        Self {
            width: columns,
            height: lines,
            shift,
            centred: true,
            values,
        }
    }

    /// Half as many values both ways.
    pub(crate) fn halved(&self) -> Self {
        let at = |x: usize, y: usize| {
            let (x, y) = (x.min(self.width - 1), y.min(self.height - 1));
            self.values[y * self.width + x]
        };
        let (width, height) = (self.width.div_ceil(2), self.height.div_ceil(2));
        let mut values = Vec::with_capacity(width * height);
        for y in (0..height).map(|y| 2 * y) {
            for x in (0..width).map(|x| 2 * x) {
                values.push((at(x, y) + at(x + 1, y) + at(x, y + 1) + at(x + 1, y + 1)) / 4.0);
            }
        }
        Self {
            width,
            height,
            shift: self.shift + 1,
            values,
            ..*self
        }
    }

    /// Blurred by a binomial filter of standard deviation 1 cell, `times` times.
    pub(crate) fn blurred(mut self, times: u32) -> Self {
        let mut turned = Vec::new();
        for _ in 0..times {
            binomial_rows(&self.values, self.width, &mut turned);
            binomial_columns(&turned, self.width, &mut self.values);
        }
        self
    }

    /// Both have the same shape.
    pub(crate) fn join(&mut self, other: &Self, join: impl Fn(f32, f32) -> f32) {
        for (mine, theirs) in self.values.iter_mut().zip(&other.values) {
            *mine = join(*mine, *theirs);
        }
    }

    /// The value at a place in cells, the nearest one outside.
    pub(crate) fn between(&self, x: f32, y: f32) -> f32 {
        let place = |value: f32, count: usize| {
            let at = value.clamp(0.0, (count - 1) as f32);
            let whole = (at as usize).min(count.saturating_sub(2));
            (whole, (whole + 1).min(count - 1), at - whole as f32)
        };
        let ((left, right, across), (upper, lower, down)) = (place(x, self.width), place(y, self.height));
        let row = |y: usize| {
            let (from, to) = (self.values[y * self.width + left], self.values[y * self.width + right]);
            from + (to - from) * across
        };
        let (from, to) = (row(upper), row(lower));
        from + (to - from) * down
    }

    /// The values along pixel row `y`, in fixed point of [`FRACTION`] bits; they must be below 512 there. `scratch` is
    /// reused from row to row.
    pub(crate) fn row(&self, y: usize, scratch: &mut Vec<i16>, output: &mut [i16]) {
        let side = 1_usize << self.shift;
        let place = if self.centred {
            (y as f32 + 0.5) / side as f32 - 0.5
        } else {
            y as f32 / side as f32
        };
        let place = place.clamp(0.0, (self.height - 1) as f32);
        let upper = (place as usize).min(self.height.saturating_sub(2));
        let lower = (upper + 1).min(self.height - 1);
        let share = place - upper as f32;
        let line = |row: usize| &self.values[row * self.width..(row + 1) * self.width];
        scratch.clear();
        let scale = (1 << FRACTION) as f32;
        let pairs = line(upper).iter().zip(line(lower));
        scratch.extend(pairs.map(|(upper, lower)| ((upper + (lower - upper) * share) * scale) as i16));
        expand(scratch, self.shift, self.centred, output);
    }
}

/// A row of coarse values, drawn out to pixels.
fn expand(values: &[i16], shift: u32, centred: bool, output: &mut [i16]) {
    let side = 1_usize << shift;
    let (Some(first), Some(last)) = (values.first(), values.last()) else {
        return;
    };
    let start = if centred { (side / 2).min(output.len()) } else { 0 };
    let (head, rest) = output.split_at_mut(start);
    head.fill(*first);
    // Steps in fractions of half a pixel, so that both kinds of place are whole.
    let phase = i32::from(centred);
    let mut cells = rest.chunks_mut(side);
    for (pair, cell) in values.windows(2).zip(&mut cells) {
        let (from, step) = (i32::from(pair[0]), i32::from(pair[1]) - i32::from(pair[0]));
        let base = (from << (shift + 1)) + step * phase;
        for (number, value) in (0..).zip(cell) {
            *value = ((base + 2 * step * number) >> (shift + 1)) as i16;
        }
    }
    for cell in cells {
        cell.fill(*last);
    }
}

fn binomial(window: [f32; 5]) -> f32 {
    let [a, b, c, d, e] = window;
    (a + e + 4.0 * (b + d) + 6.0 * c) / 16.0
}

fn binomial_rows(values: &[f32], width: usize, output: &mut Vec<f32>) {
    output.clear();
    let mut padded = Vec::with_capacity(width + 4);
    for row in values.chunks_exact(width) {
        let (first, last) = (row[0], row[width - 1]);
        padded.clear();
        padded.extend([first, first]);
        padded.extend_from_slice(row);
        padded.extend([last, last]);
        output.extend(
            padded
                .windows(5)
                .map(|near| binomial([near[0], near[1], near[2], near[3], near[4]])),
        );
    }
}

fn binomial_columns(values: &[f32], width: usize, output: &mut [f32]) {
    let height = values.len() / width;
    for (y, row) in output.chunks_exact_mut(width).enumerate() {
        let line = |offset: isize| {
            let at = y.saturating_add_signed(offset).min(height - 1);
            &values[at * width..(at + 1) * width]
        };
        let (a, b, c, d, e) = (line(-2), line(-1), line(0), line(1), line(2));
        for (x, value) in row.iter_mut().enumerate() {
            *value = binomial([a[x], b[x], c[x], d[x], e[x]]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ramp_stays_a_ramp() {
        let (width, height) = (64, 32);
        let plane: Vec<u8> = (0..width * height)
            .map(|at| (2 * (at % width) + at / width) as u8)
            .collect();
        let coarse = Coarse::shrunk(&plane, width, 2);
        let (mut scratch, mut row) = (Vec::new(), vec![0; width]);
        for y in 2..height - 2 {
            coarse.row(y, &mut scratch, &mut row);
            for (x, value) in row.iter().enumerate().take(width - 2).skip(2) {
                let expected = (2 * x + y) as f32;
                assert!((f32::from(*value) / 64.0 - expected).abs() < 0.1, "{x} {y}");
            }
        }
    }

    #[test]
    fn nodes_are_met_where_they_stand() {
        let nodes = Coarse::nodes(3, 3, 4, (0..9).map(|at| at as f32).collect());
        let (mut scratch, mut row) = (Vec::new(), vec![0; 32]);
        nodes.row(16, &mut scratch, &mut row);
        assert_eq!((row[0], row[16]), (3 * 64, 4 * 64));
        assert_eq!(row[8], 3 * 64 + 32);
    }

    #[test]
    fn a_blur_keeps_the_mean() {
        let spot = Coarse::cells(80, 80, 3, |x, y| if (x, y) == (5, 5) { 160.0 } else { 0.0 });
        let blurred = spot.blurred(1);
        assert!((blurred.values.iter().sum::<f32>() - 160.0).abs() < 1e-3);
        assert!((blurred.values[5 * 10 + 5] - 22.5).abs() < 1e-4);
    }
}
