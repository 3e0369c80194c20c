//! What is out of focus goes soft, by how far it lies from what is sharp.

use domain::media::Frame;

use super::focus::Focus;
use crate::{
    raster::{CELL, Coarse},
    view::View,
};

/// Standard deviation of the two blurs, in cells of the finer one.
const FINE: f32 = 1.05;
const STRONG: f32 = 2.5;
/// The softness at which the finer blur alone is shown.
const MIDDLE: f32 = 0.45;

/// Blurs `frame`, which shows `view`. Two blurred copies of it are made small and laid over the sharp one by each pixel's
/// softness. Sharp things do not bleed into their soft surroundings: in the copies every place counts by its softness.
pub(crate) fn defocus(focus: &Focus, view: &View<'_>, frame: &mut Frame) {
    let (width, height) = (frame.size.width as usize, frame.size.height as usize);
    let sigma = focus.blur * width as f32;
    // The cells whose strong blur comes nearest to what is asked for; what remains is made up by the softness.
    let shift = ((sigma / STRONG).max(1.0).log2().round() as u32).clamp(1, 3);
    let strength = (sigma / (STRONG * (1 << shift) as f32)).min(1.0);
    let nodes: Vec<f32> = view
        .grid
        .nodes
        .iter()
        .map(|at| strength * focus.softness(view.depth.at(*at)))
        .collect();
    if nodes.iter().all(|softness| *softness < 0.004) {
        return;
    }
    let spread = |shift: u32, nodes: Vec<f32>| Coarse::nodes(view.grid.columns, view.grid.rows, shift, nodes);
    let half = spread(CELL.ilog2() - 1, nodes.clone());
    let softness = spread(CELL.ilog2(), nodes);
    let weight = weights(&softness, width, height, shift);
    for (plane, width, shift, softness) in [
        (&mut frame.y, width, shift, &softness),
        (&mut frame.u, width / 2, shift - 1, &half),
        (&mut frame.v, width / 2, shift - 1, &half),
    ] {
        soften(plane, width, shift, softness, &weight);
    }
}

/// How much each cell counts in the blurs.
fn weights(softness: &Coarse, width: usize, height: usize, shift: u32) -> Coarse {
    let mut row = vec![0; width];
    let mut scratch = Vec::new();
    let mut weights = Coarse::cells(width, height, shift, |_, _| 0.0);
    for (y, line) in weights.values.chunks_exact_mut(weights.width).enumerate() {
        softness.row(
            ((y << shift) + (1 << shift) / 2).min(height - 1),
            &mut scratch,
            &mut row,
        );
        for (value, cell) in line.iter_mut().zip(row.chunks(1 << shift)) {
            let middle = cell.get(cell.len() / 2).copied().unwrap_or(0);
            *value = 0.02 + f32::from(middle) / 64.0;
        }
    }
    weights
}

fn soften(plane: &mut [u8], width: usize, shift: u32, softness: &Coarse, weight: &Coarse) {
    let mut light = Coarse::shrunk(plane, width, shift);
    light.join(weight, |light, weight| light * weight);
    let passes = (FINE * FINE).round() as u32;
    let (light, weight) = (light.blurred(passes), weight.clone().blurred(passes));
    let divided = |light: &Coarse, weight: &Coarse| {
        let mut mean = light.clone();
        mean.join(weight, |light, weight| light / weight);
        mean
    };
    let fine = divided(&light, &weight);
    let strong = divided(&light.halved().blurred(1), &weight.halved().blurred(1));
    let mut rows = [vec![0_i16; width], vec![0; width], vec![0; width]];
    let mut scratch = Vec::new();
    for (y, line) in plane.chunks_exact_mut(width).enumerate() {
        let [soft, fine_row, strong_row] = &mut rows;
        softness.row(y, &mut scratch, soft);
        if soft.iter().all(|softness| *softness == 0) {
            continue;
        }
        fine.row(y, &mut scratch, fine_row);
        strong.row(y, &mut scratch, strong_row);
        blend(line, soft, fine_row, strong_row);
    }
}

/// From sharp to fine to strong, by `soft` (64 is 1). Fixed point of 6 bits, products kept to their upper half.
fn blend(line: &mut [u8], soft: &[i16], fine: &[i16], strong: &[i16]) {
    const FULL: f32 = 32767.0 / 64.0;
    let first = (FULL / MIDDLE) as i32;
    let second = (FULL / (1.0 - MIDDLE)) as i32;
    let middle = (MIDDLE * 64.0) as i16;
    let part = |difference: i16, share: i32| ((i32::from(difference) * share) >> 15) as i16;
    for (((value, soft), fine), strong) in line.iter_mut().zip(soft).zip(fine).zip(strong) {
        let sharp = i16::from(*value) << 6;
        let to_fine = i32::from((*soft).min(middle)) * first;
        let to_strong = i32::from((*soft - middle).max(0)) * second;
        let shown = sharp + part(*fine - sharp, to_fine.min(32767));
        let shown = shown + part(*strong - shown, to_strong.min(32767));
        *value = ((shown + 32) >> 6).clamp(0, 255) as u8;
    }
}
