//! A small grid of numbers over the picture, and the few operations that the analysis is made of.

/// Values over the picture, row by row. Positions between them are interpolated.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Map {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) values: Vec<f32>,
}

impl Map {
    pub(crate) fn new(width: usize, height: usize, value: impl Fn(usize, usize) -> f32) -> Self {
        let mut values = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                values.push(value(x, y));
            }
        }
        Self { width, height, values }
    }

    /// The value at whole coordinates, the nearest one outside.
    pub(crate) fn at(&self, x: isize, y: isize) -> f32 {
        let x = x.clamp(0, self.width as isize - 1) as usize;
        let y = y.clamp(0, self.height as isize - 1) as usize;
        self.values[y * self.width + x]
    }

    /// The value at `x`, `y` in cells, centres at whole numbers, interpolated bilinearly.
    pub(crate) fn sample(&self, x: f32, y: f32) -> f32 {
        let x = x.clamp(0.0, (self.width - 1) as f32);
        let y = y.clamp(0.0, (self.height - 1) as f32);
        let (left, top) = (x as usize, y as usize);
        let (share_x, share_y) = (x - left as f32, y - top as f32);
        let right = (left + 1).min(self.width - 1);
        let (upper, lower) = (top * self.width, (top + 1).min(self.height - 1) * self.width);
        let row = |start: usize| self.values[start + left] * (1.0 - share_x) + self.values[start + right] * share_x;
        row(upper) * (1.0 - share_y) + row(lower) * share_y
    }

    pub(crate) fn map(&self, change: impl Fn(f32) -> f32) -> Self {
        Self {
            values: self.values.iter().map(|value| change(*value)).collect(),
            ..*self
        }
    }

    /// As `map`, with the column and the row of each value.
    pub(crate) fn indexed(&self, change: impl Fn(usize, usize, f32) -> f32) -> Self {
        Self::new(self.width, self.height, |x, y| {
            change(x, y, self.values[y * self.width + x])
        })
    }

    /// Both maps have the same size.
    pub(crate) fn zip(&self, other: &Self, join: impl Fn(f32, f32) -> f32) -> Self {
        let pairs = self.values.iter().zip(&other.values);
        Self {
            values: pairs.map(|(left, right)| join(*left, *right)).collect(),
            ..*self
        }
    }

    pub(crate) fn mean(&self) -> f32 {
        self.values.iter().sum::<f32>() / self.values.len().max(1) as f32
    }

    /// Stretched so that the smallest value is 0 and the largest 1; all 0 when there is no difference.
    pub(crate) fn normalised(&self) -> Self {
        let low = self.values.iter().copied().fold(f32::INFINITY, f32::min);
        let high = self.values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let span = high - low;
        self.map(|value| if span > 1e-6 { (value - low) / span } else { 0.0 })
    }

    /// The value below which the share `rank` of all values lies.
    pub(crate) fn quantile(&self, rank: f32) -> f32 {
        let mut values = self.values.clone();
        let at = (rank.clamp(0.0, 1.0) * (values.len().max(1) - 1) as f32).round() as usize;
        if at >= values.len() {
            return 0.0;
        }
        *values.select_nth_unstable_by(at, f32::total_cmp).1
    }

    /// The mean over a square of `2 * radius + 1` cells; at the edge over what of it lies inside.
    pub(crate) fn box_mean(&self, radius: usize) -> Self {
        self.box_means(radius, 1)
    }

    /// Nearly a Gaussian of standard deviation `sigma` cells: three box means.
    pub(crate) fn blurred(&self, sigma: f32) -> Self {
        self.box_means(sigma.max(0.0).round() as usize, 3)
    }

    fn box_means(&self, radius: usize, rounds: usize) -> Self {
        if radius == 0 || self.values.is_empty() {
            return self.clone();
        }
        let mut values = self.values.clone();
        let mut row = vec![0.0; self.width];
        let shares: Vec<f32> = window_shares(self.width, radius);
        for line in values.chunks_exact_mut(self.width) {
            for _ in 0..rounds {
                row_mean(line, radius, &shares, &mut row);
                line.copy_from_slice(&row);
            }
        }
        let mut other = vec![0.0; values.len()];
        for _ in 0..rounds {
            column_means(&values, self.width, radius, &mut other);
            std::mem::swap(&mut values, &mut other);
        }
        Self { values, ..*self }
    }

    /// Rows become columns.
    pub(crate) fn transposed(&self) -> Self {
        Self::new(self.height, self.width, |x, y| self.values[x * self.width + y])
    }
}

/// One over the number of cells of each window of `2 * radius + 1` cells that lie inside `length`.
fn window_shares(length: usize, radius: usize) -> Vec<f32> {
    let inside = |at: usize| (at + radius + 1).min(length) - at.saturating_sub(radius);
    (0..length).map(|at| 1.0 / inside(at) as f32).collect()
}

fn row_mean(line: &[f32], radius: usize, shares: &[f32], means: &mut [f32]) {
    let mut sum: f32 = line.iter().take(radius).sum();
    for (at, (mean, share)) in means.iter_mut().zip(shares).enumerate() {
        if let Some(entering) = line.get(at + radius) {
            sum += entering;
        }
        if let Some(leaving) = at.checked_sub(radius + 1) {
            sum -= line[leaving];
        }
        *mean = sum * share;
    }
}

/// All columns at once, row by row, so that it goes many cells at a time.
fn column_means(values: &[f32], width: usize, radius: usize, means: &mut [f32]) {
    let height = values.len() / width;
    let row = |y: usize| &values[y * width..(y + 1) * width];
    let mut sums = vec![0.0; width];
    for y in 0..radius.min(height) {
        for (sum, value) in sums.iter_mut().zip(row(y)) {
            *sum += value;
        }
    }
    let shares = window_shares(height, radius);
    for (y, (line, share)) in means.chunks_exact_mut(width).zip(&shares).enumerate() {
        if y + radius < height {
            for (sum, value) in sums.iter_mut().zip(row(y + radius)) {
                *sum += value;
            }
        }
        if y > radius {
            for (sum, value) in sums.iter_mut().zip(row(y - radius - 1)) {
                *sum -= value;
            }
        }
        for (mean, sum) in line.iter_mut().zip(&sums) {
            *mean = sum * share;
        }
    }
}

/// A map laid over a frame, asked by positions in the frame's pixels.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    map: Map,
    scale: (f32, f32),
}

impl Field {
    /// `frame`: width and height in pixels.
    pub(crate) fn new(map: Map, frame: (f32, f32)) -> Self {
        let scale = (map.width as f32 / frame.0, map.height as f32 / frame.1);
        Self { map, scale }
    }

    pub(crate) fn at(&self, (x, y): (f32, f32)) -> f32 {
        self.map
            .sample((x + 0.5) * self.scale.0 - 0.5, (y + 0.5) * self.scale.1 - 0.5)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blur_keeps_a_flat_map_and_spreads_a_peak() {
        let flat = Map::new(9, 7, |_, _| 0.4);
        assert!(flat.blurred(2.0).values.iter().all(|value| (value - 0.4).abs() < 1e-5));
        let peak = Map::new(9, 7, |x, y| if (x, y) == (4, 3) { 1.0 } else { 0.0 }).box_mean(1);
        assert!((peak.at(4, 3) - 1.0 / 9.0).abs() < 1e-6);
        assert!((peak.at(3, 2) - 1.0 / 9.0).abs() < 1e-6);
        assert_eq!(peak.at(2, 3), 0.0);
    }

    #[test]
    fn sampling_interpolates_and_stays_inside() {
        let slope = Map::new(4, 4, |x, y| (x + 10 * y) as f32);
        assert!((slope.sample(1.5, 2.25) - 24.0).abs() < 1e-5);
        assert_eq!(slope.sample(-5.0, -5.0), 0.0);
        assert_eq!(slope.sample(50.0, 50.0), 33.0);
    }
}
