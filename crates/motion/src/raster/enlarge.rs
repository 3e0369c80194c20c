//! Enlarging a plane to twice its samples so that every even sample is the original one, exactly; the odd
//! ones between come from an eight-tap Lanczos filter. A picture that does not move is then shown as it is,
//! and one that moves by half a pixel is as sharp as before.

use rayon::prelude::*;

/// Lanczos-4 at half a sample, in 128ths: distances 0.5, 1.5, 2.5, 3.5 to either side.
const TAPS: [i32; 4] = [79, -21, 8, -2];
const REACH: usize = 4;

/// Rows and columns of `channels` interleaved bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plane {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) channels: usize,
    pub(super) samples: Vec<u8>,
}

impl Plane {
    fn stride(&self) -> usize {
        self.width * self.channels
    }
}

fn between(near: [u8; 2], next: [u8; 2], third: [u8; 2], far: [u8; 2]) -> u8 {
    let sum = |pair: [u8; 2]| i32::from(pair[0]) + i32::from(pair[1]);
    let value = TAPS[0] * sum(near) + TAPS[1] * sum(next) + TAPS[2] * sum(third) + TAPS[3] * sum(far);
    ((value + 64) >> 7).clamp(0, 255) as u8
}

/// One row, enlarged. `padded` is scratch.
fn enlarge_row(row: &[u8], channels: usize, padded: &mut Vec<u8>, output: &mut [u8]) {
    let margin = REACH * channels;
    let (Some(first), Some(last)) = (
        row.get(..channels),
        row.len().checked_sub(channels).and_then(|at| row.get(at..)),
    ) else {
        return;
    };
    padded.clear();
    for _ in 0..REACH {
        padded.extend_from_slice(first);
    }
    padded.extend_from_slice(row);
    for _ in 0..REACH {
        padded.extend_from_slice(last);
    }
    for channel in 0..channels {
        for (index, pair) in output.chunks_exact_mut(2 * channels).enumerate() {
            let centre = margin + index * channels + channel;
            pair[channel] = padded[centre];
            pair[channels + channel] = between(
                [padded[centre], padded[centre + channels]],
                [padded[centre - channels], padded[centre + 2 * channels]],
                [padded[centre - 2 * channels], padded[centre + 3 * channels]],
                [padded[centre - 3 * channels], padded[centre + 4 * channels]],
            );
        }
    }
}

/// The row half way between rows `index` and `index + 1` of `plane`.
fn row_between(plane: &Plane, index: usize, output: &mut [u8]) {
    let row = |offset: isize| {
        let at = index.saturating_add_signed(offset).min(plane.height - 1);
        &plane.samples[at * plane.stride()..(at + 1) * plane.stride()]
    };
    let rows = [row(0), row(1), row(-1), row(2), row(-2), row(3), row(-3), row(4)];
    for (column, value) in output.iter_mut().enumerate() {
        *value = between(
            [rows[0][column], rows[1][column]],
            [rows[2][column], rows[3][column]],
            [rows[4][column], rows[5][column]],
            [rows[6][column], rows[7][column]],
        );
    }
}

/// The plane with twice as many samples both ways. The last column and row repeat the edge.
pub(super) fn twice(plane: &Plane) -> Plane {
    let wide = Plane {
        width: plane.width * 2,
        height: plane.height,
        channels: plane.channels,
        samples: {
            let mut samples = vec![0; plane.samples.len() * 2];
            samples
                .par_chunks_exact_mut(plane.stride() * 2)
                .zip(plane.samples.par_chunks_exact(plane.stride()))
                .for_each_init(Vec::new, |padded, (output, row)| {
                    enlarge_row(row, plane.channels, padded, output)
                });
            samples
        },
    };
    let mut samples = vec![0; wide.samples.len() * 2];
    samples
        .par_chunks_exact_mut(wide.stride() * 2)
        .enumerate()
        .for_each(|(index, pair)| {
            let (even, odd) = pair.split_at_mut(wide.stride());
            even.copy_from_slice(&wide.samples[index * wide.stride()..(index + 1) * wide.stride()]);
            row_between(&wide, index, odd);
        });
    Plane {
        width: wide.width,
        height: wide.height * 2,
        channels: wide.channels,
        samples,
    }
}

/// The plane with half as many samples both ways: means of two by two. Odd sides keep their last sample.
pub(super) fn half(plane: &Plane) -> Plane {
    let (width, height) = (plane.width.div_ceil(2), plane.height.div_ceil(2));
    let mut samples = Vec::with_capacity(width * height * plane.channels);
    for row in 0..height {
        for column in 0..width {
            for channel in 0..plane.channels {
                let at = |x: usize, y: usize| {
                    let (x, y) = (x.min(plane.width - 1), y.min(plane.height - 1));
                    u32::from(plane.samples[y * plane.stride() + x * plane.channels + channel])
                };
                let (x, y) = (column * 2, row * 2);
                let sum = at(x, y) + at(x + 1, y) + at(x, y + 1) + at(x + 1, y + 1);
                samples.push(((sum + 2) / 4) as u8);
            }
        }
    }
    Plane {
        width,
        height,
        channels: plane.channels,
        samples,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plane(width: usize, height: usize) -> Plane {
        let samples = (0..width * height * 2)
            .map(|index| ((index * 37) % 251) as u8)
            .collect();
        Plane {
            width,
            height,
            channels: 2,
            samples,
        }
    }

    #[test]
    fn even_samples_stay_as_they_are() {
        let small = plane(13, 9);
        let large = twice(&small);
        for y in 0..9 {
            for x in 0..13 {
                for channel in 0..2 {
                    let original = small.samples[(y * 13 + x) * 2 + channel];
                    assert_eq!(large.samples[(2 * y * 26 + 2 * x) * 2 + channel], original);
                }
            }
        }
    }

    #[test]
    fn a_flat_plane_stays_flat() {
        let mut flat = plane(8, 8);
        flat.samples.fill(200);
        assert!(twice(&flat).samples.iter().all(|value| *value == 200));
        assert!(half(&flat).samples.iter().all(|value| *value == 200));
    }
}
