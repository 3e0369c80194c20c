//! Flow without its noise: the mean of what moves alike nearby.

use super::field::Flow;

/// Cells to either side of each.
const REACH: usize = 3;
/// Cells within which two movements are those of one thing.
const ALIKE: f32 = 0.6;
const ROUNDS: usize = 3;

impl Flow {
    /// Smooth within what moves as one, and as sharp as before between that and what moves otherwise.
    pub(super) fn calmed(&self) -> Self {
        let mut calm = self.clone();
        for _ in 0..ROUNDS {
            calm = calm.along_rows().transposed();
            calm = calm.along_rows().transposed();
        }
        calm
    }

    fn transposed(&self) -> Self {
        Self {
            x: self.x.transposed(),
            y: self.y.transposed(),
        }
    }

    fn along_rows(&self) -> Self {
        let width = self.width();
        let mut calm = self.clone();
        if width <= 2 * REACH {
            return calm;
        }
        let rows = self.x.values.chunks_exact(width).zip(self.y.values.chunks_exact(width));
        let outputs = calm
            .x
            .values
            .chunks_exact_mut(width)
            .zip(calm.y.values.chunks_exact_mut(width));
        let mut weights = vec![0.0_f32; width];
        for ((x, y), (to_x, to_y)) in rows.zip(outputs) {
            weights.fill(1.0);
            for far in 1..=REACH {
                let (here, there) = (0..width - far, far..width);
                for (own, other) in [(here.clone(), there.clone()), (there, here)] {
                    let cells = to_x[own.clone()].iter_mut().zip(&mut to_y[own.clone()]);
                    let cells = cells.zip(&mut weights[own.clone()]);
                    let own = x[own.clone()].iter().zip(&y[own]);
                    let other = x[other.clone()].iter().zip(&y[other]);
                    for ((((to_x, to_y), sum), own), other) in cells.zip(own).zip(other) {
                        let off = (own.0 - other.0).abs().max((own.1 - other.1).abs());
                        let weight = if off < ALIKE { 1.0 } else { 0.0 };
                        *sum += weight;
                        *to_x += weight * other.0;
                        *to_y += weight * other.1;
                    }
                }
            }
            for ((x, y), weight) in to_x.iter_mut().zip(to_y).zip(&weights) {
                *x /= weight;
                *y /= weight;
            }
        }
        calm
    }
}
