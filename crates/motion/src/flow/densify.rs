//! From patches to a flow for every cell: the mean of the patches over it, each weighted by how well it fits
//! just there (Kroeger et al. 2016, equation 3).

use super::{
    field::Flow,
    octave::{Octave, SIDE},
    search::Patches,
};

/// A difference below this, in standard deviations, is as good as none.
const GOOD_FIT: f32 = 0.06;

pub(super) fn densified(from: &Octave, to: &Octave, patches: &Patches) -> Flow {
    let (width, height) = (from.width, from.height);
    let mut weights = vec![0.0_f32; width * height];
    let mut flow = Flow::new(width, height, |_, _| (0.0, 0.0));
    for row in 0..patches.rows {
        for column in 0..patches.columns {
            let (x, y) = patches.corner(column, row);
            let moved = patches.moved[row * patches.columns + column];
            let here = from.patch(x as f32, y as f32);
            let there = to.patch(x as f32 + moved.0, y as f32 + moved.1);
            for (line, (here, there)) in here.chunks_exact(SIDE).zip(there.chunks_exact(SIDE)).enumerate() {
                let start = (y + line) * width + x;
                let cells = start..start + SIDE;
                let sums = flow.x.values[cells.clone()]
                    .iter_mut()
                    .zip(&mut flow.y.values[cells.clone()]);
                for (((here, there), weight), sum) in here.iter().zip(there).zip(&mut weights[cells]).zip(sums) {
                    let fit = 1.0 / (here - there).abs().max(GOOD_FIT);
                    *weight += fit;
                    *sum.0 += fit * moved.0;
                    *sum.1 += fit * moved.1;
                }
            }
        }
    }
    for values in [&mut flow.x.values, &mut flow.y.values] {
        for (value, weight) in values.iter_mut().zip(&weights) {
            *value /= weight.max(1e-6);
        }
    }
    flow
}
