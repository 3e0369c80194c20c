//! From where a picture is lit.

use domain::media::Frame;

/// The place from which the light comes, in shares of the frame's width and height; outside 0 to 1 it is outside
/// the frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Light {
    pub(crate) at: (f32, f32),
    /// Where a lens would flare: the most glaring place in the frame, be it a lamp, or else the place on its edge
    /// next to the light.
    pub(crate) glare: (f32, f32),
}

/// Luma that only what is nearly white has: the middle of a lamp, but no yellow petal.
const GLARING: f32 = 226.0;
/// Blocks in which a lamp is looked for, and how much brighter it is than what is round it.
const FINE: (usize, usize) = (64, 36);
const LAMP: f32 = 70.0;

impl Light {
    /// Of a picture that is lit from `at`, with its planes.
    pub(crate) fn of(at: (f32, f32), planes: &Frame) -> Self {
        let glare = glare(&blocks(planes, FINE)).unwrap_or((at.0.clamp(0.06, 0.94), at.1.clamp(0.09, 0.91)));
        Self { at, glare }
    }
}

/// The middle of the small place that outshines its surroundings the most, if one glares.
fn glare(blocks: &[Block]) -> Option<(f32, f32)> {
    const REACH: isize = 5;
    let (columns, rows) = (FINE.0 as isize, FINE.1 as isize);
    let at = |x: isize, y: isize| {
        let index = y.clamp(0, rows - 1) * columns + x.clamp(0, columns - 1);
        blocks.get(index.unsigned_abs()).copied().unwrap_or_default()
    };
    let mut best = (LAMP, None);
    for y in 1..rows - 1 {
        for x in 1..columns - 1 {
            let ring = (-REACH..=REACH).map(|step| {
                let ends = [
                    (x + step, y - REACH),
                    (x + step, y + REACH),
                    (x - REACH, y + step),
                    (x + REACH, y + step),
                ];
                ends.map(|(x, y)| at(x, y).mean).iter().sum::<f32>()
            });
            let round = ring.sum::<f32>() / (4 * (2 * REACH + 1)) as f32;
            let outshines = at(x, y).mean - round;
            if at(x, y).most > GLARING && outshines > best.0 {
                let place = ((x as f32 + 0.5) / columns as f32, (y as f32 + 0.5) / rows as f32);
                best = (outshines, Some(place));
            }
        }
    }
    best.1
}

/// Luma in one part of a picture.
#[derive(Debug, Clone, Copy, Default)]
struct Block {
    mean: f32,
    most: f32,
}

/// So many blocks across and down, row by row; of a large picture every other line and pixel is looked at.
fn blocks(planes: &Frame, (columns, rows): (usize, usize)) -> Vec<Block> {
    let (width, height) = (planes.size.width as usize, planes.size.height as usize);
    let mut sums = vec![(0_u32, 0_u32, 0_u8); columns * rows];
    let step = if width.min(height) < 400 { 1 } else { 2 };
    for (y, line) in planes.y.chunks_exact(width.max(1)).enumerate().step_by(step) {
        let row = y * rows / height;
        for (x, luma) in line.iter().enumerate().step_by(step) {
            if let Some(sum) = sums.get_mut(row * columns + x * columns / width) {
                *sum = (sum.0 + u32::from(*luma), sum.1 + 1, sum.2.max(*luma));
            }
        }
    }
    let block = |(sum, count, most): &(u32, u32, u8)| Block {
        mean: *sum as f32 / (*count).max(1) as f32,
        most: f32::from(*most),
    };
    sums.iter().map(block).collect()
}

#[cfg(test)]
mod tests {
    use domain::media::Size;

    use super::*;

    fn frame(luma: impl Fn(f32, f32) -> u8) -> Frame {
        let mut frame = Frame::black(Size {
            width: 320,
            height: 180,
        });
        for (index, value) in frame.y.iter_mut().enumerate() {
            *value = luma((index % 320) as f32 / 320.0, (index / 320) as f32 / 180.0);
        }
        frame
    }

    #[test]
    fn a_lens_flares_at_a_lamp_or_else_at_the_edge_next_to_the_light() {
        let lamp = Light::of(
            (1.2, -0.2),
            &frame(|x, y| if (x - 0.7).hypot(y - 0.8) < 0.03 { 235 } else { 60 }),
        );
        assert!(
            (lamp.glare.0 - 0.7).abs() < 0.03 && (lamp.glare.1 - 0.8).abs() < 0.04,
            "{lamp:?}"
        );
        let even = Light::of((1.2, -0.2), &frame(|_, _| 235));
        assert_eq!(even.glare, (0.94, 0.09));
    }
}
