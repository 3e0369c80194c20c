//! A small picture with a hole in it, and smaller ones of it.

use domain::media::Frame;

/// Colours in a grid: luma and both colour differences, 0 to 1, and one that is always 0, so that a colour fills a
/// register.
#[derive(Debug, Clone)]
pub(super) struct Canvas {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) colours: Vec<[f32; 4]>,
    /// Which cells are to be filled.
    pub(super) hole: Vec<bool>,
}

impl Canvas {
    /// Means over `side` by `side` pixels of `frame`; `side` is even. A cell with any pixel in the hole is in it.
    pub(super) fn of(frame: &Frame, hole: &[bool], side: usize) -> Self {
        let (columns, rows) = (frame.size.width as usize, frame.size.height as usize);
        let (width, height) = (columns.div_ceil(side), rows.div_ceil(side));
        let mean = |plane: &[u8], (columns, rows): (usize, usize), side: usize, x: usize, y: usize| {
            let across = x * side..(x * side + side).min(columns);
            let (mut sum, mut count) = (0_u32, 0_u32);
            for line in
                (y * side..(y * side + side).min(rows)).filter_map(|y| plane.get(y * columns..(y + 1) * columns))
            {
                let cells = line.get(across.clone()).unwrap_or_default();
                sum += cells.iter().map(|value| u32::from(*value)).sum::<u32>();
                count += cells.len() as u32;
            }
            sum as f32 / (255 * count.max(1)) as f32
        };
        let half = (columns / 2, rows / 2);
        let cells = || (0..width * height).map(|at| (at % width, at / width));
        let colours = cells().map(|(x, y)| {
            [
                mean(&frame.y, (columns, rows), side, x, y),
                mean(&frame.u, half, side / 2, x, y),
                mean(&frame.v, half, side / 2, x, y),
                0.0,
            ]
        });
        let open = cells().map(|(x, y)| {
            let across = x * side..(x * side + side).min(columns);
            let mut lines =
                (y * side..(y * side + side).min(rows)).filter_map(|y| hole.get(y * columns..(y + 1) * columns));
            lines.any(|line| line.get(across.clone()).is_some_and(|cells| cells.contains(&true)))
        });
        Self {
            width,
            height,
            colours: colours.collect(),
            hole: open.collect(),
        }
    }

    /// Half as large each way: means of what is known of four cells. A cell is in the hole if any of its four is.
    pub(super) fn halved(&self) -> Self {
        let (width, height) = (self.width.div_ceil(2), self.height.div_ceil(2));
        let four = |at: usize| {
            let (x, y) = (at % width * 2, at / width * 2);
            let (right, below) = ((x + 1).min(self.width - 1), (y + 1).min(self.height - 1));
            [(x, y), (right, y), (x, below), (right, below)].map(|(x, y)| y * self.width + x)
        };
        let colour = |at: usize| {
            let known: Vec<usize> = four(at).into_iter().filter(|cell| !self.hole[*cell]).collect();
            let mut mean = [0.0; 4];
            for cell in &known {
                for (mean, value) in mean.iter_mut().zip(self.colours[*cell]) {
                    *mean += value / known.len() as f32;
                }
            }
            mean
        };
        Self {
            width,
            height,
            colours: (0..width * height).map(colour).collect(),
            hole: (0..width * height)
                .map(|at| four(at).iter().any(|cell| self.hole[*cell]))
                .collect(),
        }
    }

    /// The colour at a place in cells, centres at whole numbers, interpolated bilinearly.
    pub(super) fn at(&self, x: f32, y: f32, channel: usize) -> f32 {
        let (x, y) = (
            x.clamp(0.0, (self.width - 1) as f32),
            y.clamp(0.0, (self.height - 1) as f32),
        );
        let (left, top) = (x as usize, y as usize);
        let (right, below) = ((left + 1).min(self.width - 1), (top + 1).min(self.height - 1));
        let (across, down) = (x - left as f32, y - top as f32);
        let value = |x: usize, y: usize| self.colours[y * self.width + x][channel];
        let row = |y: usize| value(left, y) + (value(right, y) - value(left, y)) * across;
        row(top) + (row(below) - row(top)) * down
    }
}
