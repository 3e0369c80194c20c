//! Several values for each place of a picture, looked up together.

/// `N` values at each cell of a coarse grid over a frame, interpolated between them.
#[derive(Debug, Clone)]
pub(super) struct Chart<const N: usize> {
    width: usize,
    height: usize,
    scale: (f32, f32),
    cells: Vec<[f32; N]>,
}

impl<const N: usize> Chart<N> {
    /// `values` is asked for column, row and the position of each cell's centre in pixels. Both sides are at least 1;
    /// `frame` is width and height in pixels.
    pub(super) fn new(
        width: usize,
        height: usize,
        frame: (f32, f32),
        values: impl Fn(usize, usize, (f32, f32)) -> [f32; N],
    ) -> Self {
        let scale = (width as f32 / frame.0, height as f32 / frame.1);
        let mut cells = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                let at = ((x as f32 + 0.5) / scale.0 - 0.5, (y as f32 + 0.5) / scale.1 - 0.5);
                cells.push(values(x, y, at));
            }
        }
        Self {
            width,
            height,
            scale,
            cells,
        }
    }

    pub(super) fn at(&self, (x, y): (f32, f32)) -> [f32; N] {
        let x = ((x + 0.5) * self.scale.0 - 0.5).clamp(0.0, (self.width - 1) as f32);
        let y = ((y + 0.5) * self.scale.1 - 0.5).clamp(0.0, (self.height - 1) as f32);
        let (left, top) = (x as usize, y as usize);
        let (across, down) = (x - left as f32, y - top as f32);
        let right = (left + 1).min(self.width - 1);
        let (upper, lower) = (top * self.width, (top + 1).min(self.height - 1) * self.width);
        let corners = [upper + left, upper + right, lower + left, lower + right];
        let weights = [
            (1.0 - across) * (1.0 - down),
            across * (1.0 - down),
            (1.0 - across) * down,
            across * down,
        ];
        let mut values = [0.0; N];
        for (corner, weight) in corners.into_iter().zip(weights) {
            for (value, stored) in values.iter_mut().zip(&self.cells[corner]) {
                *value += weight * stored;
            }
        }
        values
    }
}
