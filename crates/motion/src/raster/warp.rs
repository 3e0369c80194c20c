//! Drawing a frame: for each cell of the grid, rows of sixteen pixels, each a straight line through the
//! picture's samples.

use domain::media::Frame;

use super::{
    grid::{CELL, Grid, footprint},
    lanes::{self, Reach},
    pyramid::{Level, Pyramid},
    sheet::{Fixed, Sheet},
    span::Blend,
};

/// Up to this shrinking the finest level alone is used; at twice the size it is the next one alone.
const SHRINK_FREE: f32 = 1.2;

/// The two levels that a cell takes, and the share of the second in 256ths.
struct Choice<'p> {
    fine: &'p Level,
    coarse: Option<(&'p Level, u32)>,
}

fn choose<'p>(levels: &'p [Level], footprint: f32) -> Option<Choice<'p>> {
    let octave = if footprint > SHRINK_FREE {
        let start = SHRINK_FREE.log2();
        (footprint.log2() - start) / (1.0 - start)
    } else {
        0.0
    };
    let most = levels.len().saturating_sub(1);
    let lower = (octave as usize).min(most);
    let share = ((octave - lower as f32) * 256.0) as u32;
    let fine = levels.get(lower)?;
    let coarse = levels
        .get(lower + 1)
        .filter(|_| share > 0)
        .map(|level| (level, share.min(256)));
    Some(Choice { fine, coarse })
}

/// A cell's corners among the samples of one sheet, walked down row by row.
struct Cell {
    left: Fixed,
    right: Fixed,
    left_step: Fixed,
    right_step: Fixed,
    /// Of every line of the cell.
    reach: Reach,
}

impl Cell {
    /// `bits`: the cell has `1 << bits` rows and columns in this plane. `between`: its samples lie between
    /// luma pixels, as chroma does, not on them.
    fn new(sheet: &Sheet, corners: &[(f32, f32); 4], bits: u32, between: bool) -> Self {
        let corners = corners.map(|(x, y)| sheet.position(x, y));
        let [a, b, c, d] = corners;
        let left_step = c.minus(a).shifted(bits);
        let right_step = d.minus(b).shifted(bits);
        let reach = if sheet.holds(&corners) {
            Reach::of(b.minus(a).shifted(bits), d.minus(c).shifted(bits))
        } else {
            Reach::Beyond
        };
        let mut cell = Self {
            left: a,
            right: b,
            left_step,
            right_step,
            reach,
        };
        if between {
            // A quarter of a chroma step is half a luma pixel: down here, to the right in `line`.
            cell.left = cell.left.plus(left_step.shifted(2));
            cell.right = cell.right.plus(right_step.shifted(2));
        }
        cell
    }

    /// The start and the step of the next row.
    #[inline(always)]
    fn line(&mut self, bits: u32, between: bool) -> (Fixed, Fixed) {
        let step = self.right.minus(self.left).shifted(bits);
        let start = if between {
            self.left.plus(step.shifted(2))
        } else {
            self.left
        };
        self.left = self.left.plus(self.left_step);
        self.right = self.right.plus(self.right_step);
        (start, step)
    }
}

fn mix(under: &mut [u8], over: &[u8], share: u32) {
    for (under, over) in under.iter_mut().zip(over) {
        let value = u32::from(*under) * (256 - share) + u32::from(*over) * share + 128;
        *under = (value >> 8) as u8;
    }
}

/// One cell of a row of cells, on its way down: its luma lines and its chroma lines.
pub(super) struct Column<'p> {
    choice: Choice<'p>,
    luma: Cell,
    chroma: Cell,
    coarse: Option<(Cell, Cell)>,
}

impl<'p> Column<'p> {
    fn new(choice: Choice<'p>, corners: &[(f32, f32); 4]) -> Self {
        let cells = |level: &Level| {
            (
                Cell::new(&level.luma, corners, 4, false),
                Cell::new(&level.chroma, corners, 3, true),
            )
        };
        let (luma, chroma) = cells(choice.fine);
        let coarse = choice.coarse.as_ref().map(|(level, _)| cells(level));
        Self {
            choice,
            luma,
            chroma,
            coarse,
        }
    }

    #[inline(always)]
    pub(super) fn luma_line(&mut self, output: &mut [u8], blend: impl Blend) {
        let (start, step) = self.luma.line(4, false);
        let level = self.choice.fine;
        level.luma.luma_span(self.luma.reach, start, step, output, blend);
        if let (Some((level, share)), Some((cell, _))) = (&self.choice.coarse, &mut self.coarse) {
            let mut over = [0; CELL];
            let over = &mut over[..output.len()];
            let (start, step) = cell.line(4, false);
            level.luma.luma_span(cell.reach, start, step, over, blend);
            mix(output, over, *share);
        }
    }

    #[inline(always)]
    pub(super) fn chroma_line(&mut self, u: &mut [u8], v: &mut [u8], blend: impl Blend) {
        let (start, step) = self.chroma.line(3, true);
        let level = self.choice.fine;
        level.chroma.chroma_span(self.chroma.reach, start, step, (u, v), blend);
        if let (Some((level, share)), Some((_, cell))) = (&self.choice.coarse, &mut self.coarse) {
            let (mut over_u, mut over_v) = ([0; CELL / 2], [0; CELL / 2]);
            let (over_u, over_v) = (&mut over_u[..u.len()], &mut over_v[..v.len()]);
            let (start, step) = cell.line(3, true);
            level
                .chroma
                .chroma_span(cell.reach, start, step, (over_u, over_v), blend);
            mix(u, over_u, *share);
            mix(v, over_v, *share);
        }
    }
}

/// The cell between these corners; nothing only for a pyramid without levels.
pub(super) fn column<'p>(pyramid: &'p Pyramid, corners: &[(f32, f32); 4]) -> Option<Column<'p>> {
    choose(&pyramid.levels, footprint(corners)).map(|choice| Column::new(choice, corners))
}

/// Draws the picture over the whole frame as the grid says. The grid was made for the frame's size.
pub(crate) fn draw(pyramid: &Pyramid, grid: &Grid, frame: &mut Frame) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        return draw_wide(pyramid, grid, frame);
    }
    draw_with(pyramid, grid, frame, lanes::blend);
}

#[cfg(target_arch = "x86_64")]
fn draw_wide(pyramid: &Pyramid, grid: &Grid, frame: &mut Frame) {
    #[target_feature(enable = "avx2")]
    fn draw(pyramid: &Pyramid, grid: &Grid, frame: &mut Frame) {
        draw_with(pyramid, grid, frame, |sheet, runs, stride, reach| {
            lanes::wide::blend(sheet, runs, stride, reach)
        });
    }
    #[expect(unsafe_code, reason = "a quarter of the whole time of a clip")]
    // SAFETY: the caller found that the processor can do it.
    unsafe {
        draw(pyramid, grid, frame);
    }
}

/// Goes line by line across all cells, not cell by cell: so the samples are read in long runs, which the
/// processor fetches ahead.
#[inline(always)]
fn draw_with(pyramid: &Pyramid, grid: &Grid, frame: &mut Frame, blend: impl Blend) {
    let (width, height) = (frame.size.width as usize, frame.size.height as usize);
    let half = width / 2;
    for row in 0..grid.rows - 1 {
        let columns = (0..grid.columns - 1).map(|number| column(pyramid, &grid.corners(number, row)));
        let Some(mut columns) = columns.collect::<Option<Vec<_>>>() else {
            return;
        };
        let (y, end) = (row * CELL, (row * CELL + CELL).min(height));
        for line in frame.y[y * width..end * width].chunks_exact_mut(width) {
            for (column, output) in columns.iter_mut().zip(line.chunks_mut(CELL)) {
                column.luma_line(output, blend);
            }
        }
        let lines = y / 2 * half..end / 2 * half;
        let (u_lines, v_lines) = (&mut frame.u[lines.clone()], &mut frame.v[lines]);
        for (u_line, v_line) in u_lines.chunks_exact_mut(half).zip(v_lines.chunks_exact_mut(half)) {
            let outputs = u_line.chunks_mut(CELL / 2).zip(v_line.chunks_mut(CELL / 2));
            for (column, (u, v)) in columns.iter_mut().zip(outputs) {
                column.chroma_line(u, v, blend);
            }
        }
    }
}
