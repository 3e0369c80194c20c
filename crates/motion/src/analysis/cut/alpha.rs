//! From a cut on the small grid to opacity at full size: the fast guided filter (He and Sun, 2015) with the colour
//! picture as its guide. Opacity is a locally linear function of colour; it is found on the small grid
//! and applied to the large picture.

use domain::media::Picture;

use crate::analysis::{cut::segment::Cells, map::Map, tint::ramp};

/// In cells of the small grid.
const RADIUS: usize = 3;
const SMOOTHNESS: f32 = 1e-4;
/// Opacities below and above which a place is all outside or inside.
const CLEAR: (f32, f32) = (0.12, 0.88);

/// 0 to 255 for each pixel of `picture`, row by row.
pub(super) fn alpha(picture: &Picture, cells: &Cells, inside: &[bool]) -> Vec<u8> {
    let (width, height) = (cells.width, cells.height);
    let mask = Map {
        width,
        height,
        values: inside.iter().map(|inside| f32::from(u8::from(*inside))).collect(),
    };
    let linear = Linear::fitted(cells, &mask);
    // Far from the cut nothing is in doubt.
    let near = mask.box_mean(RADIUS + 1);
    let (columns, rows) = (picture.size.width as usize, picture.size.height as usize);
    let (scale_x, scale_y) = (width as f32 / columns as f32, height as f32 / rows as f32);
    let mut alpha = Vec::with_capacity(columns * rows);
    for (index, pixel) in picture.rgb.chunks_exact(3).enumerate() {
        let (x, y) = ((index % columns) as f32, (index / columns) as f32);
        let (x, y) = ((x + 0.5) * scale_x - 0.5, (y + 0.5) * scale_y - 0.5);
        let share = near.sample(x, y);
        if share <= 1e-3 || share >= 1.0 - 1e-3 {
            alpha.push(if share > 0.5 { 255 } else { 0 });
            continue;
        }
        let colour = [0, 1, 2].map(|at| f32::from(pixel[at]) / 255.0);
        let value = ramp(linear.at(x, y, colour), CLEAR.0, CLEAR.1);
        alpha.push((value * 255.0).round() as u8);
    }
    alpha
}

/// Slopes by colour channel and an offset.
struct Linear {
    slopes: [Map; 3],
    offset: Map,
}

impl Linear {
    fn fitted(cells: &Cells, mask: &Map) -> Self {
        let (width, height) = (cells.width, cells.height);
        let map = |value: &dyn Fn(usize) -> f32| Map {
            width,
            height,
            values: (0..width * height).map(value).collect(),
        };
        let mean = |value: &dyn Fn(usize) -> f32| map(value).box_mean(RADIUS);
        let rgb = &cells.rgb;
        let means = [0, 1, 2].map(|channel| mean(&|at| rgb[at][channel]));
        let mask_mean = mask.box_mean(RADIUS);
        let with_mask = [0, 1, 2].map(|channel| mean(&|at| rgb[at][channel] * mask.values[at]));
        let pairs = [(0, 0), (1, 1), (2, 2), (0, 1), (0, 2), (1, 2)];
        let squares = pairs.map(|(left, right)| mean(&|at| rgb[at][left] * rgb[at][right]));
        let mut slopes = [mask_mean.clone(), mask_mean.clone(), mask_mean.clone()];
        let mut offset = mask_mean.clone();
        for at in 0..width * height {
            let mean = [0, 1, 2].map(|channel| means[channel].values[at]);
            let spread = [0, 1, 2, 3, 4, 5].map(|pair| {
                let (left, right) = pairs[pair];
                let noise = if left == right { SMOOTHNESS } else { 0.0 };
                squares[pair].values[at] - mean[left] * mean[right] + noise
            });
            let along = [0, 1, 2].map(|channel| with_mask[channel].values[at] - mean[channel] * mask_mean.values[at]);
            let slope = solved(spread, along);
            offset.values[at] =
                mask_mean.values[at] - (0..3).map(|channel| slope[channel] * mean[channel]).sum::<f32>();
            for (map, slope) in slopes.iter_mut().zip(slope) {
                map.values[at] = slope;
            }
        }
        Self {
            slopes: slopes.map(|slope| slope.box_mean(RADIUS)),
            offset: offset.box_mean(RADIUS),
        }
    }

    fn at(&self, x: f32, y: f32, colour: [f32; 3]) -> f32 {
        let slopes = self.slopes.iter().zip(colour);
        self.offset.sample(x, y) + slopes.map(|(slope, value)| slope.sample(x, y) * value).sum::<f32>()
    }
}

/// The solution of three symmetric linear equations; the matrix as xx, yy, zz, xy, xz, yz.
fn solved([xx, yy, zz, xy, xz, yz]: [f32; 6], right: [f32; 3]) -> [f32; 3] {
    let (xx, yy, zz) = (f64::from(xx), f64::from(yy), f64::from(zz));
    let (xy, xz, yz) = (f64::from(xy), f64::from(xz), f64::from(yz));
    let right = right.map(f64::from);
    let rows = [
        [yy * zz - yz * yz, xz * yz - xy * zz, xy * yz - xz * yy],
        [xz * yz - xy * zz, xx * zz - xz * xz, xy * xz - xx * yz],
        [xy * yz - xz * yy, xy * xz - xx * yz, xx * yy - xy * xy],
    ];
    let determinant = xx * rows[0][0] + xy * rows[0][1] + xz * rows[0][2];
    rows.map(|row| {
        let sum: f64 = row.iter().zip(right).map(|(a, b)| a * b).sum();
        (sum / determinant.max(1e-15)) as f32
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equations_are_solved() {
        let [x, y, z] = solved([2.0, 3.0, 4.0, 0.5, 0.2, 0.1], [1.0, 2.0, 3.0]);
        assert!((2.0 * x + 0.5 * y + 0.2 * z - 1.0).abs() < 1e-4);
        assert!((0.5 * x + 3.0 * y + 0.1 * z - 2.0).abs() < 1e-4);
        assert!((0.2 * x + 0.1 * y + 4.0 * z - 3.0).abs() < 1e-4);
    }
}
