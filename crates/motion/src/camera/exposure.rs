//! An open shutter: what moves fast is blurred along its way.

use domain::media::Frame;

use crate::raster::Grid;

/// Pixels that two neighbouring moments may lie apart.
const APART: f32 = 2.5;
const MOST: u32 = 16;

/// The moments, relative to a frame's own and in frames, whose mean the frame shows when the shutter is open for `open` of
/// its time; `grid` gives the frame's grid at a relative moment.
pub(crate) fn moments(open: f32, grid: impl Fn(f32) -> Grid) -> Vec<f32> {
    let (before, after) = (grid(-open / 2.0), grid(open / 2.0));
    let pairs = before.nodes.iter().zip(&after.nodes);
    let farthest = pairs
        .map(|(before, after)| (after.0 - before.0).hypot(after.1 - before.1))
        .fold(0.0, f32::max);
    let count = ((farthest / APART).ceil() as u32).clamp(1, MOST);
    let share = |number: u32| (number as f32 + 0.5) / count as f32 - 0.5;
    (0..count).map(|number| open * share(number)).collect()
}

/// Draws the mean of what `draw` draws at each of `moments`.
pub(crate) fn exposed(moments: &[f32], frame: &mut Frame, mut draw: impl FnMut(f32, &mut Frame)) {
    let mut sums = [frame.y.len(), frame.u.len(), frame.v.len()].map(|length| vec![0_u16; length]);
    for moment in moments {
        draw(*moment, frame);
        let [y, u, v] = &mut sums;
        for (sum, drawn) in [(y, &frame.y), (u, &frame.u), (v, &frame.v)] {
            for (sum, drawn) in sum.iter_mut().zip(drawn) {
                *sum += u16::from(*drawn);
            }
        }
    }
    let count = moments.len().max(1) as u32;
    // Division by a reciprocal, exact for sums of so few bytes.
    let (half, factor) = (count / 2, (1 << 20) / count + 1);
    let [y, u, v] = &sums;
    for (sum, shown) in [(y, &mut frame.y), (u, &mut frame.u), (v, &mut frame.v)] {
        for (sum, shown) in sum.iter().zip(shown) {
            *shown = (((u32::from(*sum) + half) * factor) >> 20) as u8;
        }
    }
}
