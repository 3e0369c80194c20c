//! Drawing a part of a picture over a frame: only in the cells in which any of it shows.

use domain::media::Frame;

use super::{
    grid::{CELL, Grid},
    lanes,
    pyramid::Pyramid,
    span::Blend,
    warp::{Column, column},
};

/// Pixels of a whole cell in a plane of half the size.
const HALF: usize = CELL / 2;

/// What is drawn, and how opaque each of its places is, 0 to 255: in luma for luma, in the colour differences for
/// these.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part<'p> {
    pub(crate) colours: &'p Pyramid,
    pub(crate) opacity: &'p Pyramid,
}

/// One cell on its way down.
struct Patch<'p> {
    number: usize,
    colours: Column<'p>,
    opacity: Column<'p>,
}

/// Draws `part` over `frame`, for whose size the grid was made. `shows` says of a cell's corners, as positions in the
/// picture, whether anything of the part may lie between them.
pub(crate) fn draw_part(part: Part<'_>, grid: &Grid, shows: impl Fn(&[(f32, f32); 4]) -> bool, frame: &mut Frame) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        return draw_wide(part, grid, shows, frame);
    }
    draw_with(part, grid, shows, frame, lanes::blend);
}

#[cfg(target_arch = "x86_64")]
fn draw_wide(part: Part<'_>, grid: &Grid, shows: impl Fn(&[(f32, f32); 4]) -> bool, frame: &mut Frame) {
    #[target_feature(enable = "avx2")]
    fn draw(part: Part<'_>, grid: &Grid, shows: impl Fn(&[(f32, f32); 4]) -> bool, frame: &mut Frame) {
        draw_with(part, grid, shows, frame, |sheet, runs, stride, reach| {
            lanes::wide::blend(sheet, runs, stride, reach)
        });
    }
    #[expect(unsafe_code, reason = "two pictures are sampled for each pixel of a subject")]
    // SAFETY: the caller found that the processor can do it.
    unsafe {
        draw(part, grid, shows, frame);
    }
}

#[inline(always)]
fn draw_with(
    part: Part<'_>,
    grid: &Grid,
    shows: impl Fn(&[(f32, f32); 4]) -> bool,
    frame: &mut Frame,
    blend: impl Blend,
) {
    let (width, height) = (frame.size.width as usize, frame.size.height as usize);
    let half = width / 2;
    for row in 0..grid.rows - 1 {
        let patches = (0..grid.columns - 1).filter_map(|number| {
            let corners = grid.corners(number, row);
            if !shows(&corners) {
                return None;
            }
            Some(Patch {
                number,
                colours: column(part.colours, &corners)?,
                opacity: column(part.opacity, &corners)?,
            })
        });
        let mut patches: Vec<_> = patches.collect();
        if patches.is_empty() {
            continue;
        }
        let (y, end) = (row * CELL, (row * CELL + CELL).min(height));
        for under in frame.y[y * width..end * width].chunks_exact_mut(width) {
            for patch in &mut patches {
                let from = patch.number * CELL;
                let (mut over, mut opacity) = ([0; CELL], [0; CELL]);
                patch.colours.luma_line(&mut over, blend);
                patch.opacity.luma_line(&mut opacity, blend);
                lay(&mut under[from..(from + CELL).min(width)], &over, &opacity);
            }
        }
        let lines = y / 2 * half..end / 2 * half;
        let (u_lines, v_lines) = (&mut frame.u[lines.clone()], &mut frame.v[lines]);
        for (u, v) in u_lines.chunks_exact_mut(half).zip(v_lines.chunks_exact_mut(half)) {
            for patch in &mut patches {
                let from = patch.number * HALF;
                let to = (from + HALF).min(half);
                let (mut over_u, mut over_v) = ([0; HALF], [0; HALF]);
                let (mut opacity, mut same) = ([0; HALF], [0; HALF]);
                patch.colours.chroma_line(&mut over_u, &mut over_v, blend);
                patch.opacity.chroma_line(&mut opacity, &mut same, blend);
                lay(&mut u[from..to], &over_u, &opacity);
                lay(&mut v[from..to], &over_v, &opacity);
            }
        }
    }
}

#[inline(always)]
fn lay(under: &mut [u8], over: &[u8], opacity: &[u8]) {
    for ((under, over), opacity) in under.iter_mut().zip(over).zip(opacity) {
        // 255 counts as 256: what is opaque hides all.
        let share = u16::from(*opacity) + u16::from(*opacity >> 7);
        *under = ((u16::from(*under) * (256 - share) + u16::from(*over) * share + 128) >> 8) as u8;
    }
}
