//! Enlarging a plane to twice its samples so that every even sample is the original one, exactly; the odd
//! ones between come from an eight-tap Lanczos filter. A picture that does not move is then shown as it is,
//! and one that moves by half a pixel is as sharp as before.

use rayon::prelude::*;

/// Lanczos-4 at half a sample, in 128ths: distances 0.5, 1.5, 2.5, 3.5 to either side. The second and the last count
/// negative.
const TAPS: [u16; 4] = [79, 21, 8, 2];
const REACH: usize = 4;

/// What the negative taps may come to, rounded up to whole 128ths: added first and taken off in the end, it keeps
/// sums within 16 bits without a sign.
const BIAS: u16 = 92;

/// Rows of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plane {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) samples: Vec<u8>,
}

impl Plane {
    pub(super) fn row(&self, y: usize) -> &[u8] {
        &self.samples[y * self.width..][..self.width]
    }
}

#[inline(always)]
fn between(near: [u8; 2], next: [u8; 2], third: [u8; 2], far: [u8; 2]) -> u8 {
    let sum = |pair: [u8; 2]| u16::from(pair[0]) + u16::from(pair[1]);
    let positive = TAPS[0] * sum(near) + TAPS[2] * sum(third) + BIAS * 128 + 64;
    let value = positive - TAPS[1] * sum(next) - TAPS[3] * sum(far);
    ((value >> 7) as i16 - BIAS as i16).clamp(0, 255) as u8
}

/// Row `y` of `plane` enlarged to twice its size both ways, to `output`, which is twice as long as a row. The last
/// column and row repeat the edge. `scratch` may hold anything.
pub(super) fn row_of_twice(plane: &Plane, y: usize, scratch: &mut Vec<u8>, output: &mut [u8]) {
    // The row itself stands between three more samples before it and four behind it.
    scratch.resize(plane.width + 2 * REACH - 1, 0);
    let row = &mut scratch[REACH - 1..][..plane.width];
    if y.is_multiple_of(2) {
        row.copy_from_slice(plane.row((y / 2).min(plane.height - 1)));
    } else {
        row_between(plane, y / 2, row);
    }
    let (first, last) = (row[0], row[plane.width - 1]);
    scratch[..REACH - 1].fill(first);
    scratch[REACH - 1 + plane.width..].fill(last);
    stretch(scratch, output);
}

/// Each sample of the padded `row`, and the one half way to the next.
fn stretch(row: &[u8], output: &mut [u8]) {
    let count = row.len() + 1 - 2 * REACH;
    let [a, b, c, d, e, f, g, h] = std::array::from_fn(|tap| &row[tap..][..count]);
    for (index, pair) in output.chunks_exact_mut(2).take(count).enumerate() {
        pair[0] = d[index];
        pair[1] = between(
            [d[index], e[index]],
            [c[index], f[index]],
            [b[index], g[index]],
            [a[index], h[index]],
        );
    }
}

/// The row half way between rows `index` and `index + 1` of `plane`.
fn row_between(plane: &Plane, index: usize, output: &mut [u8]) {
    let count = output.len();
    let [a, b, c, d, e, f, g, h] = std::array::from_fn(|tap| {
        let at = (index + tap).saturating_sub(REACH - 1).min(plane.height - 1);
        &plane.row(at)[..count]
    });
    for (column, value) in output.iter_mut().enumerate() {
        *value = between(
            [d[column], e[column]],
            [c[column], f[column]],
            [b[column], g[column]],
            [a[column], h[column]],
        );
    }
}

/// The plane with half as many samples both ways: means of two by two. Odd sides keep their last sample.
pub(super) fn half(plane: &Plane) -> Plane {
    let (width, height) = (plane.width.div_ceil(2), plane.height.div_ceil(2));
    let mut samples = vec![0; width * height];
    samples
        .par_chunks_exact_mut(width)
        .zip(plane.samples.par_chunks(plane.width * 2))
        .for_each(|(output, rows)| {
            let (upper, lower) = rows.split_at(plane.width);
            let lower = if lower.is_empty() { upper } else { lower };
            let pairs = upper.chunks_exact(2).zip(lower.chunks_exact(2));
            for (value, (upper, lower)) in output.iter_mut().zip(pairs) {
                let sum = |pair: &[u8]| u16::from(pair[0]) + u16::from(pair[1]);
                *value = ((sum(upper) + sum(lower) + 2) / 4) as u8;
            }
            if let (1, [.., upper], [.., lower]) = (plane.width % 2, upper, lower) {
                output[width - 1] = (u16::from(*upper) + u16::from(*lower)).div_ceil(2) as u8;
            }
        });
    Plane { width, height, samples }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plane(width: usize, height: usize) -> Plane {
        let samples = (0..width * height).map(|index| ((index * 37) % 251) as u8).collect();
        Plane { width, height, samples }
    }

    fn twice(plane: &Plane) -> Vec<Vec<u8>> {
        let row = |y| {
            let mut output = vec![0; plane.width * 2];
            row_of_twice(plane, y, &mut vec![7; 3], &mut output);
            output
        };
        (0..plane.height * 2).map(row).collect()
    }

    #[test]
    fn even_samples_stay_as_they_are() {
        let small = plane(13, 9);
        let large = twice(&small);
        for y in 0..9 {
            for x in 0..13 {
                assert_eq!(large[2 * y][2 * x], small.row(y)[x]);
            }
        }
    }

    #[test]
    fn a_flat_plane_stays_flat() {
        let mut flat = plane(8, 8);
        for level in [0, 1, 127, 200, 255] {
            flat.samples.fill(level);
            assert!(twice(&flat).concat().iter().all(|value| *value == level));
            assert!(half(&flat).samples.iter().all(|value| *value == level));
        }
    }

    #[test]
    fn odd_samples_are_filtered_by_lanczos_even_at_the_hardest_contrast() {
        let stripes = Plane {
            width: 32,
            height: 32,
            samples: (0..1024)
                .map(|at: u32| {
                    if (at % 32 / 3 + at / 96).is_multiple_of(2) {
                        255
                    } else {
                        0
                    }
                })
                .collect(),
        };
        let large = twice(&stripes);
        let filtered = |sample: &dyn Fn(i32) -> u8| {
            let taps = [(0, 79), (1, -21), (2, 8), (3, -2)];
            let tap = |(far, tap): (i32, i32)| tap * (i32::from(sample(-far)) + i32::from(sample(1 + far)));
            let sum: i32 = taps.into_iter().map(tap).sum();
            ((sum + 64) >> 7).clamp(0, 255) as u8
        };
        for y in 0..32 {
            for x in 0..32 {
                let inside = |at: i32| at.clamp(0, 31) as usize;
                let across = |far: i32| stripes.row(y as usize)[inside(x + far)];
                let down = |far: i32| stripes.row(inside(y + far))[x as usize];
                assert_eq!(large[2 * y as usize][2 * x as usize + 1], filtered(&across));
                assert_eq!(large[2 * y as usize + 1][2 * x as usize], filtered(&down));
            }
        }
    }

    #[test]
    fn halves_are_means_and_odd_sides_keep_their_edge() {
        let small = half(&plane(5, 3));
        assert_eq!((small.width, small.height), (3, 2));
        let at = |x: usize, y: usize| u32::from(plane(5, 3).samples[y * 5 + x]);
        assert_eq!(
            u32::from(small.samples[1]),
            (at(2, 0) + at(3, 0) + at(2, 1) + at(3, 1) + 2) / 4
        );
        assert_eq!(u32::from(small.samples[2]), (at(4, 0) + at(4, 1)).div_ceil(2));
        assert_eq!(u32::from(small.samples[5]), at(4, 2));
    }
}
