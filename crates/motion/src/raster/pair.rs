//! Two pictures mixed, each sampled where its own warp says. Where both warps and the mixture go smoothly they are
//! drawn in runs; elsewhere, as along what moves before something else, pixel by pixel.

use domain::media::Frame;

use super::{
    grid::CELL,
    lanes,
    pyramid::Pyramid,
    span::Blend,
    spot::Spot,
    warp::{Column, column},
};

/// Pixels between the points at which the warps are looked up.
const STEP: usize = 4;
const STEPS: usize = CELL / STEP;
/// How far, in pixels, a warp may be from the straight way between a cell's corners for the cell to be smooth; and
/// the same of the mixture.
const STRAIGHT: f32 = 0.4;
const EVEN: f32 = 0.04;

/// Where a place comes from in both pictures, in pixels, and the second one's share.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Source {
    pub(crate) first: (f32, f32),
    pub(crate) second: (f32, f32),
    pub(crate) share: f32,
}

impl Source {
    fn mix(&self, other: &Self, share: f32) -> Self {
        let mix = |a: f32, b: f32| a + (b - a) * share;
        let place = |a: (f32, f32), b: (f32, f32)| (mix(a.0, b.0), mix(a.1, b.1));
        Self {
            first: place(self.first, other.first),
            second: place(self.second, other.second),
            share: mix(self.share, other.share),
        }
    }

    fn is_near(&self, other: &Self) -> bool {
        let near = |a: (f32, f32), b: (f32, f32)| (a.0 - b.0).abs().max((a.1 - b.1).abs()) < STRAIGHT;
        near(self.first, other.first) && near(self.second, other.second) && (self.share - other.share).abs() < EVEN
    }
}

/// The points of one row of cells: `STEPS + 1` lines of so many.
struct Points {
    across: usize,
    sources: Vec<Source>,
}

impl Points {
    fn at(&self, across: usize, down: usize) -> &Source {
        &self.sources[down * self.across + across]
    }

    fn corners(&self, number: usize) -> [&Source; 4] {
        let (left, right) = (number * STEPS, number * STEPS + STEPS);
        [
            self.at(left, 0),
            self.at(right, 0),
            self.at(left, STEPS),
            self.at(right, STEPS),
        ]
    }

    /// Whether everything within a cell lies where its corners say.
    fn is_smooth(&self, number: usize) -> bool {
        let [a, b, c, d] = self.corners(number);
        (0..=STEPS).all(|down| {
            let share = down as f32 / STEPS as f32;
            let (left, right) = (a.mix(c, share), b.mix(d, share));
            (0..=STEPS).all(|across| {
                let straight = left.mix(&right, across as f32 / STEPS as f32);
                self.at(number * STEPS + across, down).is_near(&straight)
            })
        })
    }

    /// Where the pixels of a line of a cell come from: `start`, in pixels, from its corner, then `every` so many.
    fn place(&self, number: usize, start: (f32, f32), every: f32, spots: &mut [[Spot; CELL]; 2], shares: &mut [u16]) {
        let down = ((start.1 / STEP as f32) as usize).min(STEPS - 1);
        let lower = start.1 / STEP as f32 - down as f32;
        let line: [Source; STEPS + 1] = std::array::from_fn(|step| {
            let across = number * STEPS + step;
            self.at(across, down).mix(self.at(across, down + 1), lower)
        });
        let [first, second] = spots;
        for (index, ((first, second), share)) in first.iter_mut().zip(second).zip(shares).enumerate() {
            let at = (start.0 + index as f32 * every) / STEP as f32;
            let step = (at as usize).min(STEPS - 1);
            let source = line[step].mix(&line[step + 1], at - step as f32);
            *first = Spot::new(source.first);
            *second = Spot::new(source.second);
            *share = in_256ths(source.share);
        }
    }
}

fn in_256ths(share: f32) -> u16 {
    (share * 256.0 + 0.5) as u16
}

/// A smooth cell: both pictures' runs, and the mixture at its corners.
struct Cell<'p> {
    columns: [Column<'p>; 2],
    shares: [f32; 4],
}

impl<'p> Cell<'p> {
    fn new(points: &Points, number: usize, pyramids: [&'p Pyramid; 2]) -> Option<Self> {
        if !points.is_smooth(number) {
            return None;
        }
        let corners = points.corners(number);
        Some(Self {
            columns: [
                column(pyramids[0], &corners.map(|corner| corner.first))?,
                column(pyramids[1], &corners.map(|corner| corner.second))?,
            ],
            shares: corners.map(|corner| corner.share),
        })
    }

    fn place(&self, start: (f32, f32), every: f32, shares: &mut [u16]) {
        let [a, b, c, d] = self.shares;
        let down = start.1 / CELL as f32;
        let (left, right) = (a + (c - a) * down, b + (d - b) * down);
        let step = (right - left) / CELL as f32;
        for (index, share) in shares.iter_mut().enumerate() {
            *share = in_256ths(left + step * (start.0 + index as f32 * every));
        }
    }
}

/// Draws both pictures mixed. `source`: where what stands at a place of the frame, in pixels, comes from.
pub(crate) fn draw_pair(pyramids: [&Pyramid; 2], source: impl Fn((f32, f32)) -> Source, frame: &mut Frame) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        return draw_wide(pyramids, source, frame);
    }
    draw_with(pyramids, source, frame, lanes::blend);
}

#[cfg(target_arch = "x86_64")]
fn draw_wide(pyramids: [&Pyramid; 2], source: impl Fn((f32, f32)) -> Source, frame: &mut Frame) {
    #[target_feature(enable = "avx2")]
    fn draw(pyramids: [&Pyramid; 2], source: impl Fn((f32, f32)) -> Source, frame: &mut Frame) {
        draw_with(pyramids, source, frame, |sheet, runs, stride, reach| {
            lanes::wide::blend(sheet, runs, stride, reach)
        });
    }
    #[expect(unsafe_code, reason = "as for a single picture")]
    // SAFETY: the caller found that the processor can do it.
    unsafe {
        draw(pyramids, source, frame);
    }
}

#[inline(always)]
fn draw_with(pyramids: [&Pyramid; 2], source: impl Fn((f32, f32)) -> Source, frame: &mut Frame, blend: impl Blend) {
    let (width, height) = (frame.size.width as usize, frame.size.height as usize);
    let half = width / 2;
    let count = width.div_ceil(CELL);
    let mut points = Points {
        across: count * STEPS + 1,
        sources: Vec::new(),
    };
    let mut line = Line::new(width);
    for (row, y_lines) in frame.y.chunks_mut(CELL * width).enumerate() {
        let lines = (row * STEPS..=row * STEPS + STEPS)
            .flat_map(|down| (0..points.across).map(move |across| ((across * STEP) as f32, (down * STEP) as f32)));
        points.sources = lines.map(&source).collect();
        let mut cells: Vec<_> = (0..count).map(|number| Cell::new(&points, number, pyramids)).collect();
        for (down, output) in y_lines.chunks_exact_mut(width).enumerate() {
            line.luma(&points, &mut cells, down, pyramids, blend);
            mix(&line.values, &line.shares, output);
        }
        let first = row * CELL / 2;
        for down in 0..(CELL / 2).min(height / 2 - first) {
            line.chroma(&points, &mut cells, down, pyramids, blend);
            let output = (first + down) * half..(first + down + 1) * half;
            mix(&line.values, &line.shares, &mut frame.u[output.clone()]);
            mix(&line.others, &line.shares, &mut frame.v[output]);
        }
    }
}

/// One line of a frame before it is mixed.
struct Line {
    values: [Vec<u8>; 2],
    /// V, where the values are U.
    others: [Vec<u8>; 2],
    shares: Vec<u16>,
    width: usize,
}

impl Line {
    fn new(width: usize) -> Self {
        let values = || [vec![0; width], vec![0; width]];
        Self {
            values: values(),
            others: values(),
            shares: vec![0; width],
            width,
        }
    }

    #[inline(always)]
    fn luma(
        &mut self,
        points: &Points,
        cells: &mut [Option<Cell<'_>>],
        down: usize,
        pyramids: [&Pyramid; 2],
        blend: impl Blend,
    ) {
        let start = (0.0, down as f32);
        for (number, cell) in cells.iter_mut().enumerate() {
            let span = number * CELL..((number + 1) * CELL).min(self.width);
            let shares = &mut self.shares[span.clone()];
            if let Some(cell) = cell {
                cell.place(start, 1.0, shares);
                for (column, values) in cell.columns.iter_mut().zip(&mut self.values) {
                    column.luma_line(&mut values[span.clone()], blend);
                }
                continue;
            }
            let mut spots = [[Spot::default(); CELL]; 2];
            points.place(number, start, 1.0, &mut spots, shares);
            for ((pyramid, spots), values) in pyramids.iter().zip(&spots).zip(&mut self.values) {
                pyramid.luma(spots, &mut values[span.clone()]);
            }
        }
    }

    #[inline(always)]
    fn chroma(
        &mut self,
        points: &Points,
        cells: &mut [Option<Cell<'_>>],
        down: usize,
        pyramids: [&Pyramid; 2],
        blend: impl Blend,
    ) {
        let start = (0.5, 2.0 * down as f32 + 0.5);
        for (number, cell) in cells.iter_mut().enumerate() {
            let span = number * CELL / 2..((number + 1) * CELL / 2).min(self.width / 2);
            let shares = &mut self.shares[span.clone()];
            let outputs = self.values.iter_mut().zip(&mut self.others);
            let outputs = outputs.map(|(u, v)| (&mut u[span.clone()], &mut v[span.clone()]));
            if let Some(cell) = cell {
                cell.place(start, 2.0, shares);
                for (column, (u, v)) in cell.columns.iter_mut().zip(outputs) {
                    column.chroma_line(u, v, blend);
                }
                continue;
            }
            let mut spots = [[Spot::default(); CELL]; 2];
            points.place(number, start, 2.0, &mut spots, shares);
            for ((pyramid, spots), (u, v)) in pyramids.iter().zip(&spots).zip(outputs) {
                pyramid.chroma(spots, u, v);
            }
        }
    }
}

fn mix(values: &[Vec<u8>; 2], shares: &[u16], output: &mut [u8]) {
    for (((value, first), second), share) in output.iter_mut().zip(&values[0]).zip(&values[1]).zip(shares) {
        let sum = u16::from(*first) * (256 - share) + u16::from(*second) * share + 128;
        *value = (sum >> 8) as u8;
    }
}
