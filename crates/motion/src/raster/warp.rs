//! Drawing a frame: for each cell of the grid, rows of sixteen pixels, each a straight line through the
//! picture's samples.

use domain::media::Frame;

use super::{
    grid::{CELL, Grid, footprint},
    pyramid::{Level, Pyramid},
    span::{Fixed, Sheet},
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
}

impl Cell {
    /// `bits`: the cell has `1 << bits` rows and columns in this plane. `between`: its samples lie between
    /// luma pixels, as chroma does, not on them.
    fn new(sheet: &Sheet, corners: &[(f32, f32); 4], bits: u32, between: bool) -> Self {
        let [a, b, c, d] = corners.map(|(x, y)| sheet.position(x, y));
        let left_step = c.minus(a).shifted(bits);
        let right_step = d.minus(b).shifted(bits);
        let mut cell = Self {
            left: a,
            right: b,
            left_step,
            right_step,
        };
        if between {
            // A quarter of a chroma step is half a luma pixel: down here, to the right in `line`.
            cell.left = cell.left.plus(left_step.shifted(2));
            cell.right = cell.right.plus(right_step.shifted(2));
        }
        cell
    }

    /// The start and the step of the next row.
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

fn luma_cell(
    choice: &Choice<'_>,
    corners: &[(f32, f32); 4],
    width: usize,
    rows: std::slice::ChunksMut<'_, u8>,
    x: usize,
) {
    let mut fine = Cell::new(&choice.fine.luma, corners, 4, false);
    let mut coarse = choice
        .coarse
        .as_ref()
        .map(|(level, share)| (level, Cell::new(&level.luma, corners, 4, false), *share));
    for row in rows.take(CELL) {
        let output = &mut row[x..x + width];
        let (start, step) = fine.line(4, false);
        choice.fine.luma.luma_span(start, step, output);
        if let Some((level, cell, share)) = &mut coarse {
            let mut over = [0; CELL];
            let (start, step) = cell.line(4, false);
            level.luma.luma_span(start, step, &mut over[..width]);
            mix(output, &over, *share);
        }
    }
}

fn chroma_cell(
    choice: &Choice<'_>,
    corners: &[(f32, f32); 4],
    width: usize,
    (u_rows, v_rows): (std::slice::ChunksMut<'_, u8>, std::slice::ChunksMut<'_, u8>),
    x: usize,
) {
    let mut fine = Cell::new(&choice.fine.chroma, corners, 3, true);
    let mut coarse = choice
        .coarse
        .as_ref()
        .map(|(level, share)| (level, Cell::new(&level.chroma, corners, 3, true), *share));
    for (u_row, v_row) in u_rows.zip(v_rows).take(CELL / 2) {
        let (u, v) = (&mut u_row[x..x + width], &mut v_row[x..x + width]);
        let (start, step) = fine.line(3, true);
        choice.fine.chroma.chroma_span(start, step, u, v);
        if let Some((level, cell, share)) = &mut coarse {
            let (mut over_u, mut over_v) = ([0; CELL / 2], [0; CELL / 2]);
            let (start, step) = cell.line(3, true);
            level
                .chroma
                .chroma_span(start, step, &mut over_u[..width], &mut over_v[..width]);
            mix(u, &over_u, *share);
            mix(v, &over_v, *share);
        }
    }
}

/// Draws the picture over the whole frame as the grid says. The grid was made for the frame's size.
pub(crate) fn draw(pyramid: &Pyramid, grid: &Grid, frame: &mut Frame) {
    let (width, height) = (frame.size.width as usize, frame.size.height as usize);
    for row in 0..grid.rows - 1 {
        let y = row * CELL;
        for column in 0..grid.columns - 1 {
            let x = column * CELL;
            let corners = grid.corners(column, row);
            let Some(choice) = choose(&pyramid.levels, footprint(&corners)) else {
                return;
            };
            let cell_width = CELL.min(width - x);
            let cell_height = CELL.min(height - y);
            let luma = frame.y[y * width..(y + cell_height) * width].chunks_mut(width);
            luma_cell(&choice, &corners, cell_width, luma, x);
            let half = width / 2;
            let chroma = y / 2 * half..(y + cell_height) / 2 * half;
            let rows = (
                frame.u[chroma.clone()].chunks_mut(half),
                frame.v[chroma].chunks_mut(half),
            );
            chroma_cell(&choice, &corners, cell_width / 2, rows, x / 2);
        }
    }
}
